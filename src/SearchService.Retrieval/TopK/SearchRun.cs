namespace SearchService.Retrieval.TopK;

/// <summary>One search over all segments.</summary>
internal sealed unsafe partial class SearchRun
{
    private readonly TopKSearcher _searcher;
    private readonly QueryShape _shape;
    private readonly TopKRequest _request;
    private readonly SearchContext _context;
    private readonly DocSet? _matches;
    private readonly bool _counts;

    // whether the set to write to still has what it had before
    private bool _stale;
    private long _total;

    // whether there are more than are worth counting
    private bool _capped;

    public SearchRun(TopKSearcher searcher, QueryShape shape, TopKRequest request, SearchContext context)
    {
        _searcher = searcher;
        _shape = shape;
        _request = request;
        _context = context;
        _counts = request.Total != TotalCount.None || request.Matches;
        _matches = request.Matches ? request.MatchesInto ?? new DocSet(searcher.MaxDoc) : null;
        _stale = request is { Matches: true, MatchesInto: not null };
        if (searcher.Segments.Length > 1)
        {
            Clear();
        }
    }

    /// <summary>Whether a single term is asked for, and nothing else.</summary>
    private bool IsAlone => _shape is { Filters.Count: 0 } && _shape.Terms.Length == 1;

    public void Execute()
    {
        foreach (SegmentView segment in _searcher.Segments)
        {
            // also before the first: preparing the query may have taken all the time, and not all of it be there
            if (_context.TimedOut)
            {
                break;
            }

            int from = Math.Max(0, _shape.From - segment.DocBase);
            int to = (int)Math.Min(segment.MaxDoc, (long)_shape.To - segment.DocBase);
            if (from < to)
            {
                int lists = _context.MarkLists();
                int bits = _context.MarkBits();
                Segment(segment, from, to);
                _context.ReturnLists(lists);
                _context.ReturnBits(bits);
            }
        }

        // a single segment that has matches has written over all of it
        Clear();
    }

    public TopKResult Result() => new()
    {
        Hits = _context.Heap.Take(),
        Total = !_counts ? -1 : _capped ? _request.TotalCap : _total,
        TotalIsExact = _counts && !_capped && !_context.TimedOut,
        TimedOut = _context.TimedOut,
        Matches = _matches,
    };

    private void Segment(SegmentView segment, int from, int to)
    {
        if (_shape.Kind is ShapeKind.And && MissesOne(segment))
        {
            return;
        }

        // in a conjunction terms that filter run along as lists
        bool filtersRunAlong = _shape.Kind == ShapeKind.And;
        ulong* accept = Accept(segment, filtersRunAlong);
        if (_context.TimedOut)
        {
            // not all that is excluded was found: hits would be among it
            return;
        }

        SegmentScope scope = new(segment, _context, accept, from, to);
        bool counting = _counts && !_capped;
        if (counting && _shape.Kind == ShapeKind.Phrase && _matches is null)
        {
            AddCount(RankAndCountPhrase(scope, null));
            return;
        }

        if (_shape.Kind is ShapeKind.Phrase or ShapeKind.Other && counting)
        {
            ulong* both = _context.RentBits(segment.MaxDoc);
            RankAndMatch(scope, both);
            Add(segment, both);
            return;
        }

        if (counting && _shape.Kind == ShapeKind.And && !IsAlone)
        {
            if (!RankAndCountShort(scope))
            {
                CountThenRank(scope);
            }

            return;
        }

        if (_request.Hits > 0)
        {
            Rank(scope);
        }

        if (counting && !_context.TimedOut)
        {
            CountMatches(scope);
        }
    }

    private bool MissesOne(SegmentView segment)
    {
        foreach (QueryNode node in _shape.Terms)
        {
            if (!((TermNode)node).IsIn(segment))
            {
                return true;
            }
        }

        for (int i = 0; i < _shape.Filters.Count; i++)
        {
            if (_shape.Filters[i] is TermNode { IsPlain: true } term && !term.IsIn(segment))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Bits of the segment's documents that pass; null where all do.</summary>
    private ulong* Accept(SegmentView segment, bool filtersRunAlong)
    {
        ulong* accept = segment.Live;
        if (_shape.IsOpen)
        {
            return accept;
        }

        ulong* own = null;
        foreach (QueryNode filter in _shape.Filters)
        {
            if (filtersRunAlong && filter is TermNode { IsPlain: true })
            {
                continue;
            }

            Narrow(filter, negate: false);
        }

        foreach (QueryNode excluded in _shape.Excluded)
        {
            Narrow(excluded, negate: true);
        }

        return accept;

        void Narrow(QueryNode node, bool negate)
        {
            if (own == null)
            {
                own = _context.RentBits(segment.MaxDoc);
                if (!negate)
                {
                    MatchFiller.Fill(node, segment, _context, own);
                    if (segment.Live != null)
                    {
                        SegmentBits.And(own, segment.Live, segment.MaxDoc);
                    }

                    accept = own;
                    return;
                }

                if (segment.Live != null)
                {
                    SegmentBits.Copy(own, segment.Live, segment.MaxDoc);
                }
                else
                {
                    SegmentBits.Fill(own, 0, segment.MaxDoc);
                }

                accept = own;
            }

            int mark = _context.MarkBits();
            ulong* other = _context.RentBits(segment.MaxDoc);
            MatchFiller.Fill(node, segment, _context, other);
            if (negate)
            {
                SegmentBits.AndNot(own, other, segment.MaxDoc);
            }
            else
            {
                SegmentBits.And(own, other, segment.MaxDoc);
            }

            _context.ReturnBits(mark);
        }
    }
}
