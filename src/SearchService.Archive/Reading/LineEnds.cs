namespace SearchService.Archive.Reading;

/// <summary>Line ends of texts from other systems.</summary>
internal static class LineEnds
{
    /// <summary>CR LF and CR as LF; the same string where there is no CR.</summary>
    public static string ToLf(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : text;
}
