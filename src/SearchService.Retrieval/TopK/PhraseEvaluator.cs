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

    // below, looking up all at once does not pay
    private const int FewCandidates = 4;

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
        PostingsCursor cursor = lead.Cursor;
        bool all = matches != null;
        ulong* mask = stackalloc ulong[2];
        lead.Sieve(all ? 0 : scope.Heap.Threshold / TermList.Slack, mask);
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* indexes = stackalloc int[BlockUnpack.BlockSize];
        int candidates = 0;
        for (int word = 0; word < 2; word++)
        {
            for (ulong left = mask[word]; left != 0; left &= left - 1)
            {
                int index = (word << 6) + BitOperations.TrailingZeroCount(left);
                int doc = cursor.Docs[index];
                docs[candidates] = doc;

                // the place in the lead's block travels with the candidate
                scores[candidates] = index;
                candidates += doc >= from && doc <= to && scope.Accepts(doc) ? 1 : 0;
            }
        }

        if (lists.Length == 2 || candidates > FewCandidates)
        {
            candidates = Members(lists[1].Cursor, docs, scores, indexes, candidates);
        }

        if (candidates == 0)
        {
            return 0;
        }

        cursor.OpenPositions();
        int matched = 0;
        lists[1].Cursor.SeekBack(docs[0]);
        for (int c = 0; c < candidates; c++)
        {
            int doc = docs[c];
            int index = (int)scores[c];
            float threshold = scope.Heap.Threshold;
            if (!Align(lists, matcher, doc, all ? float.NegativeInfinity : threshold))
            {
                continue;
            }

            matcher.Indexes[0] = index;
            matcher.Freqs[0] = cursor.Freqs[index];
            int phrases = matcher.Count(lists, places);
            if (phrases == 0)
            {
                continue;
            }

            matched++;
            if (all)
            {
                matches[doc >> 6] |= 1UL << (doc & 63);
            }

            float score = lead.Score(doc, phrases);
            if (offer && score > threshold)
            {
                scope.Offer(doc, score);
            }
        }

        return matched;
    }

    /// <summary>Keeps the candidates that a list has.</summary>
    private static int Members(PostingsCursor cursor, int* docs, double* scores, int* indexes, int count)
    {
        int kept = 0;
        for (int i = 0; i < count && cursor.Seek(docs[i]);)
        {
            kept = cursor.Keep(docs, scores, indexes, ref i, count, kept);
        }

        return kept;
    }

    /// <summary>Moves all lists but the first to the document; false where one does not have it or not often enough.</summary>
    public static bool Align(ReadOnlySpan<TermList> lists, PhraseMatcher matcher, int doc, float threshold)
    {
        for (int l = 1; l < lists.Length; l++)
        {
            TermList list = lists[l];
            PostingsCursor other = list.Cursor;
            if (!other.Seek(doc) || list.Bound(other.Block) <= threshold)
            {
                return false;
            }

            int index = other.IndexOf(doc);
            if (index < 0)
            {
                return false;
            }

            int freq = other.Freq(index);
            if (list.Score(doc, freq) <= threshold)
            {
                return false;
            }

            matcher.Indexes[l] = index;
            matcher.Freqs[l] = freq;
        }

        return true;
    }
}
