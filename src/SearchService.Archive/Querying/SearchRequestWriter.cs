using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>
/// Writes a request as the parameters that <see cref="SearchRequestReader"/> reads back into the same request: canonical names in a fixed
/// order, defaults left out. Pages link their states with it, and a cursor's hash is of it.
/// </summary>
public static class SearchRequestWriter
{
    /// <summary>Names and values, not yet encoded.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ToParameters(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        SearchRequest defaults = new();
        List<KeyValuePair<string, string>> parameters = [];
        Add(SearchParameters.Text, request.Text, "");
        Add(SearchParameters.Match, Lower(request.Match), Lower(defaults.Match));
        foreach (ValueFilter filter in request.Filters.OrderBy(f => Order(f.Field)))
        {
            foreach (string value in filter.AnyOf)
            {
                Add(filter.Field.Name, Escaped(value));
            }

            foreach (string value in filter.NoneOf)
            {
                Add(filter.Field.Name, "-" + Escaped(value));
            }
        }

        foreach (string date in request.Dates)
        {
            Add(SearchParameters.Date, date);
        }

        Add(SearchParameters.From, request.From ?? "", "");
        Add(SearchParameters.To, request.To ?? "", "");
        Add(SearchParameters.Sort, request.Sort is { } sort ? Lower(sort) : "", "");
        Add(SearchParameters.Ids, string.Join(',', request.Ids ?? []), "");
        Add(SearchParameters.Size, Number(request.Size), Number(request.Ids?.Count ?? defaults.Size));
        foreach (ArticleField facet in request.Facets)
        {
            Add(SearchParameters.Facet, facet.Name);
        }

        Add(SearchParameters.FacetSize, Number(request.FacetSize), Number(defaults.FacetSize));
        Add(SearchParameters.FacetMode, request.StrictFacets ? "strict" : "", "");
        Add(SearchParameters.DateInterval, Lower(request.DateInterval), Lower(defaults.DateInterval));
        Add(SearchParameters.Snippets, Number(request.Snippets), Number(defaults.Snippets));
        Add(SearchParameters.SnippetLength, Number(request.SnippetLength), Number(defaults.SnippetLength));
        Add(SearchParameters.Explain, request.Explain ? "true" : "", "");
        Add(SearchParameters.Cursor, request.Cursor ?? "", "");
        return parameters;

        void Add(string name, string value, string? absent = null)
        {
            if (value != absent)
            {
                parameters.Add(KeyValuePair.Create(name, value));
            }
        }
    }

    /// <summary>Keeps a value that begins with the sign of exclusion, or with the escape itself, apart from an excluded one.</summary>
    private static string Escaped(string value) => value.StartsWith('-') || value.StartsWith('\\') ? "\\" + value : value;

    private static int Order(ArticleField field) => ArticleSchema.Fields.Index().First(f => f.Item == field).Index;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
