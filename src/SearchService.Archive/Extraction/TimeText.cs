using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>Reads the time of day and the offset that stand beside a date. An hour or an offset that does not exist is not read.</summary>
internal static class TimeText
{
    /// <summary>142000, 1420, with offset.</summary>
    public static bool TryBasicTime(ref DateScanner scanner, ref DateParts parts)
    {
        int start = scanner.Position;
        if (scanner.TryNumber(6, 6, out int clock))
        {
            (parts.Hour, parts.Minute, parts.Second) = (clock / 10000, clock / 100 % 100, clock % 100);
            parts.Has = DatePrecision.Second;
        }
        else if (scanner.TryNumber(4, 4, out clock))
        {
            (parts.Hour, parts.Minute) = (clock / 100, clock % 100);
            parts.Has = DatePrecision.Minute;
        }

        if (parts.Has < DatePrecision.Minute || parts.Hour > 23 || parts.Minute > 59 || parts.Second > 59)
        {
            scanner.Position = start;
            parts.Has = DatePrecision.Day;
            return false;
        }

        SkipFraction(ref scanner);
        TryZone(ref scanner, ref parts);
        return true;
    }

    /// <summary>A time behind the date, if there is one; always true, since the day stands without it.</summary>
    public static bool TryTimeAfter(ref DateScanner scanner, ref DateParts parts)
    {
        int start = scanner.Position;
        scanner.SkipBlanksAnd(",-–—|/(");
        if (scanner.TryWord("at") || scanner.TryWord("um") || scanner.TryWord("à"))
        {
            scanner.SkipBlanks();
        }

        scanner.TryWeekday();
        DateParts clock = parts;
        if (TryTime(ref scanner, ref clock))
        {
            parts = clock;
        }
        else
        {
            scanner.Position = start;
        }

        return true;
    }

    /// <summary>14:20, 14:20:05.79, 6:15pm, 6 p.m., 14.20 GMT, 14h20.</summary>
    public static bool TryTime(ref DateScanner scanner, ref DateParts parts)
    {
        int start = scanner.Position;
        if (!scanner.TryNumber(1, 2, out int hour))
        {
            return false;
        }

        int minute = 0;
        int second = 0;
        bool hasMinute = false;
        bool hasSecond = false;
        if (scanner.Current is ':' or '.' or 'h' or 'H')
        {
            int mark = scanner.Position++;
            hasMinute = scanner.TryNumber(2, 2, out minute) && minute < 60;
            if (!hasMinute)
            {
                scanner.Position = mark;
                minute = 0;
            }
            else if (scanner.Current is ':' or '.')
            {
                mark = scanner.Position++;
                hasSecond = scanner.TryNumber(2, 2, out second) && second < 60;
                if (!hasSecond)
                {
                    scanner.Position = mark;
                    second = 0;
                }
            }
        }

        SkipFraction(ref scanner);
        int afterClock = scanner.Position;
        scanner.SkipBlanks();
        int half = HalfOfDay(ref scanner);
        if (half == 0)
        {
            scanner.Position = afterClock;
        }

        if ((!hasMinute && half == 0) || (half != 0 && hour is 0 or > 12) || hour > 23)
        {
            scanner.Position = start;
            return false;
        }

        hour = half switch
        {
            1 => hour % 12,
            2 => (hour % 12) + 12,
            _ => hour,
        };
        (parts.Hour, parts.Minute, parts.Second, parts.HasSecond) = (hour, minute, second, hasSecond);
        parts.Has = hasSecond ? DatePrecision.Second : DatePrecision.Minute;
        TryZone(ref scanner, ref parts);
        return true;
    }

    /// <summary>Digits after the seconds: hundredths, whatever is written behind them.</summary>
    private static void SkipFraction(ref DateScanner scanner)
    {
        int start = scanner.Position;
        if (scanner.Current is '.' or ',')
        {
            scanner.Position++;
            if (!scanner.TryNumber(1, 9, out _))
            {
                scanner.Position = start;
            }
        }
    }

    /// <summary>1 for a.m., 2 for p.m., 0 where neither is written.</summary>
    private static int HalfOfDay(ref DateScanner scanner)
    {
        int start = scanner.Position;
        int half = scanner.Current switch
        {
            'a' or 'A' => 1,
            'p' or 'P' => 2,
            _ => 0,
        };
        if (half == 0)
        {
            return 0;
        }

        scanner.Position++;
        scanner.TryChar('.');
        if (scanner.Current is not ('m' or 'M'))
        {
            scanner.Position = start;
            return 0;
        }

        scanner.Position++;
        if (char.IsLetter(scanner.Current))
        {
            scanner.Position = start;
            return 0;
        }

        scanner.TryChar('.');
        return half;
    }

    /// <summary>Z, +04:00, +0400, +04, GMT+4, (UTC+04:00), EST: kept for the day to decide.</summary>
    private static void TryZone(ref DateScanner scanner, ref DateParts parts)
    {
        int start = scanner.Position;
        scanner.SkipBlanksAnd("(,");
        if (scanner.TryWord("hrs") || scanner.TryWord("hours") || scanner.TryWord("uhr"))
        {
            scanner.SkipBlanks();
            start = scanner.Position;
        }

        ReadOnlySpan<char> name = scanner.PeekWord();
        bool universal = name is "UTC" or "GMT" or "utc" or "gmt" or "UT";
        if (universal || name.IsEmpty)
        {
            int afterName = scanner.Position + name.Length;
            scanner.Position = afterName;
            scanner.SkipBlanks();
            if (TryOffset(ref scanner, out TimeSpan offset))
            {
                parts.Offset = offset;
                scanner.TryChar(')');
                return;
            }

            scanner.Position = universal ? afterName : start;
            parts.Offset = universal ? TimeSpan.Zero : null;
            if (universal)
            {
                scanner.TryChar(')');
            }

            return;
        }

        if (name.Length <= 7 && TimeZoneNames.TryFind(name, new DateOnly(2000, 1, 1), out _))
        {
            parts.Zone = name.ToString();
            scanner.Position += name.Length;
            if (scanner.Current == ' ' && scanner.Rest.StartsWith(" time", StringComparison.OrdinalIgnoreCase))
            {
                scanner.Position += 5;
            }

            scanner.TryChar(')');
            return;
        }

        scanner.Position = start;
    }

    private static bool TryOffset(ref DateScanner scanner, out TimeSpan offset)
    {
        offset = default;
        int start = scanner.Position;
        int sign = scanner.Current switch
        {
            '+' => 1,
            '-' or '−' => -1,
            _ => 0,
        };
        if (sign == 0)
        {
            return false;
        }

        scanner.Position++;
        int hours;
        int minutes = 0;
        if (scanner.TryNumber(4, 4, out int both))
        {
            (hours, minutes) = (both / 100, both % 100);
        }
        else if (!scanner.TryNumber(1, 2, out hours) || (scanner.Current == ':' && !(scanner.TryChar(':') && scanner.TryNumber(2, 2, out minutes))))
        {
            scanner.Position = start;
            return false;
        }

        if (hours > 14 || minutes > 59)
        {
            scanner.Position = start;
            return false;
        }

        offset = sign * new TimeSpan(hours, minutes, 0);
        return true;
    }
}
