using System.Diagnostics;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>A document of a reader with its score.</summary>
internal readonly record struct ScoredDocument(float Score, int Document)
{
    /// <summary>Whether it comes before the other: higher score, among equal ones the lower number.</summary>
    public bool IsBefore(ScoredDocument other) => Score > other.Score || (Score == other.Score && Document < other.Document);
}

/// <summary>The best so many documents that come after a given one; offered in any order.</summary>
internal sealed class TopScores(int size, ScoredDocument? after)
{
    // A binary heap with the last of the best on top.
    private readonly ScoredDocument[] _heap = new ScoredDocument[size];
    private int _count;

    /// <summary>Takes a document in if it is among the best.</summary>
    public void Offer(float score, int document)
    {
        ScoredDocument offered = new(score, document);
        if (_count == _heap.Length)
        {
            if (_count == 0 || !offered.IsBefore(_heap[0]) || !IsAfter(offered))
            {
                return;
            }

            SinkFromTop(offered);
        }
        else if (IsAfter(offered))
        {
            Rise(offered);
        }
    }

    /// <summary>The best, best first. The collection is empty afterwards.</summary>
    public ScoredDocument[] Take()
    {
        ScoredDocument[] best = _heap[.._count];
        Array.Sort(best, static (x, y) => x == y ? 0 : x.IsBefore(y) ? -1 : 1);
        _count = 0;
        return best;
    }

    private bool IsAfter(ScoredDocument document) => after is not { } last || last.IsBefore(document);

    private void Rise(ScoredDocument added)
    {
        int at = _count++;
        while (at > 0 && _heap[(at - 1) / 2].IsBefore(added))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = added;
    }

    private void SinkFromTop(ScoredDocument added)
    {
        Debug.Assert(_count > 0);
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _heap[child].IsBefore(_heap[child + 1]))
            {
                child++;
            }

            if (!added.IsBefore(_heap[child]))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = added;
    }
}
