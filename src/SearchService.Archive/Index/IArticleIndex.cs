using SearchService.Archive.Articles;

namespace SearchService.Archive.Index;

/// <summary>
/// The published archive, read-only: all that the server knows. Follows what is published and answers from the newest
/// commit that it could open. Thread-safe.
/// </summary>
public interface IArticleIndex : IAsyncDisposable
{
    /// <summary>What serves now and what is wrong, if anything.</summary>
    IndexState State { get; }

    /// <summary>
    /// The newest commit, or the named one while it is still held (a superseded commit is held for five minutes).
    /// Null where nothing is published, or the named commit is gone. Dispose it when the answer is made.
    /// </summary>
    IArticleSnapshot? Acquire(CommitId? commit = null);
}

/// <summary>One commit, unchanging for as long as it is held. Thread-safe.</summary>
public interface IArticleSnapshot : IDisposable
{
    CommitId Commit { get; }

    /// <summary>Articles in the commit.</summary>
    long Articles { get; }

    /// <summary>Number of articles that match, exact; null where the time ran out before it was known.</summary>
    /// <param name="budget">Time after which the count is given up; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    ValueTask<long?> CountAsync(PlanNode query, TimeSpan budget, CancellationToken cancellationToken);

    ValueTask<SearchResults> SearchAsync(QueryPlan plan, CancellationToken cancellationToken);

    /// <summary>The article, or null where the commit has none of that id.</summary>
    ValueTask<Article?> GetAsync(ArticleId id, CancellationToken cancellationToken);
}

/// <summary>What serves and what is wrong.</summary>
/// <param name="Manifest">The served generation's manifest; null where nothing is served.</param>
/// <param name="Commit">The served commit; null where nothing is served.</param>
/// <param name="Degraded">Why an older state or nothing is served, one sentence that names the command to run; null when all is well.</param>
/// <param name="OpenedAt">When the commit was opened.</param>
/// <param name="MemoryBytes">Bytes held by columns and dictionaries of the served commit.</param>
public sealed record IndexState(GenerationManifest? Manifest, CommitId? Commit, string? Degraded, DateTimeOffset? OpenedAt, long MemoryBytes);
