using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Reads the dateline that opens a story. In the notation of the rules below:
/// <code>
/// dateline  = place { "," region } [ "," | "." ] [ day ] [ "," ] [ agency ] [ separator ]
/// place     = words with capitals, small words between them; two places are joined by "and" or "/"
/// day       = month day [ "," year ] | day month [ year ]
/// agency    = "(" 2 to 25 letters ")" | "/" letters "/"
/// separator = "-" | "--" | "–" | "—" | ":" | "."
/// </code>
/// Accepted with a day; or with a known or parenthesised agency; or, in capitals and before a separator, where the gazetteer
/// knows the place. Shapes: <c>Baku, Azerbaijan, Nov. 21</c>, <c>SAN DIEGO, Calif., Feb 26 -</c>, <c>LONDON, Nov 21 (Reuters) -</c>,
/// <c>MOSCOW, November 21. /TASS/.</c>, <c>MOSCOW. Nov 21 (Interfax) -</c>, <c>CAIRO- 24 July 2022:</c>, <c>TEHRAN –</c>.
/// </summary>
internal sealed class DatelineGrammar(PlaceResolver places)
{
    /// <summary>A dateline stands within so many characters of its line's start.</summary>
    private const int MaxLength = 140;

    /// <summary>"(Adds details) By Ann Lee" before it may take so many more.</summary>
    private const int MaxNote = 300;
    private const int MaxBylineWords = 12;

    /// <summary>Reads a dateline at the start of a span of the text.</summary>
    /// <param name="declared">The span is a declared dateline: its place need not be known, nor its case be right.</param>
    /// <returns>Null where the span does not begin with a dateline.</returns>
    public Dateline? Read(string text, TextSpan span, bool declared)
    {
        int note = declared ? 0 : NoteLength(text.AsSpan(span.Start, Math.Min(span.Length, MaxNote)));
        span = new TextSpan(span.Start + note, span.Length - note);
        ReadOnlySpan<char> line = text.AsSpan(span.Start, Math.Min(span.Length, MaxLength));
        bool cut = span.Length > MaxLength;
        int start = SkipLeading(line, declared);
        DatelineCursor cursor = new() { Position = start };
        DatelinePlaceWords.Read(line, ref cursor, declared);
        int placeEnd = cursor.PlaceEnd;
        TextSpan? place = placeEnd > start ? new TextSpan(start, placeEnd - start) : null;

        // Month and day, and the agency, in either order.
        (int Month, int Day, int Year, TextSpan Span) day = default;
        (string Name, TextSpan Span)? agency = null;
        for (int round = 0; round < 2; round++)
        {
            if (day.Month == 0)
            {
                DatelineParts.TryDay(line, ref cursor, out day);
            }

            agency ??= DatelineParts.TryAgency(line, ref cursor);
        }

        bool separated = DatelineParts.TrySeparator(line, ref cursor, out bool strong);
        bool whole = !cut && line[cursor.Position..].Trim().IsEmpty;
        ArticleLocation? location = place is { } p ? places.Resolve(line.Slice(p.Start, p.Length), declared) : null;
        bool capitals = place is { } q && PlaceResolver.IsCapitals(line.Slice(q.Start, q.Length));
        string? rule = declared
            ? place is not null || day.Month != 0 ? "declared-dateline" : null
            : Accept(place is not null, location?.Country is not null, capitals, day.Month != 0, agency?.Name, separated, strong, whole);
        if (rule is null)
        {
            return null;
        }

        int end = cursor.Position;
        return new Dateline
        {
            Span = new TextSpan(span.Start + start, end - start),
            PlaceSpan = location is null ? null : place?.Shift(span.Start),
            Location = location,
            DaySpan = day.Month == 0 ? null : day.Span.Shift(span.Start),
            Month = day.Month,
            Day = day.Day,
            Year = day.Year,
            Agency = agency?.Name,
            AgencySpan = agency?.Span.Shift(span.Start),
            WholeLine = whole,
            Rule = rule,
        };
    }

    /// <summary>The rule by which a line that is not declared counts as a dateline; null where none does.</summary>
    private static string? Accept(
        bool place, bool known, bool capitals, bool day, string? agency, bool separated, bool strong, bool whole)
    {
        if (!place)
        {
            return agency is not null && separated ? "agency-line" : null;
        }

        if (day)
        {
            // A sentence may open with a name and a day: then something else follows.
            return agency is not null || separated || (whole && (known || capitals)) ? "dateline-with-day" : null;
        }

        if (agency is not null && (known || capitals))
        {
            return separated || Agencies.Find(agency) is not null ? "dateline-with-agency" : null;
        }

        return strong && known && capitals && !whole ? "dateline-in-capitals" : null;
    }

    /// <summary>
    /// Length of what wires put before a dateline on its own line: "(Adds details)", then "By Ann Lee and John Roe" as far as the
    /// capitals of the place. 0 where the line begins otherwise.
    /// </summary>
    private static int NoteLength(ReadOnlySpan<char> line)
    {
        int start = DatelineCursor.SkipBlanks(line, 0);
        if (start < line.Length && line[start] == '(' && line[start..].IndexOf(')') is > 0 and int close
            && Agencies.Find(line.Slice(start + 1, close - 1)) is null && line.Slice(start, close).Contains(' '))
        {
            start = DatelineCursor.SkipBlanks(line, start + close + 1);
        }

        if (!line[start..].StartsWith("By ", StringComparison.Ordinal))
        {
            return start;
        }

        int i = start + 3;
        for (int words = 0; words < MaxBylineWords && i < line.Length; words++)
        {
            i = DatelineCursor.SkipBlanks(line, i);
            int end = i;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
            {
                end++;
            }

            ReadOnlySpan<char> word = line[i..end];
            if (word.Length > 2 && char.IsUpper(word[0]) && char.IsUpper(word[1]) && char.IsUpper(word[2]))
            {
                return i;
            }

            if (word.IsEmpty || (!char.IsUpper(word[0]) && word is not ("and" or "de" or "van" or "von" or "-" or "in")))
            {
                return start;
            }

            i = end;
        }

        return start;
    }

    private static int SkipLeading(ReadOnlySpan<char> line, bool declared)
    {
        int i = DatelineCursor.SkipBlanks(line, 0);
        while (i < line.Length && (line[i] is '*' or '-' or '–' or '—' or '•' or '.' or '+' || (declared && !char.IsLetterOrDigit(line[i]) && line[i] != '(')))
        {
            i = DatelineCursor.SkipBlanks(line, i + 1);
        }

        return i;
    }
}
