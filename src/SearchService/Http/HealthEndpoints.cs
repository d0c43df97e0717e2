using SearchService.Archive.Index;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: there is something to serve, 200 also where it is an older state
/// (degraded, with the reason); 503 with nothing to serve or while stopping. Never limited.
/// </summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/health").WithTags("operation");
        group.MapMethods("/live", Methods.GetAndHead, (HttpResponse response) => Fresh(response, new HealthResponse("live")))
            .WithName("live")
            .WithSummary("Whether the process answers")
            .Produces<HealthResponse>();
        group.MapMethods("/ready", Methods.GetAndHead, Ready)
            .WithName("ready")
            .WithSummary("Whether there is something to serve")
            .Produces<HealthResponse>()
            .WithProblems(Problem.NothingPublished, Problem.Stopping);
    }

    private static IResult Ready(HttpResponse response, IArticleIndex index, ShutdownDrain drain)
    {
        if (drain.Stopping)
        {
            return new ProblemResult(Problem.Stopping);
        }

        IndexState state = index.State;
        return state.Commit is { } commit
            ? Fresh(response, new HealthResponse(state.Degraded is null ? "ready" : "degraded", state.Degraded, commit.ToString()))
            : new ProblemResult(Problem.NothingPublished, Problem.NothingPublishedDetail(state), retryAfter: Retry.AfterPublish);
    }

    private static JsonAnswer<HealthResponse> Fresh(HttpResponse response, HealthResponse health)
    {
        response.Headers.CacheControl = "no-store";
        return new JsonAnswer<HealthResponse>(health, ContractsJson.Readable.HealthResponse);
    }
}
