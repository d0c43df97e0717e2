using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>A temporary index folder and short ways to fill it.</summary>
internal sealed class IndexFolder : IDisposable
{
    public static readonly GenerationSource Source = new(["/archive"], Sample: false);

    public string Path { get; } = Directory.CreateTempSubdirectory("index-").FullName;

    public string Current => System.IO.Path.Combine(Path, "CURRENT");

    public EmbeddedGenerations Generations => EmbeddedGenerations.Open(Path, TimeProvider.System, extractor: 5);

    public string Generation(long number) => System.IO.Path.Combine(Path, "generations", $"{number}");

    /// <summary>Names of the generations' folders, ascending.</summary>
    public IEnumerable<string> Folders() =>
        new DirectoryInfo(System.IO.Path.Combine(Path, "generations")).EnumerateDirectories()
            .Select(d => d.Name)
            .OrderBy(n => n.Length)
            .ThenBy(n => n, StringComparer.Ordinal);

    /// <summary>Publishes a generation of so many articles, whose bodies say which generation they are of.</summary>
    public async Task<GenerationManifest> PublishAsync(int articles, bool sample = false, bool force = false)
    {
        await using IGenerationWriter writer = Generations.Begin(Source with { Sample = sample });
        AddArticles(writer, articles);
        return await writer.PublishAsync(force, null, CancellationToken.None);
    }

    public static void AddArticles(IGenerationWriter writer, int articles)
    {
        for (int i = 0; i < articles; i++)
        {
            Article article = TestArchive.Make(i, $"Headline {i}", $"oil port generation{writer.Generation} number{i}", $"20{i % 20:00}-01-02");
            Assert.Null(writer.Add(article));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
