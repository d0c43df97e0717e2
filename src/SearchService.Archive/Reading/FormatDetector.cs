namespace SearchService.Archive.Reading;

/// <summary>
/// Picks the reader of an input, by content first and by name second. What no reader wants is refused with the format's
/// name rather than indexed as if it were plain text.
/// </summary>
public static class FormatDetector
{
    /// <summary>The readers of formats that can be told from plain text; the first that recognises an input reads it.</summary>
    private static readonly IArticleReader[] Readers =
    [
        new ReutersSgmlReader(),
        new NdjsonReader(),
        new JsonReader(),
    ];

    /// <summary>Reads what no other reader and no entry of <see cref="UnsupportedFormats"/> wants.</summary>
    private static readonly PlainTextReader PlainText = new();

    /// <summary>The names of the formats that are read.</summary>
    public static IReadOnlyList<string> Formats { get; } = [PlainText.Format, .. Readers.Select(r => r.Format)];

    /// <summary>The reader of an input; else null, with the class of the refusal and its reason.</summary>
    public static IArticleReader? Detect(InputHead head, out RejectKind kind, out string reason)
    {
        if (UnsupportedFormats.ByMagic(head) is { } magic)
        {
            (kind, reason) = (RejectKind.Unsupported, Sentence(magic));
            return null;
        }

        (kind, reason) = (default, "");
        foreach (IArticleReader reader in Readers)
        {
            if (reader.Recognises(head))
            {
                return reader;
            }
        }

        if (UnsupportedFormats.ByText(head) is { } other)
        {
            (kind, reason) = (RejectKind.Unsupported, Sentence(other));
            return null;
        }

        return PlainText;
    }

    private static string Sentence(string format) => $"{format}, which is not read; want one of {string.Join(", ", Formats)}";
}
