using System.Numerics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Two frequent terms' best documents out of their champions (<see cref="TermChampions"/>): first those that are champions of both, then the others level by level from
/// the highest, as long as one with the other term beside it could win. What is left scores at most what the lists leave beside their champions: mostly too
/// little, so that no block has to be looked at any more.
/// </summary>
internal static unsafe class ChampionEvaluator
{
    // how many documents should be champions of both lists for every so many hits wanted, were the two independent: with fewer, the worst hit is seldom better than
    // what is left beside the champions
    private const int HitsForEach = 2;

    // documents of the rarer list for each that is looked up, before the lists' blocks are cheaper
    private const int LookupShare = 8;

    // of a smaller part of the segment too few champions would count
    private const int LeastRange = 4;

    // documents of a list in the first round
    private const int LeastRound = 32;

    // how much better the worst hit may still get after it
    private const float FirstRoundShare = 1.1f;

    /// <summary>Offers the best of the champions. What it did not offer scores no more in either list than the list's <see cref="TermList.Most"/> afterwards, or
    /// cannot win.</summary>
    /// <param name="required">Whether a document must be in both lists.</param>
    /// <returns>Whether nothing is left that can win: the segment is done.</returns>
    public static bool Run(in SegmentScope scope, TermList one, TermList other, bool required)
    {
        if (AreWorthIt(scope, one, other))
        {
            scope.Heap.InAnyOrder = true;
            Offer(scope, one, other, Both(scope, one, other), required);
            Rounds(scope, one, other, required);
            one.Cursor.Rewind();
            other.Cursor.Rewind();
        }

        return one.Most + other.Most <= scope.Heap.Threshold;
    }

    /// <summary>Whether the champions of both will probably decide; if so, opens them.</summary>
    private static bool AreWorthIt(in SegmentScope scope, TermList one, TermList other)
    {
        int maxDoc = scope.Segment.MaxDoc;
        long both = (long)TermChampions.CountFor(one.Cursor.DocFreq, maxDoc) * TermChampions.CountFor(other.Cursor.DocFreq, maxDoc);
        bool narrow = scope.To - scope.From < maxDoc / LeastRange;
        return !narrow && both * HitsForEach >= (long)scope.Heap.Wanted * maxDoc && one.OpenChampions(maxDoc) && other.OpenChampions(maxDoc);
    }

    /// <summary>Goes through the champions of either list from the highest level down, and lowers the lists' bounds to what is left.</summary>
    private static void Rounds(in SegmentScope scope, TermList one, TermList other, bool required)
    {
        int left = Math.Max(LeastRound * 2, Math.Min(one.Cursor.DocFreq, other.Cursor.DocFreq) / LookupShare);
        int level = TermChampions.Levels;
        int otherLevel = TermChampions.Levels;
        bool all = false;
        for (int round = LeastRound; left > 0 && !all; round *= 4)
        {
            int next = NextLevel(scope, one, other, level, round);
            int otherNext = NextLevel(scope, other, one, otherLevel, round);
            all = next == level && otherNext == otherLevel;
            left -= Round(scope, one, other, next, level, required);
            left -= Round(scope, other, one, otherNext, otherLevel, required);
            level = next;
            otherLevel = otherNext;

            // the worst hit hardly gets better any more: what is beside the champions has to be looked at
            float better = round == LeastRound ? scope.Heap.Threshold * FirstRoundShare : scope.Heap.Threshold;
            if (one.ChampionBound(-1) + other.ChampionBound(-1) > better)
            {
                break;
            }
        }

        one.Cap(one.ChampionBound(all ? -1 : level - 1));
        other.Cap(other.ChampionBound(all ? -1 : otherLevel - 1));
    }

    /// <summary>The lowest level to look at next: from there up to <paramref name="below"/> there are about as many champions as a round should have, and all of
    /// them could win.</summary>
    private static int NextLevel(in SegmentScope scope, TermList list, TermList other, int below, int round)
    {
        int level = below;
        float beside = other.ChampionBound(-1);
        while (level > 0 && list.ChampionBound(level - 1) + beside > scope.Heap.Threshold && list.Champions.CountBetween(level, below) < round)
        {
            level--;
        }

        return level;
    }

    /// <summary>Offers what can win of the champions of some levels.</summary>
    /// <returns>How many champions there are.</returns>
    private static int Round(in SegmentScope scope, TermList list, TermList other, int from, int to, bool required)
    {
        int count = Bounded(scope, list, from, to);
        if (count > 0)
        {
            other.Cursor.Rewind();
            Offer(scope, list, other, CandidateProbe.Few(scope, other, count, scope.Heap.Threshold / TermList.Slack, required), required);
        }

        return count;
    }

    /// <summary>Makes those documents candidates that are champions of both.</summary>
    private static int Both(in SegmentScope scope, TermList one, TermList other)
    {
        ChampionList first = one.Champions;
        ChampionList second = other.Champions;
        ulong* window = scope.Context.Marks;
        int* found = scope.Context.Docs;
        int count = 0;
        int i = 0;
        int j = 0;
        for (int from = 0; i < first.Count && j < second.Count; from += SearchContext.MaxWindow)
        {
            int end = from + SearchContext.MaxWindow;
            for (; i < first.Count && first.Docs[i] < end; i++)
            {
                int bit = first.Docs[i] - from;
                window[bit >> 6] |= 1UL << (bit & 63);
            }

            int start = j;
            while (j < second.Count && second.Docs[j] < end)
            {
                j++;
            }

            int last = count + PostingsCursor.FindBits(window, from, second.Docs + start, j - start, found + count);
            for (int f = count; f < last; f++)
            {
                int doc = second.Docs[start + found[f]];
                found[count] = doc;
                count += scope.Counts(doc) ? 1 : 0;
            }

            new Span<ulong>(window, SearchContext.MaxWindow / 64).Clear();
        }

        return count;
    }

    /// <summary>Makes the champions of some levels candidates, with the most that they can score in the list.</summary>
    private static int Bounded(in SegmentScope scope, TermList list, int from, int to)
    {
        ChampionList champions = list.Champions;
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int count = 0;
        for (int i = 0; from < to && i < champions.Count; i += 64)
        {
            for (ulong found = champions.Between(i, from, to); found != 0; found &= found - 1)
            {
                int at = i + BitOperations.TrailingZeroCount(found);
                docs[count] = champions.Docs[at];
                scores[count] = list.ChampionBound(champions.Levels[at]);
                count += scope.Counts(docs[count]) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Looks the candidates up in both lists and offers them.</summary>
    private static void Offer(in SegmentScope scope, TermList one, TermList other, int count, bool required)
    {
        if (count == 0)
        {
            return;
        }

        one.Cursor.Rewind();
        other.Cursor.Rewind();
        new Span<double>(scope.Context.Scores, count).Clear();
        float needed = scope.Heap.Threshold / TermList.Slack;
        count = CandidateProbe.Few(scope, one, count, needed - other.Most, required);
        count = CandidateProbe.Few(scope, other, count, needed, required);
        scope.OfferCandidates(count);
    }
}
