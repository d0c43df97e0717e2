namespace SearchService.Benchmarks.Measurements;

/// <summary>Counts what input files hold, without the readers that are measured.</summary>
internal static class InputFiles
{
    public static long CountBytes(IReadOnlyList<string> folders) => Files(folders).Sum(f => f.Length);

    /// <summary>Records: <c>&lt;REUTERS </c> elements of SGML files, lines of compressed NDJSON.</summary>
    /// <exception cref="NotSupportedException">A file is neither.</exception>
    public static long CountRecords(IReadOnlyList<string> folders) => Files(folders).Sum(file => file.Extension switch
    {
        ".sgm" => Lines(file.OpenRead()).LongCount(line => line.StartsWith("<REUTERS ", StringComparison.Ordinal)),
        ".zst" => Lines(new ZstdSharp.DecompressionStream(file.OpenRead(), leaveOpen: false)).LongCount(line => line.Length > 0),
        _ => throw new NotSupportedException($"'{file.Name}' is neither sgm nor zst"),
    });

    private static IEnumerable<FileInfo> Files(IReadOnlyList<string> folders) =>
        folders.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles()).OrderBy(f => f.FullName, StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Stream stream)
    {
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
