using System.Numerics;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents that are in all lists. The rarest list leads, block by block: a block is skipped where all lists together cannot beat the threshold within it, its
/// documents are sieved by what the other lists could add, and the rest is looked up in list after list.
/// </summary>
internal static unsafe class ConjunctionEvaluator
{
    private const int BlocksBetweenStops = 64;

    /// <param name="lists">Sorted from the rarest to the most frequent; lists of weight 0 only filter.</param>
    public static void Run(in SegmentScope scope, ReadOnlySpan<TermList> lists)
    {
        TermList lead = lists[0];
        PostingsCursor cursor = lead.Cursor;
        if (!cursor.Seek(scope.From))
        {
            return;
        }

        int untilStop = BlocksBetweenStops;
        for (int block = cursor.Block; block < cursor.Blocks; block++)
        {
            cursor.Block = block;
            int from = Math.Max(cursor.Before + 1, scope.From);
            int to = Math.Min(cursor.Last[block], scope.To - 1);
            if (from >= scope.To || (--untilStop == 0 && scope.Context.Stop()))
            {
                return;
            }

            untilStop = untilStop == 0 ? BlocksBetweenStops : untilStop;
            float others = 0;
            for (int i = 1; i < lists.Length; i++)
            {
                TermList list = lists[i];
                list.WindowMost = list.Bound(from, to);
                if (list.Cursor.Block == list.Cursor.Blocks)
                {
                    return;
                }

                others += list.WindowMost;
            }

            if (lead.Bound(block) + others > scope.Heap.Threshold)
            {
                Block(scope, lists, from, to, others);
            }
        }
    }

    private static void Block(in SegmentScope scope, ReadOnlySpan<TermList> lists, int from, int to, float others)
    {
        int count = Sieve(scope, lists[0], from, to, others);
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        float threshold = scope.Heap.Threshold;
        for (int l = 1; l < lists.Length && count > 0; l++)
        {
            TermList list = lists[l];
            PostingsCursor cursor = list.Cursor;
            float weight = list.Weight;
            others = 0;
            for (int rest = l + 1; rest < lists.Length; rest++)
            {
                others += lists[rest].WindowMost;
            }

            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                int doc = docs[i];
                float score = (float)scores[i];
                if (!cursor.Seek(doc))
                {
                    break;
                }

                if ((score + list.Bound(cursor.Block) + others) * TermList.Slack <= threshold)
                {
                    continue;
                }

                int index = cursor.IndexOf(doc);
                if (index < 0)
                {
                    continue;
                }

                if (weight != 0)
                {
                    score += list.Score(doc, cursor.Freq(index));
                }

                docs[kept] = doc;
                scores[kept] = score;
                kept++;
            }

            count = kept;
        }

        for (int i = 0; i < count; i++)
        {
            float score = (float)scores[i];
            if (score > scope.Heap.Threshold)
            {
                scope.Offer(docs[i], score);
            }
        }
    }

    /// <summary>Puts those documents of the lead's block among the candidates that count and could still win.</summary>
    private static int Sieve(in SegmentScope scope, TermList lead, int from, int to, float others)
    {
        PostingsCursor cursor = lead.Cursor;
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        float needed = (scope.Heap.Threshold / TermList.Slack) - others;
        int kept = 0;
        cursor.DecodeDocs();
        int count = cursor.Count;
        if (lead.Weight == 0)
        {
            for (int i = 0; i < count; i++)
            {
                int doc = cursor.Docs[i];
                if (doc >= from && doc <= to && scope.Accepts(doc))
                {
                    docs[kept] = doc;
                    scores[kept] = 0;
                    kept++;
                }
            }

            return kept;
        }

        cursor.DecodeFreqs();
        int* freqs = cursor.Freqs;
        int leastFreq = lead.LeastFreq(cursor.Block, needed);
        Vector256<int> least = Vector256.Create(leastFreq - 1);
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

                int doc = cursor.Docs[index];
                float score = lead.Score(doc, freqs[index]);
                if (score > needed && doc >= from && doc <= to && scope.Accepts(doc))
                {
                    docs[kept] = doc;
                    scores[kept] = score;
                    kept++;
                }
            }
        }

        return kept;
    }
}
