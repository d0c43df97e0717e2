using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary><c>/v1/search</c>: hits, facets and snippets of one query.</summary>
internal static class SearchEndpoint
{
    public const string Path = "/v1/search";

    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/search", Methods.GetAndHead, SearchAsync)
            .WithName("search")
            .WithTags("archive")
            .WithSummary("Search the archive")
            .WithDescription("Hits of a query with exact facet counts and snippets. The Link header names the next page.")
            .WithParameters(ParameterDescriptions.All)
            .Produces<SearchResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(SearchProblems.Described);

    private static async Task<IResult> SearchAsync(HttpContext context, ArticleSearch search, IArticleIndex index, TimeProvider clock)
    {
        RequestReadResult read = SearchRequestReader.Read(RequestParameters.Of(context.Request));
        return read.Success ? await AnswerAsync(context, read.Request, search, index, clock) : ProblemResult.Refused(read.Error);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, SearchRequest request, ArticleSearch search, IArticleIndex index, TimeProvider clock)
    {
        string canonical = Path + CanonicalQuery.Of(request);
        if (request.Cursor is null && index.State.Commit is { } served)
        {
            // A client that holds the answer of the served commit is told so without a search.
            string held = Revalidation.Tag(served, canonical, clock.GetLocalNow());
            if (Revalidation.Holds(context.Request, held))
            {
                return Revalidation.NotModified(context.Response, held);
            }
        }

        SearchOutcome outcome = await search.SearchAsync(request, context.RequestAborted);
        if (outcome is not SearchOutcome.Found { Answer: { } answer })
        {
            return SearchProblems.Of(outcome, index);
        }

        string tag = Revalidation.Tag(answer.Results.Commit, canonical, clock.GetLocalNow());
        if (!answer.Results.TimedOut)
        {
            if (Revalidation.Holds(context.Request, tag))
            {
                return Revalidation.NotModified(context.Response, tag);
            }

            Revalidation.Mark(context.Response, tag);
        }

        if (answer.NextCursor is { } next)
        {
            context.Response.Headers.Link = $"<{Path}{CanonicalQuery.Of(request with { Cursor = next })}>; rel=\"next\"";
        }

        return new JsonAnswer<SearchResponse>(SearchMapping.Response(answer), ContractsJson.Readable.SearchResponse);
    }
}
