using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>
/// A range of civil days as users write it: <c>2018</c>, <c>2018-11</c>, <c>2018-11-21</c>, <c>1960/1969</c> with both ends inclusive,
/// <c>/2018</c> and <c>2018/</c> open at one end, <c>today</c>, <c>P7D</c> for the last seven days with today (also W, M, Y), and
/// <c>_missing</c> for articles without a date. What depends on today is resolved when it is asked.
/// </summary>
public sealed class DateExpression
{
    private const string Today = "today";

    private const string Wanted = "want 2018, 2018-11, 2018-11-21, a range such as 2018/2019, today, P7D or _missing";

    private readonly Func<DateOnly, DayRange>? _range;

    private DateExpression(string text, Func<DateOnly, DayRange>? range)
    {
        Text = text;
        _range = range;
    }

    /// <summary>The canonical form: <c>today</c> in lower case, <c>P7D</c> in upper case, without blanks.</summary>
    public string Text { get; }

    /// <summary>Whether this asks for articles without a date.</summary>
    public bool IsMissing => _range is null;

    /// <summary>The days meant, seen from <paramref name="today"/>. Not for <see cref="IsMissing"/>.</summary>
    public DayRange On(DateOnly today) => _range?.Invoke(today) ?? throw new InvalidOperationException("a missing date has no range");

    public override string ToString() => Text;

    /// <summary>Reads an expression; false with one sentence why.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DateExpression? date, [NotNullWhen(false)] out string? reason)
    {
        text = text.Trim();
        date = null;
        reason = null;
        if (text == ArticleSchema.Missing)
        {
            date = new DateExpression(text, null);
            return true;
        }

        if (TryPeriod(text) is { } period)
        {
            date = period;
            return true;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            Bound? day = Bound.Parse(text);
            date = day is null ? null : new DateExpression(day.Text, today => new DayRange(day.First(today), day.Last(today)));
            reason = date is null ? NotADate(text) : null;
            return date is not null;
        }

        return TryRange(text[..slash], text[(slash + 1)..], out date, out reason);
    }

    /// <summary>Reads the first or last day of a range: a year, month, day or today. False with one sentence why.</summary>
    public static bool TryParseEnds(string? from, string? to, [NotNullWhen(true)] out DateExpression? date, [NotNullWhen(false)] out string? reason) =>
        TryRange(from ?? "", to ?? "", out date, out reason);

    private static bool TryRange(string from, string to, [NotNullWhen(true)] out DateExpression? date, [NotNullWhen(false)] out string? reason)
    {
        date = null;
        Bound? first = Bound.Parse(from.Trim());
        Bound? last = Bound.Parse(to.Trim());
        reason = (first, last) switch
        {
            (null, _) when !string.IsNullOrWhiteSpace(from) => NotADate(from),
            (_, null) when !string.IsNullOrWhiteSpace(to) => NotADate(to),
            (null, null) => "a range of dates needs a first or a last day",
            ({ IsToday: false }, { IsToday: false }) when first.First(default) > last.Last(default) => $"the range {first.Text}/{last.Text} ends before it begins",
            _ => null,
        };
        if (reason is not null)
        {
            return false;
        }

        date = new DateExpression($"{first?.Text}/{last?.Text}", today => new DayRange(first?.First(today), last?.Last(today)));
        return true;
    }

    /// <summary>A period that ends today, as an ISO 8601 duration of one unit: P7D, P2W, P3M, P1Y.</summary>
    private static DateExpression? TryPeriod(string text)
    {
        if (text.Length is < 3 or > 6 || text[0] is not ('P' or 'p')
            || !int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
        {
            return null;
        }

        char unit = char.ToUpperInvariant(text[^1]);
        Func<DateOnly, DateOnly>? back = unit switch
        {
            'D' => today => DaysBefore(today, count - 1),
            'W' => today => DaysBefore(today, (count * 7) - 1),
            'M' => today => MonthsBefore(today, count),
            'Y' => today => MonthsBefore(today, count * 12),
            _ => null,
        };
        return back is null
            ? null
            : new DateExpression(string.Create(CultureInfo.InvariantCulture, $"P{count}{unit}"), today => new DayRange(back(today), today));
    }

    private static DateOnly DaysBefore(DateOnly day, int days) => day.DayNumber < days ? DateOnly.MinValue : day.AddDays(-days);

    /// <summary>The day after the same day so many months ago: P1M asked on 15 March begins on 16 February.</summary>
    private static DateOnly MonthsBefore(DateOnly day, int months) =>
        ((day.Year - 1) * 12) + day.Month - 1 < months ? DateOnly.MinValue : day.AddMonths(-months).AddDays(1);

    private static string NotADate(string text) => $"'{QueryText.Shown(text)}' is not a date, {Wanted}";

    /// <summary>One end of a range: the days it covers by itself. Both are null for today, which is known later.</summary>
    private sealed record Bound(string Text, DateOnly? FirstDay, DateOnly? LastDay)
    {
        public bool IsToday => FirstDay is null;

        public DateOnly First(DateOnly today) => FirstDay ?? today;

        public DateOnly Last(DateOnly today) => LastDay ?? today;

        public static Bound? Parse(string text)
        {
            if (text.Equals(Today, StringComparison.OrdinalIgnoreCase))
            {
                return new Bound(Today, null, null);
            }

            return text.Length <= "2018-11-21".Length && ArticleDate.TryParse(text, default, out ArticleDate date)
                ? new Bound(date.Value, date.First, date.Last)
                : null;
        }
    }
}
