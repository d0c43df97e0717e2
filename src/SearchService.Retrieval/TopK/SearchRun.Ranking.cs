namespace SearchService.Retrieval.TopK;

/// <summary>Finding the best documents of a segment, without a look at what cannot be among them.</summary>
internal sealed unsafe partial class SearchRun
{
    // documents of a window that is tested against the threshold as a whole before any of it is walked
    private const int WalkWindow = 2048;

    private void Rank(in SegmentScope scope)
    {
        int mark = _context.MarkLists();
        switch (_shape.Kind)
        {
            case ShapeKind.All:
                RankAll(scope);
                break;
            case ShapeKind.And:
                if (_shape is { IsOpen: true, Scoring: TermNode single })
                {
                    TermEvaluator.Run(scope, single.List(scope.Segment, _context));
                }
                else
                {
                    ConjunctionEvaluator.Run(scope, RequiredLists(scope.Segment));
                }

                break;
            case ShapeKind.Or:
                RankAny(scope);
                break;
            case ShapeKind.Phrase:
                if (((PhraseNode)_shape.Scoring!).Matcher(scope.Segment, _context) is { } phrase)
                {
                    PhraseEvaluator.Run(scope, phrase);
                }

                break;
            default:
                Walk(scope, null);
                break;
        }

        _context.ReturnLists(mark);
    }

    private static void RankAll(in SegmentScope scope)
    {
        for (int doc = scope.From; doc < scope.To && scope.Heap.Threshold < 0; doc++)
        {
            if (scope.Accepts(doc))
            {
                scope.Offer(doc, 0);
            }
        }
    }

    private void RankAny(in SegmentScope scope)
    {
        List<TermList> lists = [];
        foreach (QueryNode node in _shape.Terms)
        {
            if (((TermNode)node).IsIn(scope.Segment))
            {
                lists.Add(((TermNode)node).List(scope.Segment, _context));
            }
        }

        if (lists.Count == 1)
        {
            TermEvaluator.Run(scope, lists[0]);
        }
        else if (lists.Count > WindowUnion.MostLists)
        {
            Walk(scope, null);
        }
        else if (lists.Count > 1)
        {
            DisjunctionEvaluator.Run(scope, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lists), new float[lists.Count + 1]);
        }
    }

    /// <summary>The lists that a document must be in, rarest first, in the query's order where equally rare.</summary>
    private Span<TermList> RequiredLists(SegmentView segment)
    {
        TermList[] sorted = new TermList[_shape.Terms.Length + _shape.Filters.Count];
        int count = 0;
        foreach (QueryNode node in _shape.Terms)
        {
            Insert(((TermNode)node).List(segment, _context));
        }

        foreach (QueryNode node in _shape.Filters)
        {
            if (node is TermNode { IsPlain: true } term)
            {
                Insert(term.List(segment, _context, scoring: false));
            }
        }

        return sorted.AsSpan(0, count);

        void Insert(TermList list)
        {
            int at = count++;
            for (; at > 0 && sorted[at - 1].Cursor.DocFreq > list.Cursor.DocFreq; at--)
            {
                sorted[at] = sorted[at - 1];
            }

            sorted[at] = list;
        }
    }

    private void Walk(in SegmentScope scope, ulong* matches)
    {
        if (_shape.Scoring!.Open(scope.Segment, _context) is not { } iterator)
        {
            return;
        }

        int from = scope.From;
        while (from < scope.To && !_context.Stop())
        {
            int to = Math.Min(scope.To, from + WalkWindow) - 1;
            if (matches == null && iterator.Doc < from && iterator.Bound(from, to) * TermList.Slack <= scope.Heap.Threshold)
            {
                from = to + 1;
                continue;
            }

            int doc = iterator.Doc < from ? iterator.Advance(from) : iterator.Doc;
            for (; doc <= to; doc = iterator.Advance(doc + 1))
            {
                if (!scope.Accepts(doc))
                {
                    continue;
                }

                float score = iterator.Score();
                if (_context.TimedOut)
                {
                    return;
                }

                if (matches != null)
                {
                    matches[doc >> 6] |= 1UL << (doc & 63);
                }

                if (score > scope.Heap.Threshold)
                {
                    scope.Offer(doc, score);
                }
            }

            from = Math.Max(to + 1, doc);
        }
    }
}
