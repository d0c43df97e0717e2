using System.Numerics;

namespace SearchService.Retrieval.Columns;

/// <summary>At most one value a document: one slot each, 0 for none, else the ordinal plus 1.</summary>
internal sealed class SingleValueColumn<TSlot>(ValueDictionary values, int[] documents, DocBits withValue, TSlot[] slots)
    : ValueColumn(values, documents, withValue)
    where TSlot : unmanaged, IBinaryInteger<TSlot>
{
    private protected override unsafe long SlotBytes => (long)slots.Length * sizeof(TSlot);

    private protected override void CountEach(DocBits documents, Span<int> counts)
    {
        ReadOnlySpan<ulong> words = documents.Words;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                counts[int.CreateTruncating(slots[(i << 6) + BitOperations.TrailingZeroCount(word)])]++;
            }
        }
    }

    public override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        for (int doc = 0; doc < slots.Length; doc++)
        {
            if (wanted[int.CreateTruncating(slots[doc])])
            {
                into.Add(doc);
            }
        }
    }

    public override int CountRest(DocBits documents, ReadOnlySpan<byte> classes)
    {
        int count = 0;
        ReadOnlySpan<ulong> words = documents.Words;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                count += classes[int.CreateTruncating(slots[(i << 6) + BitOperations.TrailingZeroCount(word)])] & Unlisted;
            }
        }

        return count;
    }
}
