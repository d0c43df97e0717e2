namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The time a search may take. The engine looks at it every few thousand documents: most searches stop within a millisecond or so of its
/// end, loose phrases of frequent words, which look every 64 blocks of 128 documents, some milliseconds later. What was found until then is
/// still counted by facet and read.
/// </summary>
internal sealed class SearchBudget(TimeProvider time, TimeSpan budget, CancellationToken cancellationToken)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>What is left of the time; <see cref="Timeout.InfiniteTimeSpan"/> where it is not limited.</summary>
    public TimeSpan Left => budget == Timeout.InfiniteTimeSpan ? budget : TimeSpan.FromTicks(Math.Max(0, (budget - Elapsed).Ticks));

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Asked before each part of a search.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    /// <exception cref="BudgetExhaustedException">The time is up.</exception>
    public void Check()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (budget != Timeout.InfiniteTimeSpan && Elapsed > budget)
        {
            throw new BudgetExhaustedException();
        }
    }
}

/// <summary>A search's time is up; what was found so far stands.</summary>
internal sealed class BudgetExhaustedException() : Exception("the search's time is up");
