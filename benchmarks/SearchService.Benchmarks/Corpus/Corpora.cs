using System.Globalization;
using SearchService.Benchmarks.Engine;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// The corpora of a run, each built once, when it is first asked for, in a temporary folder that <see cref="Close"/> removes. Not
/// for several threads at once.
/// </summary>
internal static class Corpora
{
    /// <summary>Articles made by <see cref="GeneratedArticles"/>.</summary>
    public const string Generated = "generated";

    /// <summary>58,049 stories of a news agency, 2006 to 2010, from the folder that <see cref="DataVariable"/> names.</summary>
    public const string Wire = "wire";

    /// <summary>Environment variable with the folder of measuring data.</summary>
    public const string DataVariable = "SEARCHSERVICE_DATA";

    /// <summary>Environment variable with the number of generated articles.</summary>
    public const string SizeVariable = "SEARCHSERVICE_BENCHMARK_ARTICLES";

    private const int DefaultSize = 50_000;

    private const string EngineFolder = "engine";

    private static readonly Dictionary<string, BenchmarkArchive> Opened = new(StringComparer.Ordinal);

    private static EngineArchive? _engine;
    private static string? _folder;

    /// <summary>The folder of measuring data; null where none is named.</summary>
    public static string? DataFolder { get; } = Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Number of generated articles that the engine alone is measured over.</summary>
    public static int EngineSize { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(SizeVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : DefaultSize;

    /// <summary>Number of generated articles in the archive.</summary>
    public static int Size { get; set; } = EngineSize;

    /// <summary>The corpora that benchmarks run over.</summary>
    public static IReadOnlyList<string> Names { get; set; } = DataFolder is null ? [Generated] : [Generated, Wire];

    /// <summary>A corpus, indexed and open.</summary>
    public static BenchmarkArchive Open(string name)
    {
        if (!Opened.TryGetValue(name, out BenchmarkArchive? archive))
        {
            string folder = Folder(name);
            archive = name switch
            {
                Generated => BenchmarkArchive.Generate(Size, folder),
                Wire when DataFolder is { } data => BenchmarkArchive.Read(Path.Combine(data, "wire"), folder),
                _ => throw new ArgumentException($"no corpus '{name}', want one of {string.Join(", ", Names)}", nameof(name)),
            };
            Opened.Add(name, archive);
        }

        return archive;
    }

    /// <summary>The generated articles as the engine alone has them.</summary>
    public static EngineArchive OpenEngine() => _engine ??= EngineArchive.Generate(EngineSize, Folder(EngineFolder));

    /// <summary>Closes the corpora and removes their files.</summary>
    public static void Close()
    {
        foreach (BenchmarkArchive archive in Opened.Values)
        {
            archive.Dispose();
        }

        Opened.Clear();
        _engine?.Dispose();
        _engine = null;
        if (_folder is { } folder)
        {
            Directory.Delete(folder, recursive: true);
            _folder = null;
        }
    }

    private static string Folder(string name)
    {
        _folder ??= Directory.CreateTempSubdirectory("searchservice-benchmarks-").FullName;
        return Path.Combine(_folder, name);
    }
}
