using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents of one term: a scan over the block maxima finds the few blocks that can hold one, a comparison of their frequencies the few documents.
/// </summary>
internal static unsafe class TermEvaluator
{
    private const int BlocksBetweenStops = 256;

    // so many of eight documents are scored faster together than one by one
    private const int WorthVector = 3;

    public static void Run(in SegmentScope scope, TermList list)
    {
        scope.Prime(list);
        PostingsCursor cursor = list.Cursor;
        if (cursor.Blocks == 1 && scope.IsWhole && !scope.Heap.Continues && scope.Heap.Wanted <= Vector512<float>.Count)
        {
            Short(scope, list);
            return;
        }

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

    /// <summary>
    /// A list of one block: all scores are there at once, and the best of every sixteenth document tell what the best hits reach at least, so that few have to
    /// be offered.
    /// </summary>
    [SkipLocalsInit]
    private static void Short(in SegmentScope scope, TermList list)
    {
        HitHeap heap = scope.Heap;
        if (list.Most <= heap.Threshold)
        {
            return;
        }

        PostingsCursor cursor = list.Cursor;
        cursor.DecodeDocs();
        cursor.DecodeFreqs();
        int count = cursor.Count;
        float* scores = stackalloc float[BlockUnpack.BlockSize + 16];
        Vector512<float> best = Vector512<float>.Zero;
        Vector256<int> counts = Vector256.Create(count);
        for (int i = 0; i < count; i += 16)
        {
            Vector256<int> lower = Vector256.LessThan(Vector256<int>.Indices + Vector256.Create(i), counts);
            Vector256<int> upper = Vector256.LessThan(Vector256<int>.Indices + Vector256.Create(i + 8), counts);
            Vector512<float> sixteen = Vector512.Create(
                list.Scores(Vector256.Load(cursor.Docs + i) & lower, Vector256.Load(cursor.Freqs + i) & lower),
                list.Scores(Vector256.Load(cursor.Docs + i + 8) & upper, Vector256.Load(cursor.Freqs + i + 8) & upper));
            sixteen.Store(scores + i);
            best = Vector512.Max(best, sixteen);
        }

        if (count > heap.Wanted)
        {
            heap.Prime(Reached(best, heap.Wanted));
        }

        for (int i = 0; i < count; i += 16)
        {
            ulong found = Vector512.GreaterThan(Vector512.Load(scores + i), Vector512.Create(heap.Threshold)).ExtractMostSignificantBits();
            for (found &= count - i < 16 ? (1UL << (count - i)) - 1 : ulong.MaxValue; found != 0; found &= found - 1)
            {
                int index = i + BitOperations.TrailingZeroCount(found);
                if (scores[index] > heap.Threshold)
                {
                    scope.Offer(cursor.Docs[index], scores[index]);
                }
            }
        }
    }

    /// <summary>The highest of sixteen scores that so many of them reach; 0 where none is.</summary>
    private static float Reached(Vector512<float> scores, int rank)
    {
        float reached = 0;
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            float score = scores.GetElement(i);
            int reaching = BitOperations.PopCount(Vector512.GreaterThanOrEqual(scores, Vector512.Create(score)).ExtractMostSignificantBits());
            reached = reaching >= rank ? Math.Max(reached, score) : reached;
        }

        return reached;
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
            Vector256<int> freq = Vector256.Load(freqs + i);
            Vector256<int> chosen = Vector256.GreaterThan(freq, least) & Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - i));
            if (chosen == Vector256<int>.Zero)
            {
                continue;
            }

            cursor.DecodeDocs();
            uint found = chosen.ExtractMostSignificantBits();
            if (BitOperations.PopCount(found) < WorthVector)
            {
                for (; found != 0; found &= found - 1)
                {
                    int index = i + BitOperations.TrailingZeroCount(found);
                    Offer(scope, cursor.Docs[index], list.Score(index));
                }

                continue;
            }

            // what is not chosen takes document 0, so that no length far away is looked at
            Vector256<int> docs = Vector256.Load(cursor.Docs + i) & chosen;
            Vector256<float> scores = list.Scores(docs, freq);
            found = (Vector256.GreaterThan(scores, Vector256.Create(scope.Heap.Threshold)).AsInt32() & chosen).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                int lane = BitOperations.TrailingZeroCount(found);
                Offer(scope, docs.GetElement(lane), scores.GetElement(lane));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(in SegmentScope scope, int doc, float score)
    {
        if (score > scope.Heap.Threshold && scope.Counts(doc))
        {
            scope.Offer(doc, score);
        }
    }
}
