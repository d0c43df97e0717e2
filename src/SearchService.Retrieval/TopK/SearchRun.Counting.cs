using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Finding all documents of a segment that match, alone or with the best of them.</summary>
internal sealed unsafe partial class SearchRun
{
    // a list with at most one document in so many is walked whole where matches are counted
    private const int ShortShare = 20;

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

    private int RankAndCountPhrase(in SegmentScope scope, ulong* matches) =>
        ((PhraseNode)_shape.Scoring!).Matcher(scope.Segment, _context) is { } phrase ? PhraseEvaluator.RunAll(scope, phrase, matches) : 0;

    private void Add(SegmentView segment, ulong* bits)
    {
        AddCount(SegmentBits.Count(bits, segment.MaxDoc));
        Keep(segment, bits);
    }
}
