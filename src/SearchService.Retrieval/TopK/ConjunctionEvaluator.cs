using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents that are in all lists. The rarest list leads, block by block: a block is skipped where all lists together cannot beat the
/// threshold within it, its documents are sieved by what the other lists could add, and the rest is looked up in list after list.
/// </summary>
internal static unsafe class ConjunctionEvaluator
{
    private const int BlocksBetweenStops = 64;

    /// <param name="lists">Sorted from the rarest to the most frequent; lists of weight 0 only filter.</param>
    public static void Run(in SegmentScope scope, ReadOnlySpan<TermList> lists)
    {
        TermList lead = lists[0];
        if (lists.Length == 1)
        {
            TermEvaluator.Run(scope, lead);
            return;
        }

        if (lists is [_, { Weight: > 0 } other] && lead.Weight > 0)
        {
            ChampionEvaluator.Run(scope, lead, other, required: true);
            if (lead.Most + other.Most <= scope.Heap.Threshold)
            {
                return;
            }
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
                if (scope.Heap.Threshold > others)
                {
                    Block(scope, lists, from, to, others);
                }
                else
                {
                    // the others alone could reach the threshold: no document of the leading list can be left out
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

    private static void Block(in SegmentScope scope, ReadOnlySpan<TermList> lists, int from, int to, float others)
    {
        int count = CandidateSieve.Fill(scope, lists[0], from, to, (scope.Heap.Threshold / TermList.Slack) - others);
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* indexes = stackalloc int[BlockUnpack.BlockSize];
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
                int start = kept;
                kept = cursor.Keep(docs, scores, indexes, ref i, count, kept);
                if (weight == 0)
                {
                    continue;
                }

                int members = kept;
                kept = start;
                float needed = (threshold / TermList.Slack) - others - list.Bound(cursor.Block);
                for (int m = start; m < members; m++)
                {
                    float score = (float)scores[m];
                    if (score > needed)
                    {
                        docs[kept] = docs[m];
                        scores[kept] = (float)(score + list.Score(docs[m], cursor.Freq(cursor.IsBitset ? cursor.IndexOf(docs[m]) : indexes[m])));
                        kept++;
                    }
                }
            }

            count = kept;
        }

        scope.OfferCandidates(count);
    }
}
