using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Finds a phrase in documents of one block of its rarest list at a time. Opened for one phrase in one segment after the other; keeps its room. One thread.
/// </summary>
internal abstract unsafe class PhraseMatcher
{
    /// <summary>Room for the candidates of a block, and for what is written behind the last.</summary>
    protected const int Column = 2 * BlockUnpack.BlockSize;

    private readonly float[] _freqs = GC.AllocateUninitializedArray<float>(Column, pinned: true);
    private readonly int[] _indexes = GC.AllocateUninitializedArray<int>(Column, pinned: true);

    protected PhraseMatcher()
    {
        // pinned for good: the addresses stay
        fixed (float* freqs = _freqs)
        {
            Freqs = freqs;
        }

        fixed (int* indexes = _indexes)
        {
            Indexes = indexes;
        }
    }

    /// <summary>The phrase's terms from the rarest to the most frequent, each with the phrase's weight; at least two.</summary>
    public TermList[] Lists { get; private set; } = [];

    /// <summary>About how many documents there are, as stock Lucene takes it.</summary>
    public long Cost { get; private set; }

    /// <summary>The candidates, rising; after <see cref="Match"/> the documents with the phrase.</summary>
    public int* Docs { get; protected set; }

    /// <summary>Each candidate's index in the first list's current block, until <see cref="Match"/>.</summary>
    public int* Indexes { get; }

    /// <summary>How often each document has the phrase, after <see cref="Match"/>; 0 where it was not counted.</summary>
    public float* Freqs { get; }

    /// <summary>Keeps the candidates that have the phrase.</summary>
    /// <param name="count">How many candidates there are. The other lists' cursors are not behind the first of them.</param>
    /// <param name="threshold">How often a document has the phrase matters where it can score above this.</param>
    /// <param name="all">Whether to keep also candidates that cannot.</param>
    /// <returns>How many are left.</returns>
    public abstract int Match(int count, float threshold, bool all);

    /// <summary>What each term's frequency alone must score above in a document where the phrase is to score above <paramref name="score"/>.</summary>
    public virtual float Needed(float score) => score;

    /// <summary>Most that the phrase scores in a document where some term's frequency alone scores at most <paramref name="least"/>.</summary>
    public virtual float Most(float least) => least;

    protected void Begin(TermList[] lists, long cost)
    {
        Lists = lists;
        Cost = cost;
    }

    /// <summary>The first candidate behind a document.</summary>
    protected int Pass(int doc, int next, int count)
    {
        while (next < count && Docs[next] <= doc)
        {
            next++;
        }

        return next;
    }
}
