using System.Globalization;
using Lucene.Net.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Queries;

/// <summary>
/// The least that serves a search over HTTP with stock parts: a minimal API over the baseline's index that answers total, ten headlines
/// with their dates, and three facets as JSON. No limits, no snippets.
/// </summary>
internal static class StockServer
{
    private sealed record Answer(int Total, IReadOnlyList<AnswerHit> Hits, StockFacets Facets);

    private sealed record AnswerHit(string Headline, string? Date, IReadOnlyList<string> Countries, IReadOnlyList<string> People);

    /// <summary>A server on a free port of the loopback address, not started yet.</summary>
    public static WebApplication Build(StockSearch search)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        // A parser a request: it holds the state of its parse.
        app.MapGet("/search", (string q) =>
        {
            StockPage page = search.Search(ParseBenchmarks.Classic().Parse(q), filter: null, size: 10, facets: true);
            return TypedResults.Ok(new Answer(page.Total, [.. page.Hits.Select(Hit)], page.Facets!));
        });
        return app;
    }

    private static AnswerHit Hit(Document stored) => new(
        stored.Get(StockIndex.HeadlineField, CultureInfo.InvariantCulture),
        stored.Get(StockIndex.DateField, CultureInfo.InvariantCulture),
        stored.GetValues(StockIndex.CountryField, CultureInfo.InvariantCulture),
        stored.GetValues(StockIndex.PersonField, CultureInfo.InvariantCulture));
}
