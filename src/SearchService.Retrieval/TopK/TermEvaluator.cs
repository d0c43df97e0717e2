using System.Numerics;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents of one term: a scan over the block maxima finds the few blocks that can hold one, a comparison of their frequencies the few documents.
/// </summary>
internal static unsafe class TermEvaluator
{
    private const int BlocksBetweenStops = 256;

    public static void Run(in SegmentScope scope, TermList list)
    {
        scope.Prime(list);
        PostingsCursor cursor = list.Cursor;
        if (!cursor.Seek(scope.From))
        {
            return;
        }

        int block = cursor.Block;
        int untilStop = BlocksBetweenStops;
        while ((block = Next(list, block, scope.Heap.Threshold)) < cursor.Blocks)
        {
            cursor.Block = block;
            if (cursor.Before >= scope.To - 1 || (--untilStop == 0 && scope.Context.Stop()))
            {
                return;
            }

            untilStop = untilStop == 0 ? BlocksBetweenStops : untilStop;
            Block(scope, list);
            block++;
        }
    }

    /// <summary>The first block from <paramref name="block"/> on with a document that can score above the threshold.</summary>
    public static int Next(TermList list, int block, float threshold)
    {
        int blocks = list.Cursor.Blocks;
        ushort* impacts = list.Impacts;
        if (impacts == null)
        {
            return list.Most > threshold ? block : blocks;
        }

        float steps = threshold / list.Unit;
        if (!(steps > 0))
        {
            return block;
        }

        // rounding down keeps a block whose bound is just at the threshold
        if (steps > ushort.MaxValue)
        {
            return blocks;
        }

        ushort least = (ushort)steps;
        Vector512<ushort> least32 = Vector512.Create(least);
        for (; block + 32 <= blocks; block += 32)
        {
            ulong found = Vector512.GreaterThanOrEqual(Vector512.Load(impacts + block), least32).ExtractMostSignificantBits();
            if (found != 0)
            {
                return block + BitOperations.TrailingZeroCount(found);
            }
        }

        while (block < blocks && impacts[block] < least)
        {
            block++;
        }

        return block;
    }

    private static void Block(in SegmentScope scope, TermList list)
    {
        PostingsCursor cursor = list.Cursor;
        cursor.DecodeFreqs();
        int count = cursor.Count;
        int leastFreq = list.LeastFreq(cursor.Block, scope.Heap.Threshold);
        Vector256<int> least = Vector256.Create(leastFreq - 1);
        int* freqs = cursor.Freqs;
        for (int i = 0; i < count; i += 8)
        {
            uint found = Vector256.GreaterThan(Vector256.Load(freqs + i), least).ExtractMostSignificantBits();
            while (found != 0)
            {
                int index = i + BitOperations.TrailingZeroCount(found);
                found &= found - 1;
                if (index >= count)
                {
                    break;
                }

                cursor.DecodeDocs();
                int doc = cursor.Docs[index];
                float score = list.Score(doc, freqs[index]);
                if (score > scope.Heap.Threshold && doc >= scope.From && doc < scope.To && scope.Accepts(doc))
                {
                    scope.Offer(doc, score);
                }
            }
        }
    }
}
