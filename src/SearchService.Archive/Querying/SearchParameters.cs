using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

/// <summary>The names of a search's parameters, and the sets of them that an entry point takes.</summary>
public static class SearchParameters
{
    public const string Text = "q";
    public const string Match = "match";
    public const string Date = "date";
    public const string From = "from";
    public const string To = "to";
    public const string Sort = "sort";
    public const string Size = "size";
    public const string Cursor = "cursor";
    public const string Ids = "ids";
    public const string Facet = "facet";
    public const string FacetSize = "facetSize";
    public const string FacetMode = "facetMode";
    public const string DateInterval = "dateInterval";
    public const string Snippets = "snippets";
    public const string SnippetLength = "snippetLength";
    public const string Explain = "explain";

    /// <summary>What decides which articles match: the text, how its words combine, filters and dates.</summary>
    public static readonly IReadOnlyList<string> Matching = [Text, Match, .. ArticleSchema.ValueFields.Select(f => f.Name), Date, From, To];

    /// <summary>All parameters of a search.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. Matching, Sort, Size, Cursor, Ids, Facet, FacetSize, FacetMode, DateInterval, Snippets, SnippetLength, Explain,
    ];

    /// <summary>The parameter a name or a field's alias stands for, in any case; null for none.</summary>
    internal static string? Canonical(string name) =>
        ArticleSchema.Find(name) is { } field
            ? All.FirstOrDefault(p => p == field.Name)
            : All.FirstOrDefault(p => p.Equals(name, StringComparison.OrdinalIgnoreCase));
}
