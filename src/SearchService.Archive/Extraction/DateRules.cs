using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>A date with the evidence for it.</summary>
internal readonly record struct DateFinding(ArticleDate Date, FindingIn In, TextSpan Span, string Rule);

/// <summary>
/// Which date is the article's: declared, else the stamp, else the address's, else the dateline's day with the year that the
/// rest of the input gives, else the file's name. A declared date that is coarser than a day gives way to a finer one inside it.
/// </summary>
internal static class DateRules
{
    /// <summary>A dateline's day lies within so many days of the publication.</summary>
    private const int DatelineDays = 15;

    public static DateFinding? Choose(DateFinding? declared, DateFinding? stamp, string? url, Dateline? dateline, FindingIn datelineIn, string path)
    {
        DateFinding? byUrl = PathDates.FromUrl(url) is { } u ? new DateFinding(u, FindingIn.Declared, default, "url-path") : null;
        DateFinding? byName = PathDates.FromPath(path) is { } f ? new DateFinding(f, FindingIn.Declared, default, "file-name") : null;
        DateFinding? byDateline = FromDateline(dateline, datelineIn, (declared ?? stamp ?? byUrl ?? byName)?.Date);
        DateFinding? chosen = null;
        foreach (DateFinding? candidate in (DateFinding?[])[declared, stamp, byUrl, byDateline, byName])
        {
            if (candidate is { } c && (chosen is not { } best || IsFiner(c.Date, best.Date)))
            {
                chosen = c;
            }
        }

        return chosen;
    }

    /// <summary>The dateline's day as written in findings: a full date where the year is known, else --11-21 (ISO 8601:2000).</summary>
    public static string DayValue(Dateline dateline, ArticleDate? published) =>
        FromDateline(dateline, FindingIn.Body, published) is { } day ? day.Date.Value : $"--{dateline.Month:00}-{dateline.Day:00}";

    private static bool IsFiner(ArticleDate date, ArticleDate than) =>
        than.Precision < DatePrecision.Day && date.Precision > than.Precision && date.First >= than.First && date.Last <= than.Last;

    /// <summary>The dateline's day in its printed year, else in the year that brings it nearest to the reference.</summary>
    private static DateFinding? FromDateline(Dateline? dateline, FindingIn @in, ArticleDate? reference)
    {
        if (dateline is not { Month: > 0, DaySpan: { } span })
        {
            return null;
        }

        if (dateline.Year > 0)
        {
            return Day(dateline.Year) is { } printed ? Finding(printed, "dateline-with-year") : null;
        }

        if (reference is not { } known)
        {
            return null;
        }

        int slack = known.Precision == DatePrecision.Year ? 0 : DatelineDays;
        DateOnly? best = null;
        int least = int.MaxValue;
        for (int year = known.First.Year - 1; year <= known.Last.Year + 1; year++)
        {
            if (Day(year) is not { } day)
            {
                continue;
            }

            int distance = day < known.First ? known.First.DayNumber - day.DayNumber : day > known.Last ? day.DayNumber - known.Last.DayNumber : 0;
            if (distance <= slack && distance < least)
            {
                (best, least) = (day, distance);
            }
        }

        return best is { } found ? Finding(found, "dateline-nearest-year") : null;

        DateOnly? Day(int year) => year is >= 1600 and <= 2199 && dateline.Day <= DateTime.DaysInMonth(year, dateline.Month)
            ? new DateOnly(year, dateline.Month, dateline.Day)
            : null;

        DateFinding Finding(DateOnly day, string rule) =>
            new(new ArticleDate(day.ToDateTime(TimeOnly.MinValue), DatePrecision.Day, null, DateProvenance.Dateline), @in, span, rule);
    }
}
