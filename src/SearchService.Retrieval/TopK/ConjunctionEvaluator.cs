using System.Runtime.CompilerServices;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents that are in all lists. The rarest list leads, block by block: a block is skipped where all lists together cannot beat the
/// threshold within it, its documents are sieved by what the other lists could add, and the rest is looked up in list after list.
/// </summary>
internal static unsafe class ConjunctionEvaluator
{
    private const int BlocksBetweenStops = 64;

    // a score needed of the leading list, as a share of the most it could give: below that the sieve keeps nearly all, and only costs the lengths it looks at
    private const float SieveShare = 0.3f;

    /// <param name="lists">Sorted from the rarest to the most frequent; lists of weight 0 only filter.</param>
    public static void Run(in SegmentScope scope, ReadOnlySpan<TermList> lists)
    {
        TermList lead = lists[0];
        if (lists.Length == 1)
        {
            TermEvaluator.Run(scope, lead);
            return;
        }

        if (lists is [{ Weight: > 0 }, { Weight: > 0 } other] && ChampionEvaluator.Run(scope, lead, other, required: true))
        {
            return;
        }

        PostingsCursor cursor = lead.Cursor;
        if (!cursor.Seek(scope.From))
        {
            return;
        }

        BlockMembers members = new(scope, lists);
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
                if (scope.Heap.Threshold - others > SieveShare * lead.Weight)
                {
                    Block(scope, lists, from, to, others);
                }
                else
                {
                    // hardly a document of the leading list could be left out
                    members.Block(null);
                }
            }
        }
    }

    /// <summary>
    /// Ranks and counts in one pass over the rarest list, without skipping: for a list so short that setting up a second pass would cost more than it saves.
    /// </summary>
    /// <param name="matches">Takes the bit of every match; null where only their number is wanted.</param>
    /// <returns>How many documents match.</returns>
    public static int RunAll(in SegmentScope scope, ReadOnlySpan<TermList> lists, ulong* matches)
    {
        PostingsCursor cursor = lists[0].Cursor;
        if (!cursor.Seek(scope.From))
        {
            return 0;
        }

        BlockMembers members = new(scope, lists);
        int matched = 0;
        int untilStop = BlocksBetweenStops;
        for (int block = cursor.Block; block < cursor.Blocks; block++)
        {
            cursor.Block = block;
            if (cursor.Before >= scope.To - 1 || (--untilStop == 0 && scope.Context.Stop()))
            {
                break;
            }

            untilStop = untilStop == 0 ? BlocksBetweenStops : untilStop;
            matched += members.Block(matches);
        }

        return matched;
    }

    [SkipLocalsInit]
    private static void Block(in SegmentScope scope, ReadOnlySpan<TermList> lists, int from, int to, float others)
    {
        int count = CandidateSieve.Fill(scope, lists[0], from, to, (scope.Heap.Threshold / TermList.Slack) - others);
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* places = stackalloc int[BlockUnpack.BlockSize + 16];
        int* freqs = stackalloc int[BlockUnpack.BlockSize + 16];
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
            for (int i = 0; i < count && cursor.Seek(docs[i]);)
            {
                int last = cursor.Last[cursor.Block];
                int start = i;
                i = last >= docs[count - 1] ? count : i;
                while (i < count && docs[i] <= last)
                {
                    i++;
                }

                int found = cursor.MembersOf(docs + start, i - start, places, weight == 0 ? null : freqs);
                float needed = weight == 0 ? float.NegativeInfinity : (threshold / TermList.Slack) - others - list.Bound(cursor.Block);
                for (int f = 0; f < found; f++)
                {
                    int place = start + places[f];
                    int doc = docs[place];
                    float score = (float)scores[place];
                    if (score > needed)
                    {
                        docs[kept] = doc;
                        scores[kept] = weight == 0 ? score : (float)(score + list.Score(doc, freqs[f]));
                        kept++;
                    }
                }
            }

            count = kept;
        }

        scope.OfferCandidates(count);
    }
}
