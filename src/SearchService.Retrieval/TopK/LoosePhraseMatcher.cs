using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Finds terms within some moves of their places: first the documents that have all of them often enough, then, one document after the other, where they stand.
/// </summary>
internal sealed unsafe class LoosePhraseMatcher : PhraseMatcher
{
    private const int Columns = 11;

    // with so many documents found, unpacking all frequencies is cheaper than one by one
    private const int ManyFreqs = 4;

    // what is written behind the last position of a term
    private const int PositionRoom = 16;

    private readonly LoosePhraseCounter _counter = new();
    private readonly int[] _room = GC.AllocateUninitializedArray<int>(Columns * Column, pinned: true);
    private readonly int* _indexes;
    private readonly int* _otherIndexes;
    private readonly int* _begins;
    private readonly int* _otherBegins;
    private readonly int* _freqs;
    private readonly int* _otherFreqs;
    private readonly int* _leastFreqs;
    private readonly bool[] _wins = new bool[Column];
    private int* _nextDocs;
    private int* _rows;
    private int* _nextRows;

    // by list and row, which is the candidate's number at first: where the list has the candidate
    private int[] _blocks = [];
    private int[] _places = [];
    private readonly float[] _freqSums = new float[Column];
    private int[] _starts = GC.AllocateUninitializedArray<int>(1024, pinned: true);
    private LoosePhrase? _phrase;
    private PhraseLeapfrog? _leapfrog;
    private PositionRange? _within;
    private int[] _order = [];
    private float _threshold;
    private int _leastFreq;
    private bool _all;

    public LoosePhraseMatcher()
    {
        // pinned for good: the addresses stay
        fixed (int* start = _room)
        {
            Docs = start;
            _nextDocs = start + Column;
            _rows = start + (2 * Column);
            _nextRows = start + (3 * Column);
            _indexes = start + (4 * Column);
            _leastFreqs = start + (5 * Column);
            _otherIndexes = start + (6 * Column);
            _begins = start + (7 * Column);
            _otherBegins = start + (8 * Column);
            _freqs = start + (9 * Column);
            _otherFreqs = start + (10 * Column);
        }
    }

    private bool AreDifferent => _phrase!.Groups.Length == 0 && _leapfrog is null;

    /// <summary>Begins with a phrase in a segment.</summary>
    /// <param name="lists">As <see cref="PhraseMatcher.Lists"/>.</param>
    /// <param name="order">Which term of the phrase each list is.</param>
    /// <param name="within">Counted places of the terms; null for all.</param>
    /// <param name="leapfrog">Where the phrase needs it.</param>
    public void Open(LoosePhrase phrase, TermList[] lists, int[] order, PositionRange? within, PhraseLeapfrog? leapfrog)
    {
        // Lucene asks the phrase's first term
        Begin(lists, lists[Array.IndexOf(order, 0)].Cursor.DocFreq);
        (_phrase, _order, _within, _leapfrog) = (phrase, order, within, leapfrog);
        _counter.Open(phrase);
        if (_blocks.Length < lists.Length * Column)
        {
            (_blocks, _places) = (new int[lists.Length * Column], new int[lists.Length * Column]);
        }
    }

    public override float Needed(float score) => _phrase!.Needed(score, Lists[0].Weight);

    public override float Most(float least) => _phrase!.MostScore(least, Lists[0].Weight);

    public override int Match(int count, float threshold, bool all)
    {
        PostingsCursor lead = Lists[0].Cursor;
        _threshold = threshold;
        _all = all;
        _leastFreq = lead.Block < lead.Blocks ? Lists[0].LeastFreq(lead.Block, threshold) : 0;
        if (float.IsFinite(threshold))
        {
            lead.DecodeFreqs();
        }

        for (int i = 0; i < count; i++)
        {
            _rows[i] = i;
            _blocks[i] = lead.Block;
            _places[i] = Indexes[i];
            if (float.IsFinite(threshold))
            {
                _leastFreqs[i] = lead.Freq(Indexes[i]);
                _freqSums[i] = _leastFreqs[i];
            }
        }

        float needed = all ? float.NegativeInfinity : Needed(threshold);
        for (int l = 1; l < Lists.Length && count > 0; l++)
        {
            count = Join(l, count, needed);
            int* docs = Docs;
            Docs = _nextDocs;
            _nextDocs = docs;
            int* rows = _rows;
            _rows = _nextRows;
            _nextRows = rows;
        }

        return count;
    }

    /// <summary>Keeps the candidates that a list has, with the last one those that have the phrase.</summary>
    private int Join(int l, int count, float needed)
    {
        TermList list = Lists[l];
        PostingsCursor cursor = list.Cursor;
        bool last = l == Lists.Length - 1;
        int kept = 0;
        for (int next = 0; next < count && cursor.Seek(Docs[next]);)
        {
            if (list.Bound(cursor.Block) <= needed)
            {
                next = Pass(cursor.Last[cursor.Block], next, count);
                continue;
            }

            int found = cursor.KeepIndexed(Docs, _rows, _indexes, ref next, count);
            if (found >= ManyFreqs)
            {
                cursor.DecodeFreqs();
            }

            int from = kept;
            for (int c = 0; c < found; c++)
            {
                int row = _rows[c];
                _blocks[(l * Column) + row] = cursor.Block;
                _places[(l * Column) + row] = _indexes[c];
                _nextDocs[kept] = Docs[c];
                _nextRows[kept] = row;
                _wins[kept] = CanWin(Docs[c], row, cursor, _indexes[c], last);
                kept += _all || _wins[kept] ? 1 : 0;
            }

            if (l == 1 && AreDifferent)
            {
                kept = KeepNear(from, kept, last);
            }
            else if (last)
            {
                kept = KeepMatches(from, kept);
            }
        }

        return kept;
    }

    /// <summary>Whether the candidate has the terms looked at so far often enough to score above the threshold.</summary>
    private bool CanWin(int doc, int row, PostingsCursor cursor, int index, bool last)
    {
        if (!float.IsFinite(_threshold))
        {
            return _threshold < 0;
        }

        int freq = cursor.Freq(index);
        int least = Math.Min(_leastFreqs[row], freq);
        _leastFreqs[row] = least;
        _freqSums[row] += freq;
        float most = last ? _phrase!.Most(least, _freqSums[row]) : _phrase!.Most(least);
        return float.IsInfinity(most) || (most >= _leastFreq && Lists[0].Score(doc, most) * TermList.Slack > _threshold);
    }

    /// <summary>Keeps those of the next candidates where the first two lists' terms stand near enough to each other: of two terms, the phrase.</summary>
    private int KeepNear(int from, int to, bool last)
    {
        for (int c = from; c < to; c++)
        {
            _indexes[c - from] = Indexes[_nextRows[c]];
            _otherIndexes[c - from] = _places[Column + _nextRows[c]];
        }

        int firstPlace = _phrase!.Places[_order[0]];
        int secondPlace = _phrase.Places[_order[1]];
        bool inOrder = firstPlace < secondPlace || (firstPlace == secondPlace && _order[0] < _order[1]);
        int* firsts = Lists[0].Cursor.OpenPositions().Decode(_indexes, to - from, -firstPlace, _begins, _freqs);
        int* seconds = Lists[1].Cursor.OpenPositions().Decode(_otherIndexes, to - from, -secondPlace, _otherBegins, _otherFreqs);
        int kept = from;
        for (int c = from; c < to; c++)
        {
            TermStarts first = Within(new TermStarts(firsts + _begins[c - from], _freqs[c - from]), firstPlace);
            TermStarts second = Within(new TermStarts(seconds + _otherBegins[c - from], _otherFreqs[c - from]), secondPlace);
            bool counts = last && _wins[c];
            float freq = 0;
            bool found = first.Count > 0 && second.Count > 0;
            if (found && counts)
            {
                freq = inOrder ? LoosePairs.Count(first, second, _phrase.Slop) : LoosePairs.Count(second, first, _phrase.Slop);
                found = freq > 0;
            }
            else if (found)
            {
                found = LoosePairs.AreNear(first, second, _phrase.Slop);
            }

            _nextDocs[kept] = _nextDocs[c];
            _nextRows[kept] = _nextRows[c];
            Freqs[kept] = freq;
            kept += found ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Keeps those of the next candidates that have the phrase.</summary>
    private int KeepMatches(int from, int to)
    {
        int kept = from;
        for (int c = from; c < to; c++)
        {
            int doc = _nextDocs[c];
            float freq = Find(doc, _nextRows[c], _wins[c]);
            _nextDocs[kept] = doc;
            Freqs[kept] = _wins[c] ? freq : 0;
            kept += freq > 0 ? 1 : 0;
        }

        return kept;
    }

    /// <summary>How often a document has the phrase; less where only whether it has it matters.</summary>
    private float Find(int doc, int row, bool counts)
    {
        int used = 0;
        for (int l = 0; l < Lists.Length; l++)
        {
            PostingsCursor cursor = Lists[l].Cursor;
            int block = _blocks[(l * Column) + row];
            if (cursor.Block != block)
            {
                // other lists may have gone on meanwhile
                cursor.Rewind();
                cursor.Block = block;
            }

            PackedPositions positions = cursor.OpenPositions().At(_places[(l * Column) + row]);
            int place = _phrase!.Places[_order[l]];
            int* starts = RoomFor(used, positions.Count);
            positions.Read(-place, starts + used);
            TermStarts counted = Within(new TermStarts(starts + used, positions.Count), place);
            if (counted.Count == 0)
            {
                return 0;
            }

            _counter.Begins[_order[l]] = (int)(counted.First - starts);
            _counter.Ends[_order[l]] = (int)(counted.First - starts) + counted.Count;
            used += positions.Count;
        }

        if (AreDifferent)
        {
            return _counter.CountDifferent(RoomFor(used, 0), counts);
        }

        int turn = 0;
        if (_leapfrog is not null)
        {
            turn = _leapfrog.TurnIn(doc);
            _counter.SetGroups(_leapfrog.Groups ?? []);
        }

        return _counter.Count(RoomFor(used, 0), turn);
    }

    /// <summary>Room for more starts behind those that are used.</summary>
    private int* RoomFor(int used, int more)
    {
        int most = used + more + PositionRoom;
        if (_starts.Length < most)
        {
            int[] larger = GC.AllocateUninitializedArray<int>(2 * most, pinned: true);
            Array.Copy(_starts, larger, used);
            _starts = larger;
        }

        fixed (int* starts = _starts)
        {
            return starts;
        }
    }

    /// <summary>Those of a term's starts whose positions count.</summary>
    private TermStarts Within(TermStarts starts, int place)
    {
        if (_within is not { } range)
        {
            return starts;
        }

        int from = 0;
        while (from < starts.Count && starts.First[from] + place < range.From)
        {
            from++;
        }

        int to = starts.Count;
        while (to > from && starts.First[to - 1] + place >= range.To)
        {
            to--;
        }

        return new TermStarts(starts.First + from, to - from);
    }
}
