using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>What has been read of a date: the parts up to the precision in <see cref="Has"/>.</summary>
internal struct DateParts
{
    /// <summary>Years outside are not publication dates of news.</summary>
    private const int FirstYear = 1600;
    private const int LastYear = 2199;

    public int Year;
    public int Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;
    public bool HasSecond;
    public TimeSpan? Offset;
    public string? Zone;
    public DatePrecision Has;

    public readonly bool DayExists =>
        Year is >= FirstYear and <= LastYear && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month);

    public readonly bool TryDate(DateProvenance provenance, out ArticleDate date)
    {
        date = default;
        int month = Has >= DatePrecision.Month ? Month : 1;
        int day = Has >= DatePrecision.Day ? Day : 1;
        if (Year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(Year, month))
        {
            return false;
        }

        TimeSpan? offset = Offset;
        if (offset is null && Zone is not null)
        {
            TimeZoneNames.TryFind(Zone, new DateOnly(Year, month, day), out offset);
        }

        date = new ArticleDate(new DateTime(Year, month, day, Hour, Minute, Second), Has, offset, provenance);
        return true;
    }
}
