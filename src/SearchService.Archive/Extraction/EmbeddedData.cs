using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace SearchService.Archive.Extraction;

/// <summary>The data files of extraction, embedded in the assembly; Data/README.md names their sources and licences.</summary>
internal static class EmbeddedData
{
    /// <summary>A data file as text; one whose name ends in .gz is unpacked.</summary>
    public static string Text(string name)
    {
        Assembly assembly = typeof(EmbeddedData).Assembly;
        using Stream stream = assembly.GetManifestResourceStream("SearchService.Archive.Extraction.Data." + name)
            ?? throw new InvalidOperationException($"the assembly has no data file '{name}'");
        using StreamReader reader = new(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The lines of a data file without comments and empty lines.</summary>
    public static IEnumerable<string> Lines(string name) =>
        Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l[0] != '#');

    /// <summary>The words of a data file, separated by blanks.</summary>
    public static IEnumerable<string> Words(string name) => Lines(name).SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
