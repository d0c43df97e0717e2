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
    private const int MaxPlaceWords = 9;

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
        Cursor cursor = new() { Position = start };
        ReadPlace(line, ref cursor, declared);
        int placeEnd = cursor.PlaceEnd;
        TextSpan? place = placeEnd > start ? new TextSpan(start, placeEnd - start) : null;

        // Month and day, and the agency, in either order.
        (int Month, int Day, int Year, TextSpan Span) day = default;
        (string Name, TextSpan Span)? agency = null;
        for (int round = 0; round < 2; round++)
        {
            if (day.Month == 0)
            {
                TryDay(line, ref cursor, out day);
            }

            agency ??= TryAgency(line, ref cursor);
        }

        bool separated = TrySeparator(line, ref cursor, out bool strong);
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
        int start = SkipBlanks(line, 0);
        if (start < line.Length && line[start] == '(' && line[start..].IndexOf(')') is > 0 and int close
            && Agencies.Find(line.Slice(start + 1, close - 1)) is null && line.Slice(start, close).Contains(' '))
        {
            start = SkipBlanks(line, start + close + 1);
        }

        if (!line[start..].StartsWith("By ", StringComparison.Ordinal))
        {
            return start;
        }

        int i = start + 3;
        for (int words = 0; words < MaxBylineWords && i < line.Length; words++)
        {
            i = SkipBlanks(line, i);
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
        int i = SkipBlanks(line, 0);
        while (i < line.Length && (line[i] is '*' or '-' or '–' or '—' or '•' or '.' or '+' || (declared && !char.IsLetterOrDigit(line[i]) && line[i] != '(')))
        {
            i = SkipBlanks(line, i + 1);
        }

        return i;
    }

    private static int SkipBlanks(ReadOnlySpan<char> line, int i)
    {
        while (i < line.Length && char.IsWhiteSpace(line[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary>Reads words of a place; stops before a day, an agency, a separator, or what cannot be a place.</summary>
    private static void ReadPlace(ReadOnlySpan<char> line, ref Cursor cursor, bool declared)
    {
        int i = cursor.Position;
        int words = 0;
        cursor.PlaceEnd = i;
        while (i < line.Length && words < MaxPlaceWords)
        {
            int start = i;
            while (i < line.Length && IsPlaceChar(line, i))
            {
                i++;
            }

            ReadOnlySpan<char> word = line[start..i];
            if (word.IsEmpty || DateStartsAt(line, start))
            {
                i = start;
                break;
            }

            bool small = PlaceResolver.IsSmallWord(word);
            if (!declared && !char.IsUpper(word[0]) && !IsElided(word) && (!small || words == 0))
            {
                i = start;
                break;
            }

            words++;
            if (!small)
            {
                cursor.PlaceEnd = i;
            }

            // What stands between two words of a place: blanks, a comma, a slash between two places.
            int next = SkipBlanks(line, i);
            if (next < line.Length && line[next] is ',' or '/')
            {
                bool agency = line[next] == '/' && next > i;
                if (agency)
                {
                    break;
                }

                next = SkipBlanks(line, next + 1);
            }
            else if (next == i)
            {
                break;
            }

            i = next;
        }

        cursor.Position = cursor.PlaceEnd;
    }

    /// <summary>d'Ivoire, l'Aquila: a small word joined to a capital.</summary>
    private static bool IsElided(ReadOnlySpan<char> word) => word.Length > 2 && TextFolding.IsApostrophe(word[1]) && char.IsUpper(word[2]);

    /// <summary>Letters, inner hyphens and apostrophes, full stops of abbreviations.</summary>
    private static bool IsPlaceChar(ReadOnlySpan<char> line, int i)
    {
        char c = line[i];
        if (char.IsLetter(c) || c is >= '\u0300' and <= '\u036F' || TextFolding.IsApostrophe(c))
        {
            return true;
        }

        if (c == '-')
        {
            return i > 0 && i + 1 < line.Length && char.IsLetter(line[i - 1]) && char.IsLetter(line[i + 1]);
        }

        if (c != '.')
        {
            return false;
        }

        // N.Y., D.C., St., Calif.: a single letter or a known abbreviation before the stop, or a letter right behind it.
        int start = i;
        while (start > 0 && char.IsLetter(line[start - 1]))
        {
            start--;
        }

        return i - start == 1 || (i + 1 < line.Length && char.IsLetter(line[i + 1])) || Lexicon.IsAbbreviation(TextFolding.Key(line[start..i]))
            || (i + 1 < line.Length && line[i + 1] == ',');
    }

    private static bool DateStartsAt(ReadOnlySpan<char> line, int start)
    {
        DateScanner scanner = new(line[start..]);
        scanner.TryWeekday();
        if (!scanner.TryMonth(out _))
        {
            return false;
        }

        scanner.SkipBlanksAnd(",");
        return char.IsAsciiDigit(scanner.Current);
    }

    private static bool TryDay(ReadOnlySpan<char> line, ref Cursor cursor, out (int Month, int Day, int Year, TextSpan Span) day)
    {
        day = default;
        DateScanner scanner = new(line) { Position = cursor.Position };
        scanner.SkipBlanksAnd(",.-–—");
        scanner.TryWeekday();
        int start = scanner.Position;
        int month;
        int number;
        if (scanner.TryMonth(out month))
        {
            scanner.SkipBlanks();
            if (!scanner.TryNumber(1, 2, out number))
            {
                return false;
            }

            SkipOrdinal(ref scanner);
        }
        else if (scanner.TryNumber(1, 2, out number))
        {
            SkipOrdinal(ref scanner);
            scanner.SkipBlanksAnd(".");
            if (!scanner.TryMonth(out month))
            {
                return false;
            }
        }
        else
        {
            return false;
        }

        if (number is < 1 or > 31 || number > DateTime.DaysInMonth(2000, month))
        {
            return false;
        }

        int end = scanner.Position;
        scanner.SkipBlanksAnd(",");
        if (scanner.TryNumber(4, 4, out int year) && year is >= 1600 and <= 2199)
        {
            end = scanner.Position;
        }
        else
        {
            year = 0;
        }

        day = (month, number, year, new TextSpan(start, end - start));
        cursor.Position = end;
        return true;
    }

    private static void SkipOrdinal(ref DateScanner scanner)
    {
        if (scanner.PeekWord() is "st" or "nd" or "rd" or "th")
        {
            scanner.Position += 2;
        }
    }

    private static (string Name, TextSpan Span)? TryAgency(ReadOnlySpan<char> line, ref Cursor cursor)
    {
        int i = cursor.Position;
        while (i < line.Length && (char.IsWhiteSpace(line[i]) || line[i] is ',' or '.'))
        {
            i++;
        }

        if (i >= line.Length || line[i] is not ('(' or '/' or '['))
        {
            return null;
        }

        char close = line[i] switch
        {
            '(' => ')',
            '[' => ']',
            _ => '/',
        };
        int length = line[(i + 1)..].IndexOf(close);
        if (length is < 2 or > 40)
        {
            return null;
        }

        ReadOnlySpan<char> name = line.Slice(i + 1, length).Trim();
        bool known = Agencies.Find(name) is not null;
        if (!known && (name.Length > 25 || name.IsEmpty || !char.IsUpper(name[0]) || name.ContainsAnyExcept(AgencyChars)))
        {
            return null;
        }

        cursor.Position = i + length + 2;
        return (Agencies.NameOf(name), new TextSpan(i + 1, length));
    }

    private static readonly System.Buffers.SearchValues<char> AgencyChars =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .&'’-ÁÉÍÓÚáéíóúČčŠšŽžÖöÜüÄäÇçĞğİı");

    private static bool TrySeparator(ReadOnlySpan<char> line, ref Cursor cursor, out bool strong)
    {
        int i = SkipBlanks(line, cursor.Position);
        if (i < line.Length && line[i] is '.' or ',')
        {
            int stop = SkipBlanks(line, i + 1);
            if (stop < line.Length && line[stop] is '-' or '–' or '—')
            {
                i = stop;
            }
        }

        strong = false;
        if (i >= line.Length || line[i] is not ('-' or '–' or '—' or ':' or '.' or '―'))
        {
            return false;
        }

        strong = line[i] != '.';
        while (i < line.Length && (line[i] is '-' or '–' or '—' or ':' or '.' or '―' || char.IsWhiteSpace(line[i])))
        {
            i++;
        }

        cursor.Position = i;
        return true;
    }

    private struct Cursor
    {
        public int Position;
        public int PlaceEnd;
    }
}
