using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// Searches measured as calls: the embedded index answers on the caller's thread, so what comes back is complete and neither a task
/// nor a state machine is part of the time.
/// </summary>
internal static class SynchronousSearch
{
    /// <exception cref="InvalidOperationException">The search has waited for something.</exception>
    public static SearchResults Search(this IArticleSnapshot snapshot, QueryPlan plan) => Complete(snapshot.SearchAsync(plan, CancellationToken.None));

    /// <exception cref="InvalidOperationException">The search has waited for something.</exception>
    public static SearchOutcome Search(this ArticleSearch search, SearchRequest request) => Complete(search.SearchAsync(request, CancellationToken.None));

    private static T Complete<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("the search waits, want an answer on the caller's thread");
}
