using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SearchService.Archive.Articles;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>
/// The parameters of a search, described once for the OpenAPI document and the command line's help. What they mean is decided by the
/// reader in Querying; a test holds the two against each other.
/// </summary>
internal static class ParameterDescriptions
{
    /// <summary>The names a facet can have, in the order they are listed to users.</summary>
    public static readonly IReadOnlyList<string> FacetNames = [ArticleSchema.Date.Name, .. ArticleSchema.ValueFields.Select(f => f.Name)];

    private static readonly ApiParameter Query = new("q", JsonSchemaType.String, "The query, in the query language; empty means everything.")
    {
        MaxLength = SearchRequest.MaxTextChars,
        Default = "",
        Example = "merger AND country:AZ",
    };

    private static readonly ApiParameter Match = new(
        "match",
        JsonSchemaType.String,
        "How plain words combine: all of them, any of them, or auto: all, and any where fewer than ten articles of the whole archive have them all.")
    {
        Values = ["auto", "all", "any"],
        Default = "auto",
        Example = "all",
    };

    private static readonly ApiParameter[] Dates =
    [
        new("date", JsonSchemaType.String, "A civil date or period: a year, a month, a day, first/last with either end open, today, P7D for the last seven days, _missing; a leading - excludes. Repeat for or.")
        {
            Repeats = true,
            Example = new JsonArray("2018-11"),
        },
        new("from", JsonSchemaType.String, "First day, month or year, inclusive.") { Example = "2018-11-01" },
        new("to", JsonSchemaType.String, "Last day, month or year, inclusive.") { Example = "2018-11-30" },
    ];

    private static readonly ApiParameter[] Paging =
    [
        new("sort", JsonSchemaType.String, "Order of the hits; relevance where there is a query, else newest. Undated articles come last.")
        {
            Values = ["relevance", "newest", "oldest"],
            Example = "newest",
        },
        new("size", JsonSchemaType.Integer, "Hits a page.") { Minimum = 0, Maximum = SearchRequest.MaxSize, Default = 20, Example = 10 },
        new("cursor", JsonSchemaType.String, "The next value of an earlier answer; bound to its commit and request."),
        new("ids", JsonSchemaType.String, "Only the articles of these ids.") { Repeats = true, MaxItems = SearchRequest.MaxIds, Example = new JsonArray("0123456789abcdef01234567") },
    ];

    private static readonly ApiParameter[] Facets =
    [
        new("facet", JsonSchemaType.String, "A field to count the values of.") { Repeats = true, MaxItems = SearchRequest.MaxFacets, Values = FacetNames, Example = new JsonArray("country", "date") },
        new("facetSize", JsonSchemaType.Integer, "Values a facet.") { Minimum = 1, Maximum = SearchRequest.MaxFacetSize, Default = 20, Example = 5 },
        new("facetMode", JsonSchemaType.String, "multi leaves out the filters on the facet's own field, so that several values can be chosen; strict counts hits only.")
        {
            Values = ["multi", "strict"],
            Default = "multi",
            Example = "strict",
        },
        DateInterval,
    ];

    private static readonly ApiParameter[] Snippets =
    [
        new("snippets", JsonSchemaType.Integer, "Snippets a hit; 0 for none.") { Minimum = 0, Maximum = 10, Default = 3, Example = 1 },
        new("snippetLength", JsonSchemaType.Integer, "About how many characters a snippet has.") { Minimum = 40, Maximum = 1000, Default = 160, Example = 200 },
        new("explain", JsonSchemaType.Boolean, "Whether each hit explains its score and the answer names the plan that ran.") { Default = false, Example = true },
    ];

    /// <summary>All of them, in the order of <see cref="SearchParameters.All"/>.</summary>
    public static IReadOnlyList<ApiParameter> All { get; } =
        [Query, Match, .. ArticleSchema.ValueFields.Select(Filter), .. Dates, .. Paging, .. Facets, .. Snippets];

    /// <summary>Those of the given names.</summary>
    public static IReadOnlyList<ApiParameter> Of(IReadOnlyCollection<string> names) => [.. All.Where(p => names.Contains(p.Name))];

    private static ApiParameter DateInterval => new("dateInterval", JsonSchemaType.String, "Width of the date facet's buckets; auto is the finest with at most 100 of them.")
    {
        Values = ["auto", "day", "week", "month", "quarter", "year", "decade"],
        Default = "auto",
        Example = "month",
    };

    private static ApiParameter Filter(ArticleField field) => new(
        field.Name,
        JsonSchemaType.String,
        $"Only articles with this {FilterMeaning(field)}; a leading - excludes, {ArticleSchema.Missing} is a value. Repeat for or.")
    {
        Repeats = true,
        Example = new JsonArray(FilterExample(field)),
    };

    private static string FilterMeaning(ArticleField field) => field.Name switch
    {
        "location" => "place filed from",
        "locationCountry" => "country filed from, by code or name",
        "person" => "person",
        "country" => "country the story is about, by code or name",
        "mentioned" => "country mentioned, by code or name",
        "place" => "place mentioned",
        "source" => "agency or paper",
        _ => field.Name,
    };

    private static string FilterExample(ArticleField field) => field.Name switch
    {
        "location" => "Baku, AZ",
        "person" => "Nikolai Patrushev",
        "place" => "Moscow, RU",
        "source" => "Trend",
        "language" => "en",
        "byline" => "Jane Doe",
        "section" => "Business",
        "subject" => "grain",
        _ => "AZ",
    };
}
