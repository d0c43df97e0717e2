using System.Text;
using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

/// <summary>Reads test inputs and prints what came of them.</summary>
internal static class Reader
{
    public static List<ReadResult> Read(string path, byte[] content, ReadingOptions? options = null) => Read(path, new MemoryStream(content), options);

    public static List<ReadResult> Read(string path, string content, ReadingOptions? options = null) => Read(path, Encoding.UTF8.GetBytes(content), options);

    public static List<ReadResult> Read(string path, Stream content, ReadingOptions? options = null) =>
        [.. new InputReader(options ?? new ReadingOptions()).Read(path, content)];

    public static Article Article(string path, byte[] content, ReadingOptions? options = null) =>
        Assert.IsType<ReadResult.Read>(Assert.Single(Read(path, content, options))).Article;

    public static Article Article(string path, string content, ReadingOptions? options = null) => Article(path, Encoding.UTF8.GetBytes(content), options);

    public static string Reason(string path, byte[] content, ReadingOptions? options = null) => Print(Assert.Single(Read(path, content, options)));

    public static string Reason(string path, string content, ReadingOptions? options = null) => Reason(path, Encoding.UTF8.GetBytes(content), options);

    /// <summary><c>0 headline | body</c> or <c>0 malformed: reason</c>, and the warnings.</summary>
    public static string Print(ReadResult result) => result switch
    {
        ReadResult.Read(var article, var warnings) =>
            $"{article.Origin.Record} {article.Declared.Headline} | {article.SourceText ?? article.Body}{string.Concat(warnings.Select(w => $" !{w}"))}",
        ReadResult.Rejected rejected => $"{rejected.Record} {rejected.Kind.Name()}: {rejected.Reason}",
        _ => throw new InvalidOperationException("a third kind of result"),
    };

    public static string[] Print(IEnumerable<ReadResult> results) => [.. results.Select(Print)];
}

/// <summary>A folder that is removed with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("searchservice-").FullName;

    public string Write(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Real and hostile data beside the project: the folder that SEARCHSERVICE_DATA names.</summary>
internal static class DataFolder
{
    /// <summary>A folder in it; skips the test where it is absent.</summary>
    public static string Get(string name)
    {
        string? root = Environment.GetEnvironmentVariable("SEARCHSERVICE_DATA");
        Skip.If(string.IsNullOrEmpty(root), "SEARCHSERVICE_DATA is not set");
        string path = Path.Combine(root!, name);
        Skip.IfNot(Directory.Exists(path), $"no {name} in SEARCHSERVICE_DATA");
        return path;
    }
}
