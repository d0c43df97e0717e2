using System.Numerics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Documents with a phrase. How often a phrase stands in a document is bounded by how often its terms do, which bounds its score; positions are read only
/// where that could be enough.
/// </summary>
internal static unsafe class PhraseEvaluator
{
    private const int BlocksBetweenStops = 64;

    /// <summary>Gives the best documents to the heap.</summary>
    public static void Run(in SegmentScope scope, PhraseMatcher matcher) =>
        new Walk(scope, matcher, null, all: false, offer: true).Run();

    /// <summary>Gives the best documents to the heap and finds every match.</summary>
    /// <param name="matches">Takes the bit of every match; null where only their number is wanted.</param>
    /// <returns>How many documents match.</returns>
    public static int RunAll(in SegmentScope scope, PhraseMatcher matcher, ulong* matches) =>
        new Walk(scope, matcher, matches, all: true, offer: true).Run();

    /// <summary>Sets the bit of every match.</summary>
    public static void Collect(in SegmentScope scope, PhraseMatcher matcher, ulong* matches) =>
        new Walk(scope, matcher, matches, all: true, offer: false).Run();

    /// <summary>One way through the rarest list, block by block.</summary>
    private readonly ref struct Walk(
        SegmentScope scope, PhraseMatcher matcher, ulong* matches, bool all, bool offer)
    {
        private readonly SegmentScope _scope = scope;
        private readonly ReadOnlySpan<TermList> _lists = matcher.Lists;
        private readonly PhraseMatcher _matcher = matcher;
        private readonly TermList _lead = matcher.Lists[0];
        private readonly ulong* _matches = matches;
        private readonly bool _all = all;
        private readonly bool _offer = offer;

        /// <returns>How many documents match, of those that could win or of all.</returns>
        public int Run()
        {
            int matched = 0;
            PostingsCursor cursor = _lead.Cursor;
            if (!cursor.Seek(_scope.From))
            {
                return 0;
            }

            int untilStop = BlocksBetweenStops;
            for (int block = cursor.Block; block < cursor.Blocks && !IsAtEnd(); block++)
            {
                cursor.Block = block;
                int from = Math.Max(cursor.Before + 1, _scope.From);
                int to = Math.Min(cursor.Last[block], _scope.To - 1);
                if (from >= _scope.To || (--untilStop == 0 && _scope.Context.Stop()))
                {
                    break;
                }

                untilStop = untilStop == 0 ? BlocksBetweenStops : untilStop;
                if (_all || CanWin(block, from, to))
                {
                    matched += Block(from, to);
                }
            }

            return matched;
        }

        /// <summary>Whether a list has nothing left for the blocks to come.</summary>
        private bool IsAtEnd()
        {
            for (int i = 1; i < _lists.Length; i++)
            {
                if (_lists[i].Cursor.Block == _lists[i].Cursor.Blocks)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a document of the lead's block can have the phrase often enough; moves the other lists there.</summary>
        private bool CanWin(int block, int from, int to)
        {
            float most = _lead.Bound(block);
            for (int i = 1; i < _lists.Length; i++)
            {
                most = Math.Min(most, _lists[i].Bound(from, to));
            }

            return most > _matcher.Needed(_scope.Heap.Threshold);
        }

        private int Block(int from, int to)
        {
            HitHeap heap = _scope.Heap;
            int candidates = Sieve(from, to);
            int matched = _matcher.Match(candidates, _offer ? heap.Threshold : float.PositiveInfinity, _all);
            if (_matches != null)
            {
                for (int i = 0; i < matched; i++)
                {
                    int doc = _matcher.Docs[i];
                    _matches[doc >> 6] |= 1UL << (doc & 63);
                }
            }

            int least = _offer ? _lead.LeastFreq(_lead.Cursor.Block, heap.Threshold) : int.MaxValue;
            for (int i = 0; i < matched; i++)
            {
                float freq = _matcher.Freqs[i];
                if (freq < least && least > 1)
                {
                    continue;
                }

                int doc = _matcher.Docs[i];
                float score = _lead.Score(doc, freq);
                if (score > heap.Threshold)
                {
                    _scope.Offer(doc, score);
                }
            }

            return matched;
        }

        /// <summary>Gives the matcher the documents of the lead's block that count and could still win.</summary>
        /// <returns>How many they are.</returns>
        private int Sieve(int from, int to)
        {
            PostingsCursor cursor = _lead.Cursor;
            int* docs = cursor.Docs;
            int* candidates = _matcher.Docs;
            int* indexes = _matcher.Indexes;
            if (_all && _scope.Accept == null && from == cursor.Before + 1 && to == cursor.Last[cursor.Block])
            {
                cursor.DecodeDocs();
                for (int i = 0; i < cursor.Count; i++)
                {
                    candidates[i] = docs[i];
                    indexes[i] = i;
                }

                return cursor.Count;
            }

            ulong* mask = stackalloc ulong[2];
            _lead.Sieve(_all ? 0 : _matcher.Needed(_scope.Heap.Threshold) / TermList.Slack, mask);
            int count = 0;
            for (int word = 0; word < 2; word++)
            {
                for (ulong left = mask[word]; left != 0; left &= left - 1)
                {
                    int index = (word << 6) + BitOperations.TrailingZeroCount(left);
                    int doc = docs[index];
                    candidates[count] = doc;
                    indexes[count] = index;
                    count += doc >= from && doc <= to && _scope.Accepts(doc) ? 1 : 0;
                }
            }

            return count;
        }
    }
}
