namespace SearchService.Retrieval.TopK;

/// <summary>
/// What stock Lucene's loose phrase has from the documents before: where several words are repeated, how it counts depends on it. In the first document with
/// all terms it takes for equal what is repeated and first stands at the same position there. The terms take turns in looking for the next document, and the
/// one whose turn it is is queued first. One thread.
/// </summary>
/// <param name="terms">The terms' postings in a segment, in the phrase's order, for this alone.</param>
/// <param name="within">The positions that count; null for all.</param>
internal sealed unsafe class PhraseLeapfrog(LoosePhrase phrase, TermList[] terms, PositionRange? within, SegmentView segment, SearchContext context)
{
    private readonly TermIterator[] _terms = Array.ConvertAll(terms, t => new TermIterator(t));
    private int _turn;
    private int _furthest;
    private int _doc = -1;

    /// <summary>Terms that are taken for equal, each group by their places; null before the first document.</summary>
    public int[][]? Groups { get; private set; }

    /// <summary>Whose turn it is in a document with all terms, which is not before that of the last call. Meaningless where the search is to stop.</summary>
    public int TurnIn(int doc)
    {
        while (_doc < doc && Next())
        {
            Groups ??= FindGroups();
        }

        return _turn;
    }

    /// <summary>Moves to the next document with all terms.</summary>
    private bool Next()
    {
        if (!Leap(_doc + 1))
        {
            return false;
        }

        while (_terms[_turn].Doc < _furthest)
        {
            if (!Leap(_furthest))
            {
                return false;
            }
        }

        _doc = _furthest;
        return true;
    }

    private bool Leap(int target)
    {
        TermIterator term = _terms[_turn];
        do
        {
            _furthest = term.Advance(target);
            target = _furthest + 1;
            if (_furthest == DocIterator.End || context.StopNow())
            {
                return false;
            }
        }
        while (!IsLive(_furthest) || FirstPosition(_turn) < 0);
        _turn = (_turn + 1) % _terms.Length;
        return true;
    }

    private bool IsLive(int doc) => segment.Live == null || (segment.Live[doc >> 6] >> (doc & 63) & 1) != 0;

    /// <summary>A term's first position that counts in its current document; -1 where there is none.</summary>
    private int FirstPosition(int term)
    {
        Postings.PackedPositions positions = terms[term].Cursor.OpenPositions().At(_terms[term].Index);
        for (int i = 0; i < positions.Count; i++)
        {
            int position = positions[i];
            if (within is not { } range || (position >= range.From && position < range.To))
            {
                return position;
            }
        }

        return -1;
    }

    private int[][] FindGroups()
    {
        int[] repeated = [.. Enumerable.Range(_turn, terms.Length).Select(i => i % terms.Length).Where(i => phrase.Words.Count(w => w == phrase.Words[i]) > 1)];
        List<int[]> groups = [];
        HashSet<int> grouped = [];
        for (int i = 0; i < repeated.Length; i++)
        {
            int first = repeated[i];
            int[] others =
            [
                .. repeated.Skip(i + 1).Where(o => !grouped.Contains(o) && phrase.Places[o] != phrase.Places[first] && FirstPosition(o) == FirstPosition(first)),
            ];
            if (others.Length == 0 || !grouped.Add(first))
            {
                continue;
            }

            // an unstable sort, as Lucene's is: two terms can have one place
            int[] group = [first, .. others];
            Array.Sort(group, Comparer<int>.Create((a, b) => phrase.Places[a].CompareTo(phrase.Places[b])));
            grouped.UnionWith(others);
            groups.Add(group);
        }

        return [.. groups];
    }
}
