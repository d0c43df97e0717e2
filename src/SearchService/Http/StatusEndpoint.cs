using SearchService.Archive.Index;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary><c>/v1/status</c>: what serves, since when, how big, and what is wrong. Names no path.</summary>
internal static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/status", Methods.GetAndHead, Status)
            .WithName("status")
            .WithTags("operation")
            .WithSummary("What serves and what is wrong")
            .Produces<StatusResponse>();

    private static JsonAnswer<StatusResponse> Status(HttpResponse response, IArticleIndex index)
    {
        IndexState state = index.State;
        GenerationManifest? manifest = state.Manifest;
        response.Headers.CacheControl = "no-store";
        return new JsonAnswer<StatusResponse>(
            new StatusResponse
            {
                Status = (state.Commit, state.Degraded) switch
                {
                    (null, _) => "empty",
                    (_, null) => "serving",
                    _ => "degraded",
                },
                Reason = state.Degraded ?? (state.Commit is null ? Problem.NothingPublishedDetail(state) : null),
                Generation = state.Commit?.ToString(),
                Articles = manifest?.Articles,
                Sample = manifest?.Sample,
                BuiltAt = manifest?.BuiltAt,
                OpenedAt = state.OpenedAt,
                Bytes = manifest?.Bytes,
                MemoryBytes = manifest is null ? null : state.MemoryBytes,
                Versions = manifest is null ? null : new IndexVersions(manifest.Schema, manifest.Analyzer, manifest.Extractor, manifest.Program),
                Program = Versions.Program,
                Runtime = Versions.Runtime,
                RuntimeWarning = Versions.RuntimeWarning,
            },
            ContractsJson.Readable.StatusResponse);
    }
}
