namespace SearchService.Archive.Extraction;

/// <summary>Day, agency and separator of a dateline, see <see cref="DatelineGrammar"/>. Each reads at the cursor and moves it behind what it read.</summary>
internal static class DatelineParts
{
    public static bool TryDay(ReadOnlySpan<char> line, ref DatelineCursor cursor, out (int Month, int Day, int Year, TextSpan Span) day)
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

    public static (string Name, TextSpan Span)? TryAgency(ReadOnlySpan<char> line, ref DatelineCursor cursor)
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

    public static bool TrySeparator(ReadOnlySpan<char> line, ref DatelineCursor cursor, out bool strong)
    {
        int i = DatelineCursor.SkipBlanks(line, cursor.Position);
        if (i < line.Length && line[i] is '.' or ',')
        {
            int stop = DatelineCursor.SkipBlanks(line, i + 1);
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
}

/// <summary>How far a line has been read.</summary>
internal struct DatelineCursor
{
    public int Position;

    /// <summary>Where the last word of the place ends.</summary>
    public int PlaceEnd;

    public static int SkipBlanks(ReadOnlySpan<char> line, int i)
    {
        while (i < line.Length && char.IsWhiteSpace(line[i]))
        {
            i++;
        }

        return i;
    }
}
