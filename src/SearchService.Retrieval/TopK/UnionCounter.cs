using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Counts the documents that have any of a few terms without a bit for every document: the most frequent term's, and of each further one those that none before
/// it has.
/// </summary>
internal static unsafe class UnionCounter
{
    // more lookups than one for so many documents, and bits are cheaper
    private const int DocsPerLookup = 128;

    /// <summary>The number of documents with any of the terms in a segment that counts as a whole; null where bits are cheaper.</summary>
    public static int? Count(in SegmentScope scope, ReadOnlySpan<QueryNode> terms)
    {
        TermNode[] sorted = new TermNode[terms.Length];
        int count = 0;
        foreach (QueryNode node in terms)
        {
            TermNode term = (TermNode)node;
            if (term.IsIn(scope.Segment))
            {
                int at = count++;
                for (; at > 0 && sorted[at - 1].DocFreq(scope.Segment) < term.DocFreq(scope.Segment); at--)
                {
                    sorted[at] = sorted[at - 1];
                }

                sorted[at] = term;
            }
        }

        long lookups = 0;
        for (int i = 1; i < count; i++)
        {
            lookups += (long)i * sorted[i].DocFreq(scope.Segment);
        }

        if (lookups > scope.Segment.MaxDoc / DocsPerLookup)
        {
            return null;
        }

        int mark = scope.Context.MarkLists();
        int total = 0;
        for (int i = 0; i < count; i++)
        {
            total += i == 0 ? sorted[0].DocFreq(scope.Segment) : Beyond(scope, sorted.AsSpan(0, i), sorted[i]);
            scope.Context.ReturnLists(mark);
        }

        return total;
    }

    /// <summary>How many documents have a term, but none of some others.</summary>
    private static int Beyond(in SegmentScope scope, ReadOnlySpan<TermNode> others, TermNode term)
    {
        PostingsCursor cursor = term.List(scope.Segment, scope.Context, scoring: false).Cursor;
        TermList[] lists = new TermList[others.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = others[i].List(scope.Segment, scope.Context, scoring: false);
        }

        int total = 0;
        for (int block = 0; block < cursor.Blocks && !scope.Context.Stop(); block++)
        {
            cursor.Block = block;
            cursor.DecodeDocs();
            int count = cursor.Count;
            new ReadOnlySpan<int>(cursor.Docs, count).CopyTo(new Span<int>(scope.Context.Docs, count));
            foreach (TermList other in lists)
            {
                count = CandidateProbe.Without(scope, other, count);
            }

            total += count;
        }

        return total;
    }
}
