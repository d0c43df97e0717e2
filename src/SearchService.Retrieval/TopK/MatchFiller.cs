using System.Runtime.InteropServices;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Fills the set of a node's matches in one segment, without scores. What is filled may include deleted documents.</summary>
internal static unsafe class MatchFiller
{
    // a lead this much rarer than one document in so many is looked up document by document, else sets are intersected
    private const int SparseShare = 256;

    /// <summary>Adds the matches to <paramref name="bits"/>.</summary>
    public static void Fill(QueryNode node, SegmentView segment, SearchContext context, ulong* bits)
    {
        int lists = context.MarkLists();
        int lent = context.MarkBits();
        switch (node)
        {
            case TermNode { IsPlain: true } term when term.IsIn(segment):
                ListBits.Or(bits, term.List(segment, context, scoring: false).Cursor, segment.MaxDoc, context);
                break;
            case TermNode { IsPlain: true }:
                break;
            case TermNode { Beyond: { } share } term when term.IsIn(segment) && !share.There.IsIn(segment):
                ListBits.Or(bits, term.List(segment, context, scoring: false).Cursor, segment.MaxDoc, context);
                break;
            case TermNode { Beyond: { } share } term when term.DocFreq(segment) > segment.MaxDoc / SparseShare:
                FillBeyond(term, share.There, share.Times, segment, context, bits);
                break;
            case AnyTermNode any:
                foreach (TermNode term in any.Terms)
                {
                    if (context.StopNow())
                    {
                        break;
                    }

                    Fill(term, segment, context, bits);
                }

                break;
            case SetNode { Bits: null } range:
                SegmentBits.Fill(bits, Math.Max(0, range.From - segment.DocBase), (int)Math.Min(segment.MaxDoc, (long)range.To - segment.DocBase));
                break;
            case SetNode { Bits: { } set, From: 0, To: int.MaxValue }:
                SegmentBits.Or(bits, set, segment);
                break;
            case ConstantNode constant:
                Fill(constant.Inner, segment, context, bits);
                break;
            case PhraseNode phrase when phrase.Matcher(segment, context) is { } opened:
                SegmentScope scope = new(segment, context, segment.Live, 0, segment.MaxDoc);
                PhraseEvaluator.Collect(scope, opened, bits);
                break;
            case PhraseNode:
                break;
            case BooleanNode { Must.Length: 0, Filter.Length: 0, MustNot.Length: 0, Least: <= 1 } any when Array.TrueForAll(any.Should, n => n is TermNode { IsPlain: true }):
                FillAny(any.Should, segment, context, bits);
                break;
            case BooleanNode { Must.Length: 0, Filter.Length: 0, MustNot.Length: 0, Least: <= 1 } any:
                foreach (QueryNode inner in any.Should)
                {
                    Fill(inner, segment, context, bits);
                }

                break;
            case BooleanNode { Least: 0 } all when all.Must.Length + all.Filter.Length > 0:
                FillAll(all, segment, context, bits);
                break;
            default:
                Walk(node, segment, context, bits);
                break;
        }

        context.ReturnLists(lists);
        context.ReturnBits(lent);
    }

    /// <summary>All documents of any of some plain terms.</summary>
    private static void FillAny(QueryNode[] terms, SegmentView segment, SearchContext context, ulong* bits)
    {
        List<PostingsCursor> cursors = [];
        foreach (QueryNode node in terms)
        {
            if (node is TermNode term && term.IsIn(segment))
            {
                cursors.Add(term.List(segment, context, scoring: false).Cursor);
            }
        }

        ListBits.Or(bits, CollectionsMarshal.AsSpan(cursors), segment.MaxDoc, context);
    }

    private static void Walk(QueryNode node, SegmentView segment, SearchContext context, ulong* bits)
    {
        if (node.Open(segment, context) is not { } matches)
        {
            return;
        }

        int steps = 0;
        for (int doc = matches.Advance(0); doc != DocIterator.End; doc = matches.Advance(doc + 1))
        {
            bits[doc >> 6] |= 1UL << (doc & 63);
            if ((++steps & 0xFFF) == 0 && context.Stop())
            {
                return;
            }
        }
    }

    /// <summary>All documents of a term but those where the other field has every occurrence: only the other field's documents are looked at.</summary>
    private static void FillBeyond(TermNode term, TermNode there, int times, SegmentView segment, SearchContext context, ulong* bits)
    {
        ulong* matches = context.RentBits(segment.MaxDoc);
        TermList list = term.List(segment, context, scoring: false);
        ListBits.Or(matches, list.Cursor, segment.MaxDoc, context);
        TermIterator here = new(term.List(segment, context, scoring: false));
        TermIterator other = new(there.List(segment, context, scoring: false));
        for (int doc = other.Advance(0); doc != DocIterator.End && !context.StopNow(); doc = other.Advance(doc + 1))
        {
            int at = here.Doc < doc ? here.Advance(doc) : here.Doc;
            if (at == doc && here.Freq <= (long)times * other.Freq)
            {
                matches[doc >> 6] &= ~(1UL << (doc & 63));
            }
        }

        SegmentBits.Or(bits, matches, segment.MaxDoc);
    }

    private static void FillAll(BooleanNode node, SegmentView segment, SearchContext context, ulong* bits)
    {
        QueryNode[] required = [.. node.Must, .. node.Filter];
        ulong* matches = context.RentBits(segment.MaxDoc);
        if (!Array.TrueForAll(required, n => n is TermNode { IsPlain: true } term) || !Lookup(required, segment, context, matches))
        {
            bool first = true;
            foreach (QueryNode inner in required)
            {
                int mark = context.MarkBits();
                ulong* other = first ? matches : context.RentBits(segment.MaxDoc);
                Fill(inner, segment, context, other);
                if (!first)
                {
                    SegmentBits.And(matches, other, segment.MaxDoc);
                }

                first = false;
                context.ReturnBits(mark);
            }
        }

        foreach (QueryNode inner in node.MustNot)
        {
            int mark = context.MarkBits();
            ulong* other = context.RentBits(segment.MaxDoc);
            Fill(inner, segment, context, other);
            SegmentBits.AndNot(matches, other, segment.MaxDoc);
            context.ReturnBits(mark);
        }

        SegmentBits.Or(bits, matches, segment.MaxDoc);
    }

    /// <summary>Intersects terms by looking the rarest one's documents up in the others; false where it is not rare enough for that.</summary>
    private static bool Lookup(QueryNode[] terms, SegmentView segment, SearchContext context, ulong* bits)
    {
        int rarest = int.MaxValue;
        foreach (QueryNode node in terms)
        {
            rarest = Math.Min(rarest, ((TermNode)node).DocFreq(segment));
        }

        if (rarest == 0)
        {
            return true;
        }

        if (rarest > segment.MaxDoc / SparseShare)
        {
            return false;
        }

        TermList[] lists = new TermList[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            TermList list = ((TermNode)terms[i]).List(segment, context, scoring: false);
            int at = i;
            for (; at > 0 && lists[at - 1].Cursor.DocFreq > list.Cursor.DocFreq; at--)
            {
                lists[at] = lists[at - 1];
            }

            lists[at] = list;
        }

        PostingsCursor lead = lists[0].Cursor;
        for (int block = 0; block < lead.Blocks; block++)
        {
            lead.Block = block;
            lead.DecodeDocs();
            for (int i = 0; i < lead.Count; i++)
            {
                int doc = lead.Docs[i];
                bool found = true;
                for (int l = 1; l < lists.Length && found; l++)
                {
                    PostingsCursor other = lists[l].Cursor;
                    if (!other.Seek(doc))
                    {
                        return true;
                    }

                    found = other.IndexOf(doc) >= 0;
                }

                if (found)
                {
                    bits[doc >> 6] |= 1UL << (doc & 63);
                }
            }
        }

        return true;
    }
}
