using System.Collections.Frozen;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Labelled lines at the head of a plain text: <c>Title: …</c>, <c>Date: …</c>, <c>Author: …</c>. They are fields that the input
/// declares. A block of two or more counts, and a title or a dateline alone where it is the first line; a single label
/// elsewhere is left to the rules for lines.
/// </summary>
internal sealed class HeadLabels
{
    private const int MaxLabel = 20;
    private const int MaxValue = 300;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Fields = new Dictionary<string, string>
    {
        ["title"] = "headline",
        ["headline"] = "headline",
        ["date"] = "date",
        ["published"] = "date",
        ["date published"] = "date",
        ["publication date"] = "date",
        ["posted"] = "date",
        ["dateline"] = "dateline",
        ["location"] = "location",
        ["place"] = "location",
        ["source"] = "source",
        ["agency"] = "source",
        ["news agency"] = "source",
        ["newspaper"] = "source",
        ["publisher"] = "source",
        ["by"] = "byline",
        ["byline"] = "byline",
        ["author"] = "byline",
        ["authors"] = "byline",
        ["written by"] = "byline",
        ["section"] = "section",
        ["category"] = "section",
        ["language"] = "language",
        ["keywords"] = "subjects",
        ["subjects"] = "subjects",
        ["tags"] = "subjects",
        ["topics"] = "subjects",
        ["url"] = "url",
        ["link"] = "url",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _text;
    private static readonly Dictionary<string, TextSpan> NoValues = [];

    private Dictionary<string, TextSpan> _values = NoValues;

    public HeadLabels(string text) => _text = text;

    /// <summary>Where the value of a field stands.</summary>
    public IReadOnlyDictionary<string, TextSpan> Values => _values;

    /// <summary>Reads the block of labels that begins at a line. Of a field that is labelled twice the first value counts.</summary>
    /// <param name="first">No text line stands before it.</param>
    /// <returns>The line behind the block; the line itself where none begins there.</returns>
    public int Read(List<Line> lines, int line, int to, bool first)
    {
        if (!TryLabel(lines[line].Span, out _, out _))
        {
            return line;
        }

        List<(string Field, TextSpan Value)> block = [];
        int end = line;
        for (int i = line; i < to && (lines[i].IsBlank || TryLabel(lines[i].Span, out _, out _)); i++)
        {
            if (!lines[i].IsBlank && TryLabel(lines[i].Span, out string? field, out TextSpan value))
            {
                block.Add((field, value));
                end = i + 1;
            }
        }

        bool alone = first && block is [("headline" or "dateline", _)];
        if (block.Count < 2 && !alone)
        {
            return line;
        }

        if (_values.Count == 0)
        {
            _values = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        }

        foreach ((string field, TextSpan value) in block)
        {
            _values.TryAdd(field, value);
        }

        return end;
    }

    /// <summary>The declared fields, completed by the labels.</summary>
    public DeclaredFields Under(DeclaredFields declared) => _values.Count == 0 ? declared : declared with
    {
        Headline = declared.Headline ?? Value("headline"),
        Date = declared.Date ?? Value("date"),
        Dateline = declared.Dateline ?? Value("dateline"),
        Location = declared.Location ?? Value("location"),
        Source = declared.Source ?? Value("source"),
        Byline = declared.Byline ?? Value("byline"),
        Section = declared.Section ?? Value("section"),
        Language = declared.Language ?? Value("language"),
        Subjects = declared.Subjects.Count > 0 ? declared.Subjects : Value("subjects")?.Split([',', ';'], StringSplitOptions.TrimEntries) ?? [],
        Url = declared.Url ?? Value("url"),
    };

    private string? Value(string field) => _values.TryGetValue(field, out TextSpan span) ? _text.Substring(span.Start, span.Length) : null;

    private bool TryLabel(TextSpan line, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? field, out TextSpan value)
    {
        field = null;
        value = default;
        ReadOnlySpan<char> text = _text.AsSpan(line.Start, line.Length);
        int colon = text.IndexOf(':');
        if (colon is < 2 or > MaxLabel || text.Length > MaxValue || !Fields.TryGetValue(text[..colon].TrimEnd(), out field))
        {
            return false;
        }

        int start = colon + 1;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        value = new TextSpan(line.Start + start, text.Length - start);

        // "Date: to be announced" is no date; "Published:09:15" no label.
        return value.Length > 1 && start > colon + 1 && (field != "date" || DateText.TryRead(text[start..], DateProvenance.Declared, monthFirst: false, out _));
    }
}
