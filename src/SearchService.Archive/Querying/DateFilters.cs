using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>Makes the plan's date filter of a request's dates.</summary>
internal static class DateFilters
{
    /// <summary>
    /// The filter seen from <paramref name="today"/>; null where the request has no dates. Throws <see cref="ArgumentException"/> for a
    /// text that is no date: a reader has checked them all.
    /// </summary>
    public static DateFilter? From(SearchRequest request, DateOnly today)
    {
        if (request.Dates.Count == 0 && request.From is null && request.To is null)
        {
            return null;
        }

        DateExpression[] wanted = [.. request.Dates.Where(d => !d.StartsWith('-')).Select(Parse)];
        DateExpression[] unwanted = [.. request.Dates.Where(d => d.StartsWith('-')).Select(d => Parse(d[1..]))];
        List<DayRange> anyOf = [.. Ranges(wanted, today)];
        if (request.From is not null || request.To is not null)
        {
            anyOf.Add(DateExpression.TryParseEnds(request.From, request.To, out DateExpression? ends, out string? reason)
                ? ends.On(today)
                : throw new ArgumentException(reason, nameof(request)));
        }

        return new DateFilter
        {
            AnyOf = anyOf,
            AnyOfMissing = wanted.Any(d => d.IsMissing),
            NoneOf = [.. Ranges(unwanted, today)],
            NoneOfMissing = unwanted.Any(d => d.IsMissing),
        };
    }

    private static IEnumerable<DayRange> Ranges(IEnumerable<DateExpression> dates, DateOnly today) =>
        dates.Where(d => !d.IsMissing).Select(d => d.On(today));

    private static DateExpression Parse(string text) =>
        DateExpression.TryParse(text, out DateExpression? date, out string? reason) ? date : throw new ArgumentException(reason, nameof(text));
}
