using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>One search over all segments.</summary>
internal sealed unsafe class SearchRun
{
    // documents of a window that is tested against the threshold as a whole before any of it is walked
    private const int WalkWindow = 2048;

    // a list with at most one document in so many is walked whole where matches are counted
    private const int ShortShare = 20;

    private readonly TopKSearcher _searcher;
    private readonly QueryShape _shape;
    private readonly TopKRequest _request;
    private readonly SearchContext _context;
    private readonly DocSet? _matches;
    private readonly bool _counts;

    // whether the set to write to still has what it had before
    private bool _stale;
    private long _total;
    private bool _capped;

    public SearchRun(TopKSearcher searcher, QueryShape shape, TopKRequest request, SearchContext context)
    {
        _searcher = searcher;
        _shape = shape;
        _request = request;
        _context = context;
        _counts = request.Total != TotalCount.None || request.Matches;
        _matches = request.Matches ? request.MatchesInto ?? new DocSet(searcher.MaxDoc) : null;
        _stale = request.MatchesInto is not null;
        if (searcher.Segments.Length > 1)
        {
            Clear();
        }
    }

    /// <summary>Whether a single term is asked for, and nothing else.</summary>
    private bool IsAlone => _shape is { Filters.Count: 0 } && _shape.Terms.Length == 1;

    private bool CapReached => _request is { Total: TotalCount.Capped, Matches: false } && _total >= _request.TotalCap;

    public void Execute()
    {
        foreach (SegmentView segment in _searcher.Segments)
        {
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

            if (_context.TimedOut)
            {
                break;
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

        SegmentScope scope = new(segment, _context, accept, from, to);
        bool counting = _counts && !CapReached;
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

    /// <summary>Ranks and counts a conjunction led by a short list in one pass; false where two passes cost less.</summary>
    private bool RankAndCountShort(in SegmentScope scope)
    {
        int lists = 0;
        int rarest = int.MaxValue;
        int most = 0;
        foreach (QueryNode node in _shape.Terms)
        {
            Add(((TermNode)node).DocFreq(scope.Segment));
        }

        foreach (QueryNode node in _shape.Filters)
        {
            if (node is TermNode { IsPlain: true } term)
            {
                Add(term.DocFreq(scope.Segment));
            }
        }

        long walked = (long)rarest * (scope.To - scope.From) / scope.Segment.MaxDoc;
        if (walked > Math.Max(BlockUnpack.BlockSize, scope.Segment.MaxDoc / ShortShare) || (lists == 2 && scope.IsWhole && IntersectsBest(rarest, most, scope.Segment.MaxDoc)))
        {
            return false;
        }

        int mark = _context.MarkLists();
        ulong* bits = _matches is null ? null : _context.RentBits(scope.Segment.MaxDoc);
        AddCount(ConjunctionEvaluator.RunAll(scope, RequiredLists(scope.Segment), bits));
        Keep(scope.Segment, bits);

        _context.ReturnLists(mark);
        return true;

        void Add(int docFreq)
        {
            lists++;
            rarest = Math.Min(rarest, docFreq);
            most = Math.Max(most, docFreq);
        }
    }

    /// <summary>
    /// Whether filling the sets of two lists and ranking what both have costs less than looking the rarer one's documents up in the other: what the latter takes
    /// more by list against what the former takes more by search and by segment. In nanoseconds, measured with 73,049 and 1,000,000 documents.
    /// </summary>
    private static bool IntersectsBest(int rarest, int most, int maxDoc)
    {
        // above this share of documents a list is mostly bitsets, which are filled at once
        const double DenseShare = 0.16;
        double saved = (1.3 * rarest) + ((most > DenseShare * maxDoc ? 0.85 : 0.15) * most);
        return saved > 7_000 + (0.038 * maxDoc);
    }

    /// <summary>Finds the matches of a conjunction, then ranks them alone.</summary>
    private void CountThenRank(in SegmentScope scope)
    {
        ulong* matches = CountMatches(scope);
        if (_request.Hits > 0 && !_context.TimedOut)
        {
            Rank(new SegmentScope(scope.Segment, _context, matches, scope.From, scope.To));
        }
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

    /// <summary>Ranks and collects all matches in one pass: every one must be verified anyway.</summary>
    private void RankAndMatch(in SegmentScope scope, ulong* matches)
    {
        if (_shape.Kind == ShapeKind.Other)
        {
            Walk(scope, matches);
        }
        else
        {
            RankAndCountPhrase(scope, matches);
        }
    }

    private int RankAndCountPhrase(in SegmentScope scope, ulong* matches) =>
        ((PhraseNode)_shape.Scoring!).Matcher(scope.Segment, _context) is { } phrase ? PhraseEvaluator.RunAll(scope, phrase, matches) : 0;

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

                if (matches != null)
                {
                    matches[doc >> 6] |= 1UL << (doc & 63);
                }

                float score = iterator.Score();
                if (score > scope.Heap.Threshold)
                {
                    scope.Offer(doc, score);
                }
            }

            from = Math.Max(to + 1, doc);
        }
    }

    /// <summary>Counts the matches, and keeps them where they are wanted.</summary>
    /// <returns>Their bits; null where counting needs none.</returns>
    private ulong* CountMatches(in SegmentScope scope)
    {
        SegmentView segment = scope.Segment;
        if (_matches is null && scope.IsWhole && _shape.Kind == ShapeKind.And && IsAlone)
        {
            AddCount(((TermNode)_shape.Terms[0]).DocFreq(segment));
            return null;
        }

        if (_matches is null && scope.IsWhole && _shape is { Kind: ShapeKind.Or, IsOpen: true } && UnionCounter.Count(scope, _shape.Terms) is { } count)
        {
            AddCount(count);
            return null;
        }

        ulong* bits = _context.RentBits(segment.MaxDoc);
        if (_shape.Scoring is null)
        {
            SegmentBits.Fill(bits, scope.From, scope.To);
        }
        else
        {
            MatchFiller.Fill(_shape.Scoring, segment, _context, bits);
        }

        foreach (QueryNode filter in _shape.Filters)
        {
            if (_shape.Kind == ShapeKind.And && filter is TermNode { IsPlain: true })
            {
                int mark = _context.MarkBits();
                ulong* other = _context.RentBits(segment.MaxDoc);
                MatchFiller.Fill(filter, segment, _context, other);
                SegmentBits.And(bits, other, segment.MaxDoc);
                _context.ReturnBits(mark);
            }
        }

        if (scope.Accept != null)
        {
            SegmentBits.And(bits, scope.Accept, segment.MaxDoc);
        }

        if (scope.From > 0 || scope.To < segment.MaxDoc)
        {
            SegmentBits.Cut(bits, scope.From, scope.To, DocSet.WordsFor(segment.MaxDoc));
        }

        Add(segment, bits);
        return bits;
    }

    private void Add(SegmentView segment, ulong* bits)
    {
        AddCount(SegmentBits.Count(bits, segment.MaxDoc));
        Keep(segment, bits);
    }

    private void Keep(SegmentView segment, ulong* bits)
    {
        if (_matches is not null)
        {
            SegmentBits.CopyTo(bits, segment, _matches);
            _stale = false;
        }
    }

    private void Clear()
    {
        if (_stale)
        {
            _matches!.Writable.Clear();
            _stale = false;
        }
    }

    private void AddCount(int count)
    {
        _total += count;
        _capped = _request is { Total: TotalCount.Capped, Matches: false } && _total > _request.TotalCap;
    }
}
