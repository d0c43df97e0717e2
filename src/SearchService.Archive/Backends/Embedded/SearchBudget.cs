using Lucene.Net.Util;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>The time a search may take. Looked at every few thousand postings, so a search stops within a millisecond or so of its end.</summary>
internal sealed class SearchBudget(TimeProvider time, TimeSpan budget, CancellationToken cancellationToken)
{
    private const int CheckEvery = 4096;

    private readonly long _start = time.GetTimestamp();
    private int _left = CheckEvery;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Counts one posting.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    /// <exception cref="BudgetExhaustedException">The time is up.</exception>
    public void Step()
    {
        if (--_left < 0)
        {
            Check();
        }
    }

    /// <inheritdoc cref="Step"/>
    public void Check()
    {
        _left = CheckEvery;
        cancellationToken.ThrowIfCancellationRequested();
        if (budget != Timeout.InfiniteTimeSpan && Elapsed > budget)
        {
            throw new BudgetExhaustedException();
        }
    }
}

/// <summary>A search's time is up; what was found so far stands.</summary>
internal sealed class BudgetExhaustedException() : Exception("the search's time is up");

/// <summary>
/// The documents that a search may find. Lucene asks for each posting it reads, also for those that come to nothing, and
/// that is where the budget is watched.
/// </summary>
internal sealed class BudgetedBits(DocBits? accepted, int length, SearchBudget budget) : IBits
{
    public int Length => length;

    public bool Get(int index)
    {
        budget.Step();
        return accepted is null || accepted.Get(index);
    }
}
