using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Contracts;

/// <summary>From the engine's answer to the contract of <c>/v1/search</c>.</summary>
internal static class SearchMapping
{
    public static SearchResponse Response(SearchAnswer answer)
    {
        SearchResults results = answer.Results;
        return new SearchResponse
        {
            Query = new QueryEcho(answer.Request.Text, answer.Understood, EnumNames.Of(answer.Match), answer.Warnings),
            Generation = results.Commit.ToString(),
            Total = results.Total,
            Exact = results.Exact,
            TimedOut = results.TimedOut,
            Took = new TookResponse(
                Milliseconds(results.Timings.Total),
                Milliseconds(results.Timings.Match),
                Milliseconds(results.Timings.Facets),
                Milliseconds(results.Timings.Snippets)),
            Hits = [.. results.Hits.Select(hit => HitOf(hit, answer.Request))],
            Facets = results.Facets.Count == 0 ? null : FacetsOf(results.Facets),
            Plan = answer.Request.Explain ? answer.Plan.ToString() : null,
            Next = answer.NextCursor,
        };
    }

    public static FacetResponse FacetOf(FacetResult facet) => facet switch
    {
        ValueFacet values => new ValueFacetResponse
        {
            Values = [.. values.Values.Select(v => new FacetValueResponse(v.Value, LabelOf(facet.Field, v.Value), v.Count, v.Selected))],
            Total = values.Total,
            Missing = values.Missing,
            Other = values.Other,
        },
        DateFacet date => new DateFacetResponse
        {
            Interval = EnumNames.Of(date.Interval),
            Buckets = [.. date.Buckets.Select(b => new DateBucketResponse(
                Day(b.From), Day(b.To), BucketValue(date.Interval, b), b.Count, b.Archive, b.Selected))],
            Imprecise = date.Imprecise,
            Missing = date.Missing,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
    };

    /// <summary>A hit with the article's fields alone.</summary>
    public static HitResponse Fields(Article article) => new()
    {
        Id = article.Id.Value,
        Headline = article.Headline,
        Url = article.Url,
        Source = article.Source,
        Language = article.Language,
        Date = ArticleMapping.Date(article.Date),
        Location = ArticleMapping.Location(article.Location),
        Countries = ArticleMapping.Countries(article.Countries),
        People = ArticleMapping.People(article.People),
        Byline = article.Byline,
        Section = article.Section,
        Subjects = article.Subjects,
    };

    private static HitResponse HitOf(Hit hit, SearchRequest request) => Fields(hit.Article) with
    {
        Score = hit.Score is { } score ? Math.Round((double)score, 4) : null,
        Snippets = request.Snippets == 0
            ? null
            : [.. hit.Snippets.Select(s => new SnippetResponse(s.Field, SnippetHtml.Of(s), s.Text, [.. s.Marks.Select(m => (int[])[m.Start, m.End])]))],
        Explanation = hit.Explanation,
    };

    private static OrderedDictionary<string, FacetResponse> FacetsOf(IReadOnlyList<FacetResult> facets)
    {
        OrderedDictionary<string, FacetResponse> byName = new(facets.Count);
        foreach (FacetResult facet in facets)
        {
            byName.Add(facet.Field.Name, FacetOf(facet));
        }

        return byName;
    }

    private static string? LabelOf(ArticleField field, string value) => field.HasCodes ? CountryNames.NameOf(value) : null;

    /// <summary>What to send as <c>date=</c> for exactly this period: 2018-11-21, 2018-11, 2018, or first/last day.</summary>
    private static string BucketValue(DateInterval interval, DateBucket bucket) => interval switch
    {
        DateInterval.Day => Day(bucket.From),
        DateInterval.Month => bucket.From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        DateInterval.Year => bucket.From.ToString("yyyy", CultureInfo.InvariantCulture),
        DateInterval.Decade => $"{bucket.From.ToString("yyyy", CultureInfo.InvariantCulture)}/{bucket.To.AddDays(-1).ToString("yyyy", CultureInfo.InvariantCulture)}",
        _ => $"{Day(bucket.From)}/{Day(bucket.To.AddDays(-1))}",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}
