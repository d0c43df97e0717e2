using System.Numerics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Documents where terms stand at fixed places to each other. A phrase occurs at most as often as the rarest of its terms does in the document, which
/// bounds its
/// score; positions are read only where that could be enough.
/// </summary>
internal static unsafe class PhraseEvaluator
{
    private const int BlocksBetweenStops = 64;

    /// <summary>Gives the best documents to the heap.</summary>
    /// <param name="lists">The phrase's terms from the rarest to the most frequent, each with the phrase's weight.</param>
    /// <param name="places">Each list's place in the phrase.</param>
    public static void Run(in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher)
    {
        Walk(scope, lists, places, matcher, null, offer: true, out _);
    }

    /// <summary>Gives the best documents to the heap and sets the bit of every match.</summary>
    /// <returns>How many documents match.</returns>
    public static int RunAll(in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, ulong* matches)
    {
        Walk(scope, lists, places, matcher, matches, offer: true, out int count);
        return count;
    }

    /// <summary>Sets the bit of every match.</summary>
    public static void Collect(in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, ulong* matches) =>
        Walk(scope, lists, places, matcher, matches, offer: false, out _);

    private static void Walk(
        in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, ulong* matches, bool offer, out int matched)
    {
        matched = 0;
        TermList lead = lists[0];
        PostingsCursor cursor = lead.Cursor;
        if (!cursor.Seek(scope.From))
        {
            return;
        }

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
            float most = lead.Bound(block);
            for (int i = 1; i < lists.Length; i++)
            {
                most = Math.Min(most, lists[i].Bound(from, to));
                if (lists[i].Cursor.Block == lists[i].Cursor.Blocks)
                {
                    return;
                }
            }

            if (matches != null || most > scope.Heap.Threshold)
            {
                matched += Block(scope, lists, places, matcher, from, to, matches, offer);
            }
        }
    }

    private static int Block(
        in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, int from, int to, ulong* matches, bool offer)
    {
        TermList lead = lists[0];
        bool all = matches != null;
        int candidates = Sieve(scope, lead, from, to, all, matcher);
        int matched = matcher.Match(lists, places, candidates, all ? float.NegativeInfinity : scope.Heap.Threshold);
        for (int i = 0; i < matched; i++)
        {
            int doc = matcher.Docs[i];
            if (all)
            {
                matches[doc >> 6] |= 1UL << (doc & 63);
            }

            if (offer)
            {
                float score = lead.Score(doc, matcher.Freqs[i]);
                if (score > scope.Heap.Threshold)
                {
                    scope.Offer(doc, score);
                }
            }
        }

        return matched;
    }

    /// <summary>Gives the matcher the documents of the lead's block that count and could still win.</summary>
    private static int Sieve(in SegmentScope scope, TermList lead, int from, int to, bool all, PhraseMatcher matcher)
    {
        ulong* mask = stackalloc ulong[2];
        lead.Sieve(all ? 0 : scope.Heap.Threshold / TermList.Slack, mask);
        int* docs = lead.Cursor.Docs;
        int* candidates = matcher.Docs;
        int* indexes = matcher.Indexes;
        int count = 0;
        for (int word = 0; word < 2; word++)
        {
            for (ulong left = mask[word]; left != 0; left &= left - 1)
            {
                int index = (word << 6) + BitOperations.TrailingZeroCount(left);
                int doc = docs[index];
                candidates[count] = doc;
                indexes[count] = index;
                count += doc >= from && doc <= to && scope.Accepts(doc) ? 1 : 0;
            }
        }

        return count;
    }
}
