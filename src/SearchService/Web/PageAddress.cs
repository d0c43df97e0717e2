using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Web;

/// <summary>
/// Addresses of the page's states. Every control of the page is a link to the state it leads to, so that each state can
/// be bookmarked, shared and reached without a script.
/// </summary>
internal static class PageAddress
{
    public static string Article(ArticleId id, string? query = null) =>
        string.IsNullOrEmpty(query) ? $"/articles/{id}" : $"/articles/{id}?q={Uri.EscapeDataString(query)}";

    /// <summary>The search page in the state of a request; facets and snippet settings are the page's own and left out.</summary>
    public static string Search(SearchRequest request) => Of("/", request);

    /// <summary>Another resource that answers the same query: export, feed, the JSON of the API.</summary>
    public static string Of(string path, SearchRequest request, params ReadOnlySpan<(string Name, string Value)> more)
    {
        List<string> pairs = [.. Parameters(request).Select(p => $"{Escape(p.Key)}={Escape(p.Value)}")];
        foreach ((string name, string value) in more)
        {
            pairs.Add($"{Escape(name)}={Escape(value)}");
        }

        return pairs.Count == 0 ? path : $"{path}?{string.Join('&', pairs)}";
    }

    /// <summary>A state as name and value pairs, defaults left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameters(SearchRequest request) => SearchRequestWriter.ToParameters(
        request with { Facets = [], FacetSize = 20, StrictFacets = false, Snippets = 3, SnippetLength = 160, DateInterval = DateInterval.Auto });

    /// <summary>The state with a value switched: chosen where it was not, gone where it was chosen or excluded. Back on the first page.</summary>
    public static SearchRequest Toggle(SearchRequest request, ArticleField field, string value)
    {
        ValueFilter filter = FilterOf(request, field);
        bool present = filter.AnyOf.Contains(value, StringComparer.Ordinal) || filter.NoneOf.Contains(value, StringComparer.Ordinal);
        ValueFilter changed = present
            ? filter with { AnyOf = Without(filter.AnyOf, value), NoneOf = Without(filter.NoneOf, value) }
            : filter with { AnyOf = [.. filter.AnyOf, value] };
        return With(request, changed);
    }

    /// <summary>The state with a value excluded.</summary>
    public static SearchRequest Exclude(SearchRequest request, ArticleField field, string value)
    {
        ValueFilter filter = FilterOf(request, field);
        return With(request, filter with { AnyOf = Without(filter.AnyOf, value), NoneOf = [.. Without(filter.NoneOf, value), value] });
    }

    /// <summary>The state with one period as its only date filter; null takes the date filter away.</summary>
    public static SearchRequest Period(SearchRequest request, string? value) =>
        request with { Dates = value is null ? [] : [value], From = null, To = null, Cursor = null };

    /// <summary>The state without any filter.</summary>
    public static SearchRequest Unfiltered(SearchRequest request) => Period(request, null) with { Filters = [] };

    public static bool HasFilters(SearchRequest request) => request.Filters.Count > 0 || HasDateFilter(request);

    public static bool HasDateFilter(SearchRequest request) => request.Dates.Count > 0 || request.From is not null || request.To is not null;

    private static ValueFilter FilterOf(SearchRequest request, ArticleField field) =>
        request.Filters.FirstOrDefault(f => f.Field == field) ?? new ValueFilter(field, [], []);

    private static SearchRequest With(SearchRequest request, ValueFilter filter)
    {
        IEnumerable<ValueFilter> others = request.Filters.Where(f => f.Field != filter.Field);
        bool empty = filter.AnyOf.Count == 0 && filter.NoneOf.Count == 0;
        return request with { Filters = [.. empty ? others : others.Append(filter)], Cursor = null };
    }

    private static IReadOnlyList<string> Without(IReadOnlyList<string> values, string value) =>
        [.. values.Where(v => !string.Equals(v, value, StringComparison.Ordinal))];

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
