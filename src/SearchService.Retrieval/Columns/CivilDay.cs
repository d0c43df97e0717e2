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
        int months = interval switch
        {
            CivilInterval.Month => 1,
            CivilInterval.Quarter => 3,
            CivilInterval.Year => 12,
            CivilInterval.Decade => 12 * (10 - (date.Year % 10)),
            _ => 0,
        };
        return interval switch
        {
            CivilInterval.Day => start + 1,
            CivilInterval.Week => Math.Min(start + 7, End),
            _ => ((date.Year - 1) * 12) + date.Month + months > 9999 * 12 ? End : date.AddMonths(months).DayNumber,
        };
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
}
