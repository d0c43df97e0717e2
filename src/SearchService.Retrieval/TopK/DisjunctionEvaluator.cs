using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The best documents that are in any list: block-max MaxScore in windows of documents (Turtle and Flood 1995; Ding and Suel 2011). In each window
/// the lists that together
/// cannot beat the threshold are only looked up for documents that the others bring.
/// </summary>
internal static unsafe class DisjunctionEvaluator
{
    private const int LeastWindow = 4096;

    // blocks of the densest leading list that a window should span
    private const int BlocksPerWindow = 16;

    /// <param name="lists">At least one; reordered.</param>
    public static void Run(in SegmentScope scope, Span<TermList> lists, Span<float> sums)
    {
        foreach (TermList list in lists)
        {
            scope.Prime(list);
            list.MeasureOneBlock();
            list.WindowMost = list.Most;
        }

        FirstEssential(lists, sums, scope.Heap.Threshold);
        if (ShortListEvaluator.Run(scope, lists, sums))
        {
            return;
        }

        if (lists.Length == 2 && ChampionEvaluator.Run(scope, lists[1], lists[0], required: false))
        {
            return;
        }

        int from = scope.From;
        while (from < scope.To && !scope.Context.Stop())
        {
            int to = Math.Min(scope.To, from + WindowFor(scope, lists, sums)) - 1;
            from = Window(scope, lists, sums, from, to);
        }
    }

    /// <summary>How many documents the next window should span: some blocks of each list that must lead.</summary>
    private static int WindowFor(in SegmentScope scope, Span<TermList> lists, Span<float> sums)
    {
        foreach (TermList list in lists)
        {
            list.WindowMost = list.Most;
        }

        int first = FirstEssential(lists, sums, scope.Heap.Threshold);
        int densest = 1;
        for (int i = first; i < lists.Length; i++)
        {
            densest = Math.Max(densest, lists[i].Cursor.DocFreq);
        }

        long span = (long)BlocksPerWindow * BlockUnpack.BlockSize * scope.Segment.MaxDoc / densest;
        return (int)Math.Clamp(span, LeastWindow, SearchContext.MaxWindow);
    }

    /// <summary>Sorts the lists by what they can score in the window and finds the first that must lead; <c>sums[i]</c> becomes what the first i can
    /// score together.</summary>
    private static int FirstEssential(Span<TermList> lists, Span<float> sums, float threshold)
    {
        for (int i = 1; i < lists.Length; i++)
        {
            TermList list = lists[i];
            int at = i;
            for (; at > 0 && lists[at - 1].WindowMost > list.WindowMost; at--)
            {
                lists[at] = lists[at - 1];
            }

            lists[at] = list;
        }

        sums[0] = 0;
        int first = 0;
        for (int i = 0; i < lists.Length; i++)
        {
            sums[i + 1] = sums[i] + lists[i].WindowMost;
            if (sums[i + 1] * TermList.Slack <= threshold)
            {
                first = i + 1;
            }
        }

        return first;
    }

    /// <summary>Evaluates the documents from <paramref name="from"/> to <paramref name="to"/> and tells where to go on.</summary>
    private static int Window(in SegmentScope scope, Span<TermList> lists, Span<float> sums, int from, int to)
    {
        int next = int.MaxValue;
        bool any = false;
        foreach (TermList list in lists)
        {
            list.WindowMost = list.Bound(from, to);
            PostingsCursor cursor = list.Cursor;
            if (cursor.Block < cursor.Blocks)
            {
                bool inside = cursor.Before < to;
                any |= inside;
                next = inside ? next : Math.Min(next, cursor.Before + 1);
            }
        }

        if (!any)
        {
            // forward in any case, whatever a damaged block says of its last document
            return Math.Max(next, to + 1);
        }

        int first = FirstEssential(lists, sums, scope.Heap.Threshold);
        if (first == lists.Length)
        {
            return to + 1;
        }

        if (first == lists.Length - 1)
        {
            OneLeads(scope, lists, sums, from, to);
        }
        else
        {
            new WindowUnion(scope, lists, sums, first, from, to).Run();
        }

        return to + 1;
    }

    /// <summary>One list brings the documents: its blocks are tested against what the others can score beside each of them.</summary>
    private static void OneLeads(in SegmentScope scope, Span<TermList> lists, Span<float> sums, int from, int to)
    {
        TermList lead = lists[^1];
        Span<TermList> rest = lists[..^1];
        float inWindow = sums[rest.Length];
        PostingsCursor cursor = lead.Cursor;
        for (; cursor.Block < cursor.Blocks; cursor.Block++)
        {
            int start = Math.Max(from, cursor.Before + 1);
            if (start > to)
            {
                return;
            }

            int last = cursor.Last[cursor.Block];
            int end = Math.Min(to, last);
            float own = lead.Bound(cursor.Block);
            if ((own + inWindow) * TermList.Slack > scope.Heap.Threshold)
            {
                for (int i = 0; i < rest.Length; i++)
                {
                    rest[i].WindowMost = rest[i].Bound(start, end);
                    sums[i + 1] = sums[i] + rest[i].WindowMost;
                }

                if ((own + sums[rest.Length]) * TermList.Slack > scope.Heap.Threshold)
                {
                    int count = CandidateSieve.Fill(scope, lead, start, end, (scope.Heap.Threshold / TermList.Slack) - sums[rest.Length]);
                    Probe(scope, rest, sums, count);
                }
            }

            if (last > to)
            {
                return;
            }
        }
    }

    /// <summary>Looks the candidates up in the lists that do not lead, from the one that can score most down, and offers what remains.</summary>
    private static void Probe(in SegmentScope scope, Span<TermList> rest, Span<float> sums, int count)
    {
        float threshold = scope.Heap.Threshold / TermList.Slack;
        for (int l = rest.Length - 1; l >= 0 && count > 0; l--)
        {
            if (rest[l].WindowMost > 0)
            {
                count = CandidateProbe.Any(scope, rest[l], count, threshold - sums[l]);
            }
        }

        scope.OfferCandidates(count);
    }
}
