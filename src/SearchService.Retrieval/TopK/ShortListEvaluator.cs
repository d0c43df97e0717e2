using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents of a disjunction whose lists that can score most are short: these lead one after the other, each with the documents that none before it
/// has, until what is left cannot win. A window over all documents would cost more than all of that.
/// </summary>
internal static unsafe class ShortListEvaluator
{
    private const int MostBlocks = 16;

    // blocks times further lists that may be looked at in vain, before a long list has to lead after all
    private const int MostInVain = 32;

    // with more hits wanted, long lists have to lead soon
    private const int MostWanted = 100;

    /// <summary>Offers the best documents, or some, where a long list has to lead: then all come again.</summary>
    /// <param name="lists">Sorted by the most that they can score, the highest last; <see cref="TermList.WindowMost"/> is that.</param>
    /// <param name="sums">What the first lists can score together.</param>
    /// <returns>Whether the segment is done.</returns>
    public static bool Run(in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<float> sums)
    {
        HitHeap heap = scope.Heap;
        int lead = lists.Length - 1;
        if (heap.Wanted > MostWanted || lists[lead].Cursor.Blocks > MostBlocks)
        {
            return false;
        }

        heap.InAnyOrder = true;

        int budget = AreShort(lists) ? int.MaxValue : MostInVain;
        for (; lead >= 0 && sums[lead + 1] * TermList.Slack > heap.Threshold; lead--)
        {
            budget -= lists[lead].Cursor.Blocks * (lists.Length - 1);
            if (lists[lead].Cursor.Blocks > MostBlocks || budget < 0)
            {
                Rewind(lists);
                return false;
            }

            Rewind(lists);
            Lead(scope, lists, sums, lead);
        }

        return true;
    }

    private static bool AreShort(ReadOnlySpan<TermList> lists)
    {
        foreach (TermList list in lists)
        {
            if (list.Cursor.Blocks > MostBlocks)
            {
                return false;
            }
        }

        return true;
    }

    private static void Rewind(ReadOnlySpan<TermList> lists)
    {
        foreach (TermList list in lists)
        {
            list.Cursor.Rewind();
        }
    }

    private static void Lead(in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<float> sums, int lead)
    {
        TermList list = lists[lead];
        PostingsCursor cursor = list.Cursor;
        for (int block = 0; block < cursor.Blocks && !scope.Context.Stop(); block++)
        {
            float threshold = scope.Heap.Threshold / TermList.Slack;
            if (list.Bound(block) + sums[lead] <= threshold)
            {
                continue;
            }

            cursor.Block = block;
            int count = CandidateSieve.Fill(scope, list, scope.From, scope.To - 1, threshold - sums[lead]);
            for (int l = lead + 1; l < lists.Length && count > 0; l++)
            {
                count = CandidateProbe.Without(scope, lists[l], count);
            }

            for (int l = lead - 1; l >= 0 && count > 0; l--)
            {
                count = CandidateProbe.Any(scope, lists[l], count, threshold - sums[l]);
            }

            scope.OfferCandidates(count);
        }
    }
}
