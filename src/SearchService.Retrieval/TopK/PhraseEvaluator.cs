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
        TermList second = lists[1];
        PostingsCursor cursor = second.Cursor;
        Candidates found = new(scope.Context.Docs);
        int candidates = Sieve(scope, lists[0], from, to, matches != null, found);
        int matched = 0;
        for (int next = 0; next < candidates && cursor.Seek(found.Docs[next]);)
        {
            if (matches == null && second.Bound(cursor.Block) <= scope.Heap.Threshold)
            {
                while (next < candidates && found.Docs[next] <= cursor.Last[cursor.Block])
                {
                    next++;
                }

                continue;
            }

            int kept = cursor.KeepIndexed(found.Docs, found.Lead, found.Second, ref next, candidates);
            if (kept > 0)
            {
                matched += Verify(scope, lists, places, matcher, found, kept, matches, offer);
            }
        }

        return matched;
    }

    /// <summary>The documents of the lead's block that count and could still win.</summary>
    private static int Sieve(in SegmentScope scope, TermList lead, int from, int to, bool all, Candidates found)
    {
        ulong* mask = stackalloc ulong[2];
        lead.Sieve(all ? 0 : scope.Heap.Threshold / TermList.Slack, mask);
        int* docs = lead.Cursor.Docs;
        int candidates = 0;
        for (int word = 0; word < 2; word++)
        {
            for (ulong left = mask[word]; left != 0; left &= left - 1)
            {
                int index = (word << 6) + BitOperations.TrailingZeroCount(left);
                int doc = docs[index];
                found.Docs[candidates] = doc;
                found.Lead[candidates] = index;
                candidates += doc >= from && doc <= to && scope.Accepts(doc) ? 1 : 0;
            }
        }

        return candidates;
    }

    /// <summary>Looks for the phrase in candidates that are in the current blocks of the first two lists.</summary>
    private static int Verify(
        in SegmentScope scope, ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, Candidates found, int candidates, ulong* matches, bool offer)
    {
        TermList lead = lists[0];
        BlockPositions here = lead.Cursor.OpenPositions();
        BlockPositions there = lists[1].Cursor.OpenPositions();
        int* decoded = here.DecodeFor(candidates, -places[0]);
        bool all = matches != null;
        int matched = 0;
        for (int c = 0; c < candidates; c++)
        {
            int doc = found.Docs[c];
            int index = found.Lead[c];
            int freq = here.Freq(index);
            PackedPositions second = there.At(found.Second[c]);
            float threshold = scope.Heap.Threshold;
            if (!all && lead.Score(doc, Math.Min(freq, second.Count)) <= threshold)
            {
                continue;
            }

            int* begins = decoded != null ? decoded + here.First(index) : matcher.Read(here.At(index), places[0]);
            int phrases;
            if (lists.Length == 2)
            {
                phrases = matcher.Count(begins, freq, second, places[1]);
            }
            else
            {
                int kept = matcher.Keep(begins, freq, second, places[1], out begins);
                phrases = kept == 0 ? 0 : Rest(lists, places, matcher, doc, begins, kept, all ? float.NegativeInfinity : threshold);
            }

            if (phrases == 0)
            {
                continue;
            }

            matched++;
            if (all)
            {
                matches[doc >> 6] |= 1UL << (doc & 63);
            }

            if (offer)
            {
                float score = lead.Score(doc, phrases);
                if (score > threshold)
                {
                    scope.Offer(doc, score);
                }
            }
        }

        return matched;
    }

    /// <summary>Counts the phrase where its first two terms stand right, by the other terms; 0 where it cannot beat the threshold.</summary>
    private static int Rest(ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, int doc, int* begins, int count, float threshold)
    {
        for (int l = 2; l < lists.Length && count > 0; l++)
        {
            TermList list = lists[l];
            PostingsCursor cursor = list.Cursor;
            if (!cursor.Seek(doc) || list.Bound(cursor.Block) <= threshold || list.Score(doc, count) <= threshold)
            {
                return 0;
            }

            int index = cursor.IndexOf(doc);
            if (index < 0)
            {
                return 0;
            }

            PackedPositions positions = cursor.OpenPositions().At(index);
            count = l == lists.Length - 1 ? matcher.Count(begins, count, positions, places[l]) : matcher.Keep(begins, count, positions, places[l], out begins);
        }

        return count;
    }

    /// <summary>How often the phrase is in a document of the lead's current block.</summary>
    /// <param name="index">The document's index there.</param>
    public static int Count(ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places, PhraseMatcher matcher, int doc, int index)
    {
        PostingsCursor second = lists[1].Cursor;
        int other = second.Seek(doc) ? second.IndexOf(doc) : -1;
        if (other < 0)
        {
            return 0;
        }

        PackedPositions first = lists[0].Cursor.OpenPositions().At(index);
        PackedPositions positions = second.OpenPositions().At(other);
        int* begins = matcher.Read(first, places[0]);
        if (lists.Length == 2)
        {
            return matcher.Count(begins, first.Count, positions, places[1]);
        }

        int kept = matcher.Keep(begins, first.Count, positions, places[1], out begins);
        return kept == 0 ? 0 : Rest(lists, places, matcher, doc, begins, kept, float.NegativeInfinity);
    }

    /// <summary>Candidates of one block of the lead, and their indexes in the current blocks of the first two lists.</summary>
    private readonly struct Candidates(int* room)
    {
        public readonly int* Docs = room;

        public readonly int* Lead = room + (2 * BlockUnpack.BlockSize);

        public readonly int* Second = room + (4 * BlockUnpack.BlockSize);
    }
}
