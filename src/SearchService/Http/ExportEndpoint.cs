using System.Buffers;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>
/// <c>/v1/export</c>: every hit of a query, streamed from one commit in pages. An export that cannot be finished breaks the connection, so
/// that a part never looks like the whole.
/// </summary>
internal static class ExportEndpoint
{
    private const string Format = "format";
    private const int PageSize = 1000;

    private static readonly string[] Takes = [.. SearchParameters.Matching, SearchParameters.Sort, SearchParameters.Ids];

    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/export", Methods.GetAndHead, ExportAsync)
            .WithName("export")
            .WithTags("archive")
            .WithSummary("Every hit of a query, as a stream")
            .WithParameters(new ApiParameter(Format, JsonSchemaType.String, "ndjson: a hit without score and snippets a line; csv: RFC 4180 with a header.")
            {
                Values = [NdjsonExport.Name, CsvExport.Name],
                Default = NdjsonExport.Name,
                Example = CsvExport.Name,
            })
            .WithParameters(ParameterDescriptions.Of(Takes))
            .Produces<string>(StatusCodes.Status200OK, NdjsonExport.MediaType, CsvExport.MediaType)
            .WithProblems(SearchProblems.Described)
            .DisableRequestTimeout();

    private static async Task<IResult> ExportAsync(HttpContext context, ArticleSearch search, IArticleIndex index)
    {
        IReadOnlyList<KeyValuePair<string, string>> pairs = RequestParameters.Of(context.Request);
        string format = pairs.Single(Format, out RequestError? error) ?? NdjsonExport.Name;
        if (error is null && format is not (NdjsonExport.Name or CsvExport.Name))
        {
            error = new RequestError("bad-value", $"{Format} must be {NdjsonExport.Name} or {CsvExport.Name}", Format);
        }

        if (error is not null)
        {
            return ProblemResult.Refused(error);
        }

        RequestReadResult read = SearchRequestReader.Read(pairs, Takes, [Format]);
        if (!read.Success)
        {
            return ProblemResult.Refused(read.Error);
        }

        SearchOutcome outcome = await search.SearchAsync(read.Request with { Size = PageSize, Snippets = 0 }, context.RequestAborted);
        if (outcome is not SearchOutcome.Found { Answer: { } first })
        {
            return SearchProblems.Of(outcome, index);
        }

        // The rest comes from the commit that the first page came from, whatever is published meanwhile.
        using IArticleSnapshot? snapshot = index.Acquire(first.Results.Commit);
        if (snapshot is null)
        {
            return SearchProblems.Of(new SearchOutcome.CommitGone(first.Results.Commit), index);
        }

        IExportFormat writer = format == CsvExport.Name ? new CsvExport() : new NdjsonExport();
        Announce(context.Response, writer, format, snapshot.Commit);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await StreamAsync(context, writer, snapshot, first);
        }

        return Results.Empty;
    }

    private static void Announce(HttpResponse response, IExportFormat writer, string format, CommitId commit)
    {
        response.ContentType = writer.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"export-{commit}.{format}" }.ToString();
    }

    private static async Task StreamAsync(HttpContext context, IExportFormat writer, IArticleSnapshot snapshot, SearchAnswer first)
    {
        ArrayBufferWriter<byte> page = new(64 * 1024);
        writer.Begin(page);
        SearchResults results = first.Results;
        while (true)
        {
            if (results.TimedOut)
            {
                throw new ExportIncompleteException();
            }

            foreach (Hit hit in results.Hits)
            {
                writer.Add(hit.Article, page);
            }

            await context.Response.Body.WriteAsync(page.WrittenMemory, context.RequestAborted);
            page.ResetWrittenCount();
            if (results.Next is not { } next)
            {
                return;
            }

            results = await snapshot.SearchAsync(first.Plan with { After = next, Facets = [] }, context.RequestAborted);
        }
    }
}

/// <summary>A page of an export ran out of time; what was sent is not the whole.</summary>
internal sealed class ExportIncompleteException() : Exception("a page of an export ran out of time");
