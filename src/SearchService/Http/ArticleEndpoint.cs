using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary><c>/v1/articles/{id}</c>: a whole article with its evidence.</summary>
internal static class ArticleEndpoint
{
    /// <summary>The address of an article, from the server's root.</summary>
    public static string PathOf(string id) => "/v1/articles/" + id;

    public static void MapArticle(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/articles/{id}", Methods.GetAndHead, GetAsync)
            .WithName("article")
            .WithTags("archive")
            .WithSummary("A whole article with the evidence of what was found in it")
            .WithPathParameter("id", "The article's id: 24 hexadecimal digits.", "0123456789abcdef01234567")
            .Produces<ArticleResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(Problem.ArticleNotFound, Problem.NothingPublished, Problem.TooManyRequests, Problem.Overloaded, Problem.TimedOut);

    private static async Task<IResult> GetAsync(HttpContext context, string id, ArticleSearch search, IArticleIndex index, TimeProvider clock)
    {
        if (!ArticleId.TryParse(id, out ArticleId articleId))
        {
            return new ProblemResult(Problem.ArticleNotFound, $"got '{Shown(id)}', want an id of {ArticleId.Length} hexadecimal digits");
        }

        switch (await search.GetAsync(articleId, context.RequestAborted))
        {
            case ArticleOutcome.Found found:
                string tag = Revalidation.Tag(found.Commit, PathOf(articleId.Value), clock.GetLocalNow());
                if (Revalidation.Holds(context.Request, tag))
                {
                    return Revalidation.NotModified(context.Response, tag);
                }

                Revalidation.Mark(context.Response, tag);
                return new JsonAnswer<ArticleResponse>(ArticleMapping.View(found.Article), ContractsJson.Readable.ArticleResponse);
            case ArticleOutcome.NotFound absent:
                return new ProblemResult(Problem.ArticleNotFound, $"no article has the id {articleId} in generation {absent.Commit}");
            default:
                return new ProblemResult(Problem.NothingPublished, Problem.NothingPublishedDetail(index.State), retryAfter: Retry.AfterPublish);
        }
    }

    private static string Shown(string id) => id.Length <= 40 ? id : id[..40] + "…";
}
