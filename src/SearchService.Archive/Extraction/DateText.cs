using System.Globalization;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Reads a written date: an ordered list of forms, the first that fits at the start of the text wins. Forms: ISO 8601 (basic and
/// extended, blank for T), RFC 822 and 2822, <c>21 November 2018 14:20 (UTC+04:00)</c>, <c>Fri Oct 20, 2006 6:15pm EDT</c>,
/// <c>26-FEB-1987 15:01:01.79</c>, <c>Wed Nov 21 14:20:00 +0400 2018</c>, <c>14:20, 21 November 2018</c>, <c>21.11.2018 14:20</c>,
/// <c>11/21/2018</c>, <c>November 2018</c>, a year, Unix seconds and milliseconds. A day that does not exist is no date; a time or
/// an offset that does not exist is not read, and the day stands.
/// </summary>
internal static class DateText
{
    /// <summary>A date in a text.</summary>
    /// <param name="Length">Number of characters read.</param>
    /// <param name="Rule">Name of the form.</param>
    public readonly record struct Reading(ArticleDate Date, int Length, string Rule);

    /// <summary>Reads a date at the start of the text, blanks and a weekday skipped. False where none stands there.</summary>
    /// <param name="monthFirst">Read 11/12/2018 as November 12.</param>
    public static bool TryRead(ReadOnlySpan<char> text, DateProvenance provenance, bool monthFirst, out Reading reading)
    {
        DateParts parts = default;
        DateScanner scanner = new(text);
        scanner.SkipBlanks();
        int start = scanner.Position;
        string? rule = null;
        if (TryUnix(ref scanner, ref parts))
        {
            rule = "unix-time";
        }
        else if (Retry(ref scanner, start) && TryIso(ref scanner, ref parts))
        {
            rule = "iso-8601";
        }
        else if (Retry(ref scanner, start) && TryTimeFirst(ref scanner, ref parts))
        {
            rule = "time-first";
        }
        else if (Retry(ref scanner, start) && TryDayFirst(ref scanner, ref parts))
        {
            rule = "day-month-year";
        }
        else if (Retry(ref scanner, start) && TryMonthFirst(ref scanner, ref parts))
        {
            rule = "month-day-year";
        }
        else if (Retry(ref scanner, start) && TryNumeric(ref scanner, ref parts, monthFirst, out bool ambiguous))
        {
            rule = ambiguous ? "numeric-ambiguous" : "numeric";
        }
        else if (Retry(ref scanner, start) && TryMonthYear(ref scanner, ref parts))
        {
            rule = "month-year";
        }
        else if (Retry(ref scanner, start) && TryYear(ref scanner, ref parts))
        {
            rule = "year";
        }

        if (rule is null || !parts.TryDate(provenance, out ArticleDate date))
        {
            reading = default;
            return false;
        }

        reading = new Reading(date, scanner.Position, rule);
        return true;

        bool Retry(ref DateScanner s, int position)
        {
            s.Position = position;
            parts = default;
            return true;
        }
    }

    private static bool TryUnix(ref DateScanner scanner, ref DateParts parts)
    {
        ReadOnlySpan<char> digits = scanner.Rest;
        int length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }

        // Nine digits begin in 1973; a day written as 20181121 has eight, its time in one run fourteen.
        if (length is not (9 or 10 or 13) || !long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            || (length < digits.Length && !char.IsWhiteSpace(digits[length]) && digits[length] != '.'))
        {
            return false;
        }

        DateTime utc = DateTime.UnixEpoch.AddSeconds(length == 13 ? value / 1000 : value);
        parts = new DateParts
        {
            Year = utc.Year,
            Month = utc.Month,
            Day = utc.Day,
            Hour = utc.Hour,
            Minute = utc.Minute,
            Second = utc.Second,
            Offset = TimeSpan.Zero,
            Has = DatePrecision.Second,
        };
        scanner.Position += length;
        return true;
    }

    private static bool TryIso(ref DateScanner scanner, ref DateParts parts)
    {
        int start = scanner.Position;
        if (scanner.TryNumber(8, 8, out int basic))
        {
            (parts.Year, parts.Month, parts.Day) = (basic / 10000, basic / 100 % 100, basic % 100);
            parts.Has = DatePrecision.Day;
            if (parts.DayExists && scanner.Current is 'T' or 't')
            {
                int beforeTime = scanner.Position++;
                if (!TimeText.TryBasicTime(ref scanner, ref parts))
                {
                    scanner.Position = beforeTime;
                }
            }

            return parts.DayExists;
        }

        scanner.Position = start;
        if (scanner.TryNumber(14, 14, out _))
        {
            scanner.Position = start;
            ReadOnlySpan<char> run = scanner.Rest[..14];
            scanner.Position += run.Length;
            (parts.Year, parts.Month, parts.Day) = (Number(run[..4]), Number(run[4..6]), Number(run[6..8]));
            (parts.Hour, parts.Minute, parts.Second) = (Number(run[8..10]), Number(run[10..12]), Number(run[12..14]));
            parts.Has = DatePrecision.Second;
            return parts.DayExists && parts.Hour < 24 && parts.Minute < 60 && parts.Second < 60;
        }

        if (!scanner.TryNumber(4, 4, out parts.Year) || scanner.Current is not ('-' or '/' or '.'))
        {
            return false;
        }

        char mark = scanner.Current;
        scanner.Position++;
        if (!scanner.TryNumber(mark == '-' ? 2 : 1, 2, out parts.Month))
        {
            return false;
        }

        parts.Has = DatePrecision.Month;
        if (!scanner.TryChar(mark))
        {
            return mark == '-' && parts.Month is >= 1 and <= 12 && !char.IsLetterOrDigit(scanner.Current) && scanner.Current != '-';
        }

        if (!scanner.TryNumber(mark == '-' ? 2 : 1, 2, out parts.Day) || !parts.DayExists)
        {
            return false;
        }

        parts.Has = DatePrecision.Day;
        int beforeClock = scanner.Position;
        if (scanner.Current is 'T' or 't')
        {
            scanner.Position++;
            if (!TimeText.TryTime(ref scanner, ref parts) && !TimeText.TryBasicTime(ref scanner, ref parts))
            {
                scanner.Position = beforeClock;
            }
        }
        else
        {
            TimeText.TryTimeAfter(ref scanner, ref parts);
        }

        return true;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool TryTimeFirst(ref DateScanner scanner, ref DateParts parts)
    {
        if (!TimeText.TryTime(ref scanner, ref parts))
        {
            return false;
        }

        DateParts time = parts;
        scanner.SkipBlanksAnd(",-–—|");
        if (scanner.TryWord("on"))
        {
            scanner.SkipBlanks();
        }

        int date = scanner.Position;
        DateParts day = default;
        if (!TryDayFirst(ref scanner, ref day))
        {
            scanner.Position = date;
            day = default;
            if (!TryMonthFirst(ref scanner, ref day))
            {
                return false;
            }
        }

        parts = day with
        {
            Hour = time.Hour,
            Minute = time.Minute,
            Second = time.Second,
            Has = time.Has,
            Offset = day.Offset ?? time.Offset,
            Zone = time.Zone,
        };
        return true;
    }

    /// <summary>21 November 2018, 21-Nov-2018, 21st Nov. 2018, with time before or behind the year.</summary>
    private static bool TryDayFirst(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryWeekday();
        if (scanner.TryWord("the"))
        {
            scanner.SkipBlanks();
        }

        if (!scanner.TryNumber(1, 2, out parts.Day))
        {
            return false;
        }

        SkipOrdinal(ref scanner);
        scanner.SkipBlanksAnd(".-/");
        if (scanner.TryWord("of"))
        {
            scanner.SkipBlanks();
        }

        if (!scanner.TryMonth(out parts.Month))
        {
            return false;
        }

        scanner.SkipBlanksAnd(",-/'’");
        return TryYearPart(ref scanner, ref parts, 2) && parts.DayExists && TimeText.TryTimeAfter(ref scanner, ref parts);
    }

    /// <summary>November 21, 2018; Fri Oct 20, 2006 6:15pm EDT; Wed Nov 21 14:20:00 +0400 2018.</summary>
    private static bool TryMonthFirst(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryWeekday();
        if (!scanner.TryMonth(out parts.Month))
        {
            return false;
        }

        scanner.SkipBlanksAnd("-");
        if (!scanner.TryNumber(1, 2, out parts.Day))
        {
            return false;
        }

        SkipOrdinal(ref scanner);
        scanner.SkipBlanksAnd(",-");
        scanner.TryWeekday();
        int beforeYear = scanner.Position;
        if (TryYearPart(ref scanner, ref parts, 4))
        {
            return parts.DayExists && TimeText.TryTimeAfter(ref scanner, ref parts);
        }

        scanner.Position = beforeYear;
        DateParts clock = parts;
        if (!TimeText.TryTime(ref scanner, ref clock))
        {
            return false;
        }

        scanner.SkipBlanks();
        if (!TryYearPart(ref scanner, ref clock, 4))
        {
            return false;
        }

        parts = clock with { Has = clock.Second > 0 || clock.HasSecond ? DatePrecision.Second : DatePrecision.Minute };
        return parts.DayExists;
    }

    private static bool TryNumeric(ref DateScanner scanner, ref DateParts parts, bool monthFirst, out bool ambiguous)
    {
        ambiguous = false;
        scanner.TryWeekday();
        if (!scanner.TryNumber(1, 2, out int first) || scanner.Current is not ('.' or '/' or '-'))
        {
            return false;
        }

        char mark = scanner.Current;
        scanner.Position++;
        if (!scanner.TryNumber(1, 2, out int second) || !scanner.TryChar(mark) || !TryYearPart(ref scanner, ref parts, mark == '.' ? 2 : 4))
        {
            return false;
        }

        ambiguous = mark != '.' && first <= 12 && second <= 12 && first != second;
        bool swap = mark != '.' && (second > 12 || (monthFirst && first <= 12));
        (parts.Day, parts.Month) = swap ? (second, first) : (first, second);
        return parts.DayExists && TimeText.TryTimeAfter(ref scanner, ref parts);
    }

    private static bool TryMonthYear(ref DateScanner scanner, ref DateParts parts)
    {
        if (!scanner.TryMonth(out parts.Month))
        {
            return false;
        }

        scanner.SkipBlanksAnd(",-/");
        parts.Day = 1;
        bool read = TryYearPart(ref scanner, ref parts, 4);
        parts.Has = DatePrecision.Month;
        return read;
    }

    private static bool TryYear(ref DateScanner scanner, ref DateParts parts)
    {
        bool read = scanner.TryNumber(4, 4, out parts.Year) && !char.IsLetterOrDigit(scanner.Current) && scanner.Current is not ('-' or '/' or ':' or '.');
        parts.Has = DatePrecision.Year;
        return read;
    }

    /// <summary>A year of four digits, or of two where allowed: RFC 2822 clause 4.3 reads 00 to 49 as 2000 to 2049.</summary>
    private static bool TryYearPart(ref DateScanner scanner, ref DateParts parts, int least)
    {
        int start = scanner.Position;
        if (!scanner.TryNumber(4, 4, out parts.Year))
        {
            if (least > 2 || !scanner.TryNumber(2, 2, out int two) || scanner.Current == ':')
            {
                scanner.Position = start;
                return false;
            }

            parts.Year = two < 50 ? 2000 + two : 1900 + two;
        }
        else if (scanner.Current == ':')
        {
            return false;
        }

        parts.Has = DatePrecision.Day;
        return true;
    }

    private static void SkipOrdinal(ref DateScanner scanner)
    {
        ReadOnlySpan<char> word = scanner.PeekWord();
        if (word is "st" or "nd" or "rd" or "th" or "ST" or "ND" or "RD" or "TH")
        {
            scanner.Position += 2;
        }
    }
}
