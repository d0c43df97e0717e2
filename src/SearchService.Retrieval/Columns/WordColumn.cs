using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Columns;

/// <summary>Values that come in many combinations, as people do: each document has its own, side by side in a word.</summary>
/// <param name="values">The values of each document.</param>
internal sealed class WordColumn(RankedValues ranked, DocBits withValue, WordLists values)
    : ValueColumn(ranked, withValue)
{
    private protected override long CodeBytes => values.Bytes;

    public static WordColumn Make(TurnedPostings turned)
    {
        WordLists values = new(turned.Ranked.Count, turned.Length);
        for (int doc = 0; doc < turned.Length; doc++)
        {
            values.Set(doc, turned.Of(doc));
        }

        values.Complete();
        return new WordColumn(turned.Ranked, turned.WithValue(), values);
    }

    // measured with 73,049 and 1,000,000 documents, of which the latter are more than a processor's own cache holds
    internal override double StepsPerDocument => values.Bytes < ProcessorCache ? 1.4 : 4;

    // see RankBands
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override ReadOnlySpan<int> Places(int document, Span<int> room) => values.Places(document, room);

    private protected override CountTable? CountEach(ReadOnlySpan<int> documents, CountTable counts)
    {
        values.Count(documents, counts);
        return null;
    }

    internal override int CountAny(ReadOnlySpan<int> documents, CountTable? counted, ReadOnlySpan<bool> wanted) => values.CountAny(documents, wanted);

    private protected override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        for (int doc = 0; doc < values.Length; doc++)
        {
            if (values.IsAny(doc, wanted))
            {
                into.Add(doc);
            }
        }
    }
}
