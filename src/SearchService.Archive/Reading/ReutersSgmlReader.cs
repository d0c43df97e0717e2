using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>
/// The Reuters-21578 text categorization collection ("reuters-sgml"), as its README of 1997 (Lewis) describes it: stories of
/// 1987 as REUTERS elements in ISO 8859-1. Declared: TITLE, DATE, DATELINE, AUTHOR, TOPICS, NEWID; source is Reuters, language
/// English. The body keeps its line breaks, indentation and sign-off. A story of TYPE BRIEF is a headline alone (its text is a filler),
/// one of TYPE UNPROC is <see cref="Article.SourceText"/> without fields.
/// </summary>
/// <remarks>
/// PLACES and PEOPLE (and ORGS, EXCHANGES, COMPANIES) are deliberately not read: they are the indexers' judgements that extraction is
/// measured against. NEWID is unique in the collection, not in Reuters: the id's hash takes "Reuters-21578" as source.
/// </remarks>
public sealed class ReutersSgmlReader : IArticleReader
{
    private const string Collection = "Reuters-21578";
    private const string Charset = "iso-8859-1";

    public string Format => "reuters-sgml";

    public bool Recognises(InputHead head) =>
        head.Start.StartsWith("<!DOCTYPE lewis"u8) || head.Start.StartsWith("<REUTERS "u8) || head.Start.StartsWith("<REUTERS>"u8);

    public IEnumerable<PendingRecord> Records(ReaderInput input)
    {
        byte[] file = input.ReadAll();
        int start = IndexOf(file, "<REUTERS"u8, 0);
        for (long number = 0; start >= 0; number++)
        {
            int next = IndexOf(file, "<REUTERS"u8, start + 1);
            ReadOnlyMemory<byte> story = file.AsMemory(start..(next < 0 ? file.Length : next));
            long record = number;
            yield return new PendingRecord(input.Path, record, story.Length, () => Read(input.Path, record, story, input.Options));
            start = next;
        }
    }

    private static int IndexOf(byte[] file, ReadOnlySpan<byte> tag, int from)
    {
        int at = file.AsSpan(from).IndexOf(tag);
        return at < 0 ? -1 : from + at;
    }

    private ReadResult Read(string path, long record, ReadOnlyMemory<byte> bytes, ReadingOptions options)
    {
        if (bytes.Length > options.MaxRecordBytes)
        {
            return new ReadResult.Rejected(
                path, record, RejectKind.OverLimit, Limit.Exceeded("story", options.MaxRecordBytes, "bytes", nameof(ReadingOptions.MaxRecordBytes)));
        }

        string story = Encoding.Latin1.GetString(bytes.Span);
        string? headline = OneLine(Element(story, "TITLE"));
        string body = Element(story, "BODY") is { } raw ? SgmlText.Resolve(raw).Trim('\n') : "";
        string? sourceText = headline is null && body.Length == 0 && Element(story, "TEXT") is { } text ? SgmlText.Resolve(text).Trim('\n', '\r') : null;
        if (headline is null && string.IsNullOrWhiteSpace(body) && string.IsNullOrWhiteSpace(sourceText))
        {
            return new ReadResult.Rejected(path, record, RejectKind.NoText, "no TITLE and no text in BODY or TEXT");
        }

        if (headline?.Length > ArticleSchema.MaxHeadlineChars)
        {
            return new ReadResult.Rejected(path, record, RejectKind.OverLimit, HeadlineLimit.Exceeded(headline));
        }

        if (Math.Max(body.Length, sourceText?.Length ?? 0) > options.MaxBodyChars)
        {
            return new ReadResult.Rejected(
                path, record, RejectKind.OverLimit, Limit.Exceeded("text", options.MaxBodyChars, "characters", nameof(ReadingOptions.MaxBodyChars)));
        }

        string? nativeId = Attribute(story, "NEWID");
        return new ReadResult.Read(new Article
        {
            Id = nativeId is null ? ArticleId.FromPath(path, record) : ArticleId.FromNative(Collection, nativeId),
            Origin = new ArticleOrigin(path, record, Format, Charset),
            Body = body,
            SourceText = sourceText,
            Declared = new DeclaredFields
            {
                NativeId = nativeId,
                Headline = headline,
                Date = OneLine(Element(story, "DATE")),
                Dateline = OneLine(Element(story, "DATELINE")),
                Byline = OneLine(Element(story, "AUTHOR")),
                Source = "Reuters",
                Language = "en",
                Subjects = Items(Element(story, "TOPICS")),
            },
        });
    }

    /// <summary>
    /// The text of the first element of a name; null where it is absent. One that is not closed ends with its story. Elements do not nest in
    /// themselves here, and "&lt;" inside text is always a reference, so that searching for tags is parsing.
    /// </summary>
    private static string? Element(string story, string name)
    {
        int open = story.IndexOf($"<{name}>", StringComparison.Ordinal);
        int start = open >= 0 ? open + name.Length + 2 : story.IndexOf($"<{name} ", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start = open >= 0 ? start : story.IndexOf('>', start) + 1;
        int end = story.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        end = end >= 0 ? end : story.IndexOf("</REUTERS>", start, StringComparison.Ordinal);
        return end >= 0 ? story[start..end] : story[start..];
    }

    private static string? Attribute(string story, string name)
    {
        ReadOnlySpan<char> tag = story.AsSpan(0, Math.Max(0, story.IndexOf('>', StringComparison.Ordinal)));
        int start = tag.IndexOf($" {name}=\"");
        if (start < 0)
        {
            return null;
        }

        tag = tag[(start + name.Length + 3)..];
        int end = tag.IndexOf('"');
        return end > 0 ? tag[..end].ToString() : null;
    }

    /// <summary>Resolved, with each run of white space as one space; null where nothing is left.</summary>
    private static string? OneLine(string? raw)
    {
        string line = string.Join(' ', SgmlText.Resolve(raw).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 0 ? line : null;
    }

    /// <summary>The D elements of a list.</summary>
    private static string[] Items(string? list) =>
        list is null ? [] : [.. list.Split("<D>").Skip(1).Select(item => OneLine(item.Split("</D>")[0])).OfType<string>()];
}
