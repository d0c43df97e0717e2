namespace SearchService.Retrieval.Columns;

/// <summary>How much of a date is known: the whole period it covers.</summary>
public enum CivilPeriod : byte
{
    Day,
    Month,
    Year,
}

/// <summary>The width of a bucket of a date histogram.</summary>
public enum CivilInterval : byte
{
    Day,

    /// <summary>ISO 8601 weeks, Monday first.</summary>
    Week,
    Month,
    Quarter,
    Year,

    /// <summary>Ten years from one that ends in 0.</summary>
    Decade,
}

/// <summary>
/// Civil days as numbers (<see cref="DateOnly.DayNumber"/>: 0 is 1 January of year 1) and their calendar periods. Proleptic
/// Gregorian calendar, no time zones.
/// </summary>
public static class CivilDay
{
    /// <summary>The day after the last one of the calendar, 31 December 9999: the open end of the last bucket.</summary>
    public static readonly int End = DateOnly.MaxValue.DayNumber + 1;

    /// <summary>First day of the bucket that a day falls into. The buckets of year 1 begin with its first day.</summary>
    public static int Floor(int day, CivilInterval interval)
    {
        DateOnly date = DateOnly.FromDayNumber(day);
        return interval switch
        {
            CivilInterval.Day => day,
            // Day 0 is a Monday.
            CivilInterval.Week => day - (day % 7),
            CivilInterval.Month => new DateOnly(date.Year, date.Month, 1).DayNumber,
            CivilInterval.Quarter => new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1).DayNumber,
            CivilInterval.Year => new DateOnly(date.Year, 1, 1).DayNumber,
            _ => new DateOnly(Math.Max(1, date.Year / 10 * 10), 1, 1).DayNumber,
        };
    }

    /// <summary>First day of the bucket after the one that begins with the given day; <see cref="End"/> after the last.</summary>
    public static int Next(int start, CivilInterval interval)
    {
        DateOnly date = DateOnly.FromDayNumber(start);
        return interval switch
        {
            CivilInterval.Day => start + 1,
            CivilInterval.Week => Math.Min(start + 7, End),
            CivilInterval.Decade => FirstOfMonth(MonthOf(date) + (12 * (10 - (date.Year % 10)))),
            _ => FirstOfMonth(MonthOf(date) + Months(interval)),
        };
    }

    /// <summary>First days of the buckets from the one of <paramref name="first"/> to that of <paramref name="last"/>, and the day after; null where these are
    /// more than <paramref name="most"/> buckets.</summary>
    public static int[]? Edges(int first, int last, CivilInterval interval, int most)
    {
        int start = Floor(first, interval);
        List<int> edges = [start];

        // by the number of the month where that goes, which is much cheaper than by the calendar
        int months = Months(interval);
        int month = MonthOf(DateOnly.FromDayNumber(start));
        while (edges[^1] <= last && edges.Count <= most)
        {
            edges.Add(months > 0 ? FirstOfMonth(month += months) : Next(edges[^1], interval));
        }

        return edges[^1] > last ? [.. edges] : null;
    }

    /// <summary>Last day of the period that begins with the given day.</summary>
    public static int Last(int first, CivilPeriod period)
    {
        if (period == CivilPeriod.Day)
        {
            return first;
        }

        return Next(first, period == CivilPeriod.Month ? CivilInterval.Month : CivilInterval.Year) - 1;
    }

    /// <summary>The coarsest period that lies inside one bucket of the interval.</summary>
    public static CivilPeriod Coarsest(CivilInterval interval) => interval switch
    {
        CivilInterval.Day or CivilInterval.Week => CivilPeriod.Day,
        CivilInterval.Month or CivilInterval.Quarter => CivilPeriod.Month,
        _ => CivilPeriod.Year,
    };

    /// <summary>Months of a bucket; 0 where buckets have not the same number of them.</summary>
    private static int Months(CivilInterval interval) => interval switch
    {
        CivilInterval.Month => 1,
        CivilInterval.Quarter => 3,
        CivilInterval.Year => 12,
        _ => 0,
    };

    /// <summary>The number of a date's month: 0 is January of year 1.</summary>
    private static int MonthOf(DateOnly date) => ((date.Year - 1) * 12) + date.Month - 1;

    private static int FirstOfMonth(int month) => month >= 9999 * 12 ? End : new DateOnly((month / 12) + 1, (month % 12) + 1, 1).DayNumber;
}
