using System.Numerics;

namespace SearchService.Retrieval.Columns;

/// <summary>Any number of values a document: where a document's slots start, and the slots (ordinal plus 1), ascending within a document.</summary>
internal sealed class MultiValueColumn<TSlot>(ValueDictionary values, int[] documents, DocBits withValue, int[] starts, TSlot[] slots)
    : ValueColumn(values, documents, withValue)
    where TSlot : unmanaged, IBinaryInteger<TSlot>
{
    private protected override unsafe long SlotBytes => ((long)slots.Length * sizeof(TSlot)) + ((long)starts.Length * sizeof(int));

    private protected override void CountEach(DocBits documents, Span<int> counts)
    {
        ReadOnlySpan<ulong> words = documents.Words;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                foreach (TSlot slot in SlotsOf((i << 6) + BitOperations.TrailingZeroCount(word)))
                {
                    counts[int.CreateTruncating(slot)]++;
                }
            }
        }
    }

    public override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        for (int doc = 0; doc < Length; doc++)
        {
            foreach (TSlot slot in SlotsOf(doc))
            {
                if (wanted[int.CreateTruncating(slot)])
                {
                    into.Add(doc);
                    break;
                }
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
                int seen = 0;
                foreach (TSlot slot in SlotsOf((i << 6) + BitOperations.TrailingZeroCount(word)))
                {
                    seen |= classes[int.CreateTruncating(slot)];
                }

                count += seen == Unlisted ? 1 : 0;
            }
        }

        return count;
    }

    private ReadOnlySpan<TSlot> SlotsOf(int doc) => slots.AsSpan(starts[doc], starts[doc + 1] - starts[doc]);
}
