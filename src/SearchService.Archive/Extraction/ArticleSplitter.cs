using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>The parts of a plain text. Spans point into the source text.</summary>
internal sealed class SplitText
{
    public TextSpan? Headline { get; set; }

    public TextSpan? Byline { get; set; }

    public string? BylineName { get; set; }

    public TextSpan? Source { get; set; }

    public string? SourceName { get; set; }

    /// <summary>The agency that signs a body at its foot, where there is no source text to point into.</summary>
    public string? SignOff { get; set; }

    /// <summary>The stamp that says when the story was published, and where it was read.</summary>
    public (DateText.Reading Reading, TextSpan Span)? Stamp { get; set; }

    /// <summary>Fields that labelled lines of the head declare.</summary>
    public HeadLabels Labels { get; init; } = new("");

    public string Body { get; set; } = "";
}

/// <summary>
/// Splits a plain text into headline, stamp, byline, source line and body. The head of the story ends at its first line of
/// prose; source lines and sign-offs at the foot are taken off as well. Every line is judged by <see cref="LineRules"/>.
/// </summary>
internal sealed class ArticleSplitter(DatelineGrammar datelines)
{
    /// <summary>Lines of text that the head of a story may have.</summary>
    private const int MaxHeadLines = 12;
    private const int MaxFootLines = 3;
    private const int MaxStampLine = 120;

    public SplitText Split(string text)
    {
        SplitText split = new() { Labels = new HeadLabels(text) };
        List<Line> lines = SourceLayout.Lines(text);
        int from = 0;
        int to = lines.Count;
        List<int> taken = [];
        ReadFoot(text, lines, split, ref to);
        ReadHead(text, lines, split, taken, ref from, to);
        StringBuilder body = new(text.Length);
        // Lines of the head that belong to the body (a dateline of its own) stand before it.
        foreach (int line in taken)
        {
            SourceLayout.Append(body, text, lines, (line, line));
        }

        foreach ((int First, int Last) paragraph in SourceLayout.Paragraphs(text, lines, from, to))
        {
            SourceLayout.Append(body, text, lines, paragraph);
        }

        split.Body = body.ToString();
        return split;
    }

    private void ReadHead(string text, List<Line> lines, SplitText split, List<int> taken, ref int from, int to)
    {
        int seen = 0;
        bool datelineSeen = false;
        int lineBefore = -1;
        int bylineAt = -1;
        int i = from;
        for (; i < to && seen < MaxHeadLines; i++)
        {
            if (lines[i].IsBlank)
            {
                continue;
            }

            if (split.Labels.Read(lines, i, to, first: seen == 0) is int next && next > i)
            {
                seen++;
                i = next - 1;
                continue;
            }

            seen++;
            TextSpan span = lines[i].Span;
            ReadOnlySpan<char> line = text.AsSpan(span.Start, span.Length);
            bool belowByline = bylineAt >= 0 && bylineAt == lineBefore;
            lineBefore = i;
            if (TryStamp(line, out DateText.Reading stamp, out int stampStart, out bool updated))
            {
                if (!updated || split.Stamp is null)
                {
                    split.Stamp ??= (stamp, new TextSpan(span.Start + stampStart, stamp.Length));
                }
            }
            else if (LineRules.TryByline(line, out TextSpan author))
            {
                bylineAt = i;
                if (split.Byline is null)
                {
                    split.Byline = author.Shift(span.Start);
                    split.BylineName = PlaceCasing.Squeeze(line.Slice(author.Start, author.Length));
                }
            }
            else if (belowByline && LineRules.IsAuthorsFunction(line, out TextSpan employer))
            {
                if (split.Source is null && Agencies.Find(line.Slice(employer.Start, employer.Length)) is not null)
                {
                    SetSource(split, text, employer.Shift(span.Start));
                }
            }
            else if (split.Headline is null && !split.Labels.Values.ContainsKey("headline") && !datelineSeen && !LooksLikeDateline(text, span) && HeadlineRules.IsHeadline(line, IsSetApart(text, lines, i, to)))
            {
                split.Headline = span;
            }
            else if (split.Source is null && LineRules.TrySource(line, foot: false, out TextSpan source))
            {
                SetSource(split, text, source.Shift(span.Start));
            }
            else if (!datelineSeen && datelines.Read(text, span, declared: false) is { WholeLine: true })
            {
                datelineSeen = true;
                taken.Add(i);
            }
            else
            {
                break;
            }
        }

        from = i;
    }

    /// <summary>A first line that is a dateline and nothing else, or opens with one: no headline.</summary>
    private bool LooksLikeDateline(string text, TextSpan span) => datelines.Read(text, span, declared: false) is { PlaceSpan: not null } or { AgencySpan: not null };

    private bool IsSetApart(string text, List<Line> lines, int line, int to)
    {
        if (line + 1 >= to || lines[line + 1].IsBlank)
        {
            return true;
        }

        Line next = lines[line + 1];
        if (next.Indent >= 2 && lines[line].Indent < next.Indent)
        {
            return true;
        }

        ReadOnlySpan<char> following = text.AsSpan(next.Span.Start, next.Span.Length);
        if (TryStamp(following, out _, out _, out _) || LineRules.TryByline(following, out _) || LineRules.TrySource(following, foot: false, out _)
            || LooksLikeDateline(text, next.Span))
        {
            return true;
        }

        // A second line of the headline, or prose in long lines right below it.
        return following.Length > HeadlineRules.MaxLength
            || (line + 2 < to && lines[line + 2].IsBlank && HeadlineRules.IsHeadline(following, setApart: true) && following.Length < 100);
    }

    private static void SetSource(SplitText split, string text, TextSpan span)
    {
        split.Source = span;
        split.SourceName = Agencies.NameOf(text.AsSpan(span.Start, span.Length));
    }

    /// <summary>Takes sign-offs, source lines and rules of dashes off the foot.</summary>
    internal static void ReadFoot(string text, List<Line> lines, SplitText split, ref int to)
    {
        int seen = 0;
        int i = to - 1;
        for (; i > 0 && seen < MaxFootLines; i--)
        {
            if (lines[i].IsBlank)
            {
                continue;
            }

            seen++;
            TextSpan span = lines[i].Span;
            ReadOnlySpan<char> line = text.AsSpan(span.Start, span.Length);
            if (line.ContainsAnyExcept(SignOffMarks) && !LineRules.TrySource(line, foot: true, out _))
            {
                return;
            }

            if (LineRules.TrySource(line, foot: true, out TextSpan source))
            {
                if (split.Source is null)
                {
                    SetSource(split, text, source.Shift(span.Start));
                }
            }

            to = i;
        }
    }

    private static readonly System.Buffers.SearchValues<char> SignOffMarks = System.Buffers.SearchValues.Create("-–—*#=_~. \u00a030");

    /// <summary>A line that holds a date with its year and, perhaps, a label before it and another stamp behind it.</summary>
    internal static bool TryStamp(ReadOnlySpan<char> line, out DateText.Reading reading, out int start, out bool updated)
    {
        reading = default;
        start = 0;
        updated = false;
        if (line.Length is < 6 or > MaxStampLine)
        {
            return false;
        }

        start = LineRules.StampLabel(line, out updated);
        while (start < line.Length && (char.IsWhiteSpace(line[start]) || line[start] is '(' or '['))
        {
            start++;
        }

        if (start >= line.Length || !DateText.TryRead(line[start..], DateProvenance.Stamp, monthFirst: false, out reading) || reading.Rule is "unix-time" or "year")
        {
            return false;
        }

        ReadOnlySpan<char> rest = line[(start + reading.Length)..].Trim(" \t.)]|,;-–—");
        return rest.IsEmpty || IsStampTail(rest);
    }

    private static bool IsStampTail(ReadOnlySpan<char> rest)
    {
        int label = LineRules.StampLabel(rest, out _);
        if (label > 0)
        {
            return true;
        }

        return rest.Equals("local time", StringComparison.OrdinalIgnoreCase) || rest.Equals("hrs", StringComparison.OrdinalIgnoreCase)
            || (rest.Length <= 9 && new DateScanner(rest).TryWeekday());
    }
}
