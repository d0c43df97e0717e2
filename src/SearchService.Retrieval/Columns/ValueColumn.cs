using Lucene.Net.Index;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The exact values of one field in one segment, turned round from its postings: document → values. Deleted documents keep theirs, so a column is loaded
/// once and shared by every reader of the segment. Immutable, thread-safe.
/// </summary>
public abstract class ValueColumn
{
    /// <summary>The place of rank 0's counter. Place 0 stands for no value.</summary>
    internal const int First = 1;

    /// <summary>Bytes that are found again at once, about.</summary>
    private protected const int ProcessorCache = 1 << 20;

    private protected ValueColumn(RankedValues ranked, DocBits withValue)
    {
        Ranked = ranked;
        WithValue = withValue;
        Bands = new RankBands(this);
    }

    /// <summary>The segment's own dictionary.</summary>
    public ValueDictionary Values => Ranked.Values;

    /// <summary>Documents that have a value.</summary>
    public DocBits WithValue { get; }

    /// <summary>Documents of the segment, deleted ones included.</summary>
    public int Length => WithValue.Length;

    /// <summary>Bytes held, the dictionary included.</summary>
    public long Bytes => Ranked.Bytes + WithValue.Bytes + CodeBytes + Bands.Bytes;

    internal RankedValues Ranked { get; }

    /// <summary>The most frequent values by bands.</summary>
    internal RankBands Bands { get; }

    private protected abstract long CodeBytes { get; }

    /// <summary>Turns a field's postings round. A segment without the field gives a column without values.</summary>
    /// <exception cref="ArgumentException">The segment was not written by <see cref="Postings.RetrievalCodec"/>.</exception>
    public static ValueColumn Load(AtomicReader reader, string field) => ValueColumnLoader.Load(reader, field);

    /// <summary>Number of documents that have the value, deleted ones included.</summary>
    public int Documents(int ordinal) => Ranked.DocumentsOf(ordinal);

    /// <summary>Adds the documents that have one of the values.</summary>
    /// <param name="ordinals">The values.</param>
    public void Collect(ReadOnlySpan<int> ordinals, DocBits into)
    {
        bool[] wanted = new bool[Ranked.Count + First];
        foreach (int ordinal in ordinals)
        {
            wanted[Ranked.Rank(ordinal) + First] = true;
        }

        Collect(wanted, into);
        GC.KeepAlive(this);
    }

    /// <summary>Counts the values of documents.</summary>
    /// <param name="documents">The documents, ascending; <see cref="DocNumbers.Room"/> more numbers can be read behind them.</param>
    /// <param name="counts">Takes the count of rank r at <see cref="First"/> + r; all zero before.</param>
    /// <returns>What was counted on the way and <see cref="CountAny"/> can use; to be returned to the pool.</returns>
    internal CountTable? Count(ReadOnlySpan<int> documents, CountTable counts)
    {
        if (documents.Length < Length)
        {
            CountTable? counted = CountEach(documents, counts);
            GC.KeepAlive(this);
            return counted;
        }

        for (int rank = 0; rank < Ranked.Count; rank++)
        {
            counts.Add(rank + First, Ranked.Documents(rank));
        }

        return null;
    }

    /// <summary>What it costs to look up a document, in steps of a <see cref="RankBand"/>.</summary>
    internal abstract double StepsPerDocument { get; }

    /// <summary>The places of a document's counters, ascending.</summary>
    /// <param name="room">Room for <see cref="ValueWords.Most"/>.</param>
    internal abstract ReadOnlySpan<int> Places(int document, Span<int> room);

    /// <summary>Number of the documents that have at least one wanted value.</summary>
    /// <param name="counted">What <see cref="Count"/> answered for the same documents.</param>
    /// <param name="wanted">By the places of the counters.</param>
    internal abstract int CountAny(ReadOnlySpan<int> documents, CountTable? counted, ReadOnlySpan<bool> wanted);

    private protected abstract CountTable? CountEach(ReadOnlySpan<int> documents, CountTable counts);

    private protected abstract void Collect(ReadOnlySpan<bool> wanted, DocBits into);
}
