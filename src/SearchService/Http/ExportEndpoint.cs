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
            error = new RequestError("bad-value", $"{Format} must be {NdjsonExport.Name} or {CsvExport.Name}, got '{(format.Length <= 40 ? format : format[..40] + "…")}'", Format);
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

        CancellationToken cancellationToken = context.RequestAborted;
        await using IAsyncEnumerator<SearchOutcome> pages = search.ExportAsync(read.Request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        SearchOutcome first = await pages.MoveNextAsync() ? pages.Current : throw new InvalidOperationException("an export has at least one page");
        if (first is not SearchOutcome.Found { Answer.Results: { } results })
        {
            return SearchProblems.Of(first, index);
        }

        if (results.TimedOut)
        {
            return new ProblemResult(Problem.TimedOut, "the query took too long, ask for less", retryAfter: Retry.Soon);
        }

        IExportFormat writer = format == CsvExport.Name ? new CsvExport() : new NdjsonExport();
        Announce(context.Response, writer, format, results.Commit);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await StreamAsync(pages, writer, context.Response.Body, cancellationToken);
        }

        return Results.Empty;
    }

    private static void Announce(HttpResponse response, IExportFormat writer, string format, CommitId commit)
    {
        response.ContentType = writer.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"export-{commit}.{format}" }.ToString();
    }

    private static async Task StreamAsync(IAsyncEnumerator<SearchOutcome> pages, IExportFormat writer, Stream output, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new(64 * 1024);
        writer.Begin(buffer);
        do
        {
            if (pages.Current is not SearchOutcome.Found { Answer.Results: { TimedOut: false } results })
            {
                throw new ExportIncompleteException();
            }

            foreach (Hit hit in results.Hits)
            {
                writer.Add(hit.Article, buffer);
            }

            await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }
        while (await pages.MoveNextAsync());
    }
}

/// <summary>A page of an export ran out of time; what was sent is not the whole.</summary>
internal sealed class ExportIncompleteException() : Exception("a page of an export ran out of time");
