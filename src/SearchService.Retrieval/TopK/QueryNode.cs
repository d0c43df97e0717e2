using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>A clause made ready for one reader: terms are looked up, weights are computed.</summary>
internal abstract class QueryNode
{
    /// <summary>Iterates over a segment's documents; null where none can match.</summary>
    public abstract DocIterator? Open(SegmentView segment, SearchContext context);
}

/// <summary>A term, looked up in every segment, or in some of them only.</summary>
/// <param name="entries">What the segments know of it, by ordinal.</param>
/// <param name="first">Ordinal of the segment of the first entry; segments without an entry do not have the term.</param>
internal sealed class TermNode(TermEntry[] entries, FieldStatistics statistics, float weight, PositionRange? within, int first = 0) : QueryNode
{
    private static readonly TermEntry None;

    public float Weight => weight;

    /// <summary>Whether the documents are just those with the term.</summary>
    public bool IsPlain => within is null && Beyond is null;

    /// <summary>Another field's term whose occurrences, so many times each, do not count; null for none.</summary>
    public (TermNode There, int Times)? Beyond { get; init; }

    /// <summary>Whether the segment has the term.</summary>
    public bool IsIn(SegmentView segment) => DocFreq(segment) > 0;

    public int DocFreq(SegmentView segment) => Entry(segment).DocFreq;

    /// <summary>The term's postings in a segment that has it.</summary>
    public TermList List(SegmentView segment, SearchContext context, bool scoring = true)
    {
        TermList list = context.RentList();
        list.Open(statistics.Here[segment.Ordinal]!, statistics, in Entry(segment), scoring ? weight : 0);
        return list;
    }

    public override DocIterator? Open(SegmentView segment, SearchContext context)
    {
        if (!IsIn(segment))
        {
            return null;
        }

        TermList list = List(segment, context);
        if (Beyond is { } share && share.There.IsIn(segment))
        {
            return new BeyondTermIterator(list, share.There.List(segment, context, scoring: false), share.Times, context);
        }

        if (within is not { } range)
        {
            return new TermIterator(list);
        }

        return statistics.Here[segment.Ordinal]!.Terms.HasPositions
            ? new RangedTermIterator(list, range, context)
            : throw new InvalidOperationException($"field '{statistics.Field}' has no positions");
    }

    private ref readonly TermEntry Entry(SegmentView segment)
    {
        uint at = (uint)(segment.Ordinal - first);
        return ref at < (uint)entries.Length ? ref entries[at] : ref None;
    }
}

/// <summary>A phrase. The terms carry the phrase's weight.</summary>
/// <param name="places">Each term's place.</param>
/// <param name="loose">How the terms may move; null where they may not.</param>
internal sealed class PhraseNode(string field, TermNode[] terms, int[] places, LoosePhrase? loose, PositionRange? within) : QueryNode
{
    /// <summary>Opens the terms in a segment; null where one is missing.</summary>
    public PhraseMatcher? Matcher(SegmentView segment, SearchContext context)
    {
        foreach (TermNode term in terms)
        {
            if (!term.IsIn(segment))
            {
                return null;
            }
        }

        if (!segment.Field(field)!.Terms.HasPositions)
        {
            throw new InvalidOperationException($"field '{field}' has no positions");
        }

        TermList[] lists = new TermList[terms.Length];
        int[] order = new int[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            TermList list = terms[i].List(segment, context);
            int at = i;
            for (; at > 0 && lists[at - 1].Cursor.DocFreq > list.Cursor.DocFreq; at--)
            {
                lists[at] = lists[at - 1];
                order[at] = order[at - 1];
            }

            lists[at] = list;
            order[at] = i;
        }

        if (loose is null)
        {
            ExactPhraseMatcher exact = context.RentExactMatcher();
            exact.Open(lists, Array.ConvertAll(order, i => places[i]), within);
            return exact;
        }

        LoosePhraseMatcher matcher = context.RentLooseMatcher();
        matcher.Open(loose, lists, order, within, loose.GroupsVary ? Leapfrog(loose, segment, context) : null);
        return matcher;
    }

    public override DocIterator? Open(SegmentView segment, SearchContext context) =>
        Matcher(segment, context) is { } matcher ? new PhraseIterator(matcher, context) : null;

    private PhraseLeapfrog Leapfrog(LoosePhrase phrase, SegmentView segment, SearchContext context) =>
        new(phrase, Array.ConvertAll(terms, t => t.List(segment, context, scoring: false)), within, segment, context);
}

/// <summary>A combination.</summary>
internal sealed class BooleanNode(QueryNode[] must, QueryNode[] should, QueryNode[] mustNot, QueryNode[] filter, int least) : QueryNode
{
    public QueryNode[] Must => must;

    public QueryNode[] Should => should;

    public QueryNode[] MustNot => mustNot;

    public QueryNode[] Filter => filter;

    /// <summary>How many of <see cref="Should"/> must match.</summary>
    public int Least => least;

    public override DocIterator? Open(SegmentView segment, SearchContext context)
    {
        List<DocIterator> required = [];
        foreach (QueryNode node in must)
        {
            if (node.Open(segment, context) is not { } opened)
            {
                return null;
            }

            required.Add(opened);
        }

        List<DocIterator> optional = [];
        foreach (QueryNode node in should)
        {
            if (node.Open(segment, context) is { } opened)
            {
                optional.Add(opened);
            }
        }

        if (optional.Count < least || !AddFilters(segment, context, required) || (required.Count == 0 && optional.Count == 0))
        {
            return null;
        }

        DocIterator matches = Combine(required, optional, context);
        foreach (QueryNode node in mustNot)
        {
            if (node.Open(segment, context) is { } excluded)
            {
                matches = new ExcludingIterator(matches, excluded, context);
            }
        }

        return matches;
    }

    private bool AddFilters(SegmentView segment, SearchContext context, List<DocIterator> required)
    {
        foreach (QueryNode node in filter)
        {
            if (node.Open(segment, context) is not { } opened)
            {
                return false;
            }

            required.Add(new ConstantIterator(opened, 0));
        }

        return true;
    }

    private DocIterator Combine(List<DocIterator> required, List<DocIterator> optional, SearchContext context)
    {
        if (required.Count == 0)
        {
            return Any(optional, Math.Max(1, least), context);
        }

        if (optional.Count > 0 && optional.Count == least)
        {
            return All([.. required, .. optional], context);
        }

        DocIterator all = All(required, context);
        if (optional.Count == 0)
        {
            return all;
        }

        return least > 0
            ? new AndIterator([all, Any(optional, least, context)], context)
            : new RequiredOptionalIterator(all, Any(optional, 1, context));
    }

    private static DocIterator All(List<DocIterator> iterators, SearchContext context) => iterators.Count == 1 ? iterators[0] : new AndIterator(iterators, context);

    private static DocIterator Any(List<DocIterator> iterators, int least, SearchContext context)
    {
        if (iterators.Count == 1)
        {
            return iterators[0];
        }

        return iterators.Count == least ? new AndIterator(iterators, context) : new OrIterator([.. iterators], least, context);
    }
}

/// <summary>A set of documents of the whole reader, cut to a range, with one score.</summary>
internal sealed unsafe class SetNode(DocSet? bits, int from, int to, float score) : QueryNode
{
    public DocSet? Bits => bits;

    public int From => from;

    public int To => to;

    public float Score => score;

    public override DocIterator? Open(SegmentView segment, SearchContext context)
    {
        int low = Math.Max(0, from - segment.DocBase);
        int high = (int)Math.Min(segment.MaxDoc, (long)to - segment.DocBase);
        if (low >= high)
        {
            return null;
        }

        ulong* local = null;
        if (bits is not null)
        {
            local = context.RentBits(segment.MaxDoc);
            SegmentBits.Or(local, bits, segment);
        }

        return new SetIterator(local, low, high, high - low, score);
    }
}

/// <summary>Any of many terms, all with one score.</summary>
internal sealed unsafe class AnyTermNode(TermNode[] terms, float score) : QueryNode
{
    public TermNode[] Terms => terms;

    public float Score => score;

    public override DocIterator? Open(SegmentView segment, SearchContext context)
    {
        long cost = 0;
        ulong* bits = null;
        foreach (TermNode term in terms)
        {
            // a short prefix has a great many terms
            if (term.IsIn(segment) && !context.StopNow())
            {
                bits = bits == null ? context.RentBits(segment.MaxDoc) : bits;
                cost += term.DocFreq(segment);
                MatchFiller.Fill(term, segment, context, bits);
            }
        }

        return bits == null ? null : new SetIterator(bits, 0, segment.MaxDoc, cost, score);
    }
}

/// <summary>Another node's documents, all with one score.</summary>
internal sealed class ConstantNode(QueryNode inner, float score) : QueryNode
{
    public QueryNode Inner => inner;

    public float Score => score;

    public override DocIterator? Open(SegmentView segment, SearchContext context) =>
        inner.Open(segment, context) is { } opened ? new ConstantIterator(opened, score) : null;
}
