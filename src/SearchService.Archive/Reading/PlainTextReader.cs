using System.Buffers;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>
/// Plain text ("text"): a file is one article. <see cref="Article.SourceText"/> is the decoded text with its line ends
/// (CR LF, CR) as LF, so that offsets count one unit a line end; headline, stamp, dateline and body are found by extraction.
/// </summary>
public sealed class PlainTextReader : IArticleReader
{
    /// <summary>Control characters that text has: tab, line ends, form feed, vertical tab, escape sequences, the end mark of DOS.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c).Except(['\t', '\n', '\v', '\f', '\r', '\u001A', '\u001B'])]);

    public string Format => "text";

    public bool Recognises(InputHead head) => true;

    public IEnumerable<PendingRecord> Records(ReaderInput input)
    {
        byte[] bytes = input.ReadAll();
        yield return new PendingRecord(input.Path, 0, bytes.Length, () => Read(input.Path, bytes, input.Options));
    }

    private ReadResult Read(string path, byte[] bytes, ReadingOptions options)
    {
        DecodedText decoded = TextDecoding.Decode(bytes);
        string text = LineEnds.ToLf(decoded.Text).TrimEnd('\u001A');
        if (BinaryReason(text) is { } binary)
        {
            return new ReadResult.Rejected(path, 0, RejectKind.Binary, binary);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new ReadResult.Rejected(path, 0, RejectKind.Empty, "blank file");
        }

        if (text.Length > options.MaxBodyChars)
        {
            return new ReadResult.Rejected(
                path, 0, RejectKind.OverLimit, Limit.Exceeded("text", options.MaxBodyChars, "characters", nameof(ReadingOptions.MaxBodyChars)));
        }

        var article = new Article
        {
            Id = ArticleId.FromPath(path, 0),
            Origin = new ArticleOrigin(path, 0, Format, decoded.Charset),
            SourceText = text,
        };
        return new ReadResult.Read(article, Warnings.OfDecoding(decoded));
    }

    /// <summary>A text has no NUL, and of other control characters a stray one: at most two, or one in 30.</summary>
    private static string? BinaryReason(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return "bytes of value zero";
        }

        int controls = 0;
        for (ReadOnlySpan<char> rest = text; rest.IndexOfAny(Controls) is int at and >= 0; rest = rest[(at + 1)..])
        {
            controls++;
        }

        return controls > 2 && controls > text.Length / 30 ? "control characters" : null;
    }
}
