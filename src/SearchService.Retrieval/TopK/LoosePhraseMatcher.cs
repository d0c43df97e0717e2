using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Finds terms within some moves of their places: first the documents that have all of them often enough, then, one document after the other, where they stand.
/// </summary>
internal sealed unsafe class LoosePhraseMatcher : PhraseMatcher
{
    private const int Columns = 6;

    // what is written behind the last position of a term
    private const int PositionRoom = 16;

    private readonly LoosePhraseCounter _counter = new();
    private readonly int[] _room = GC.AllocateUninitializedArray<int>(Columns * Column, pinned: true);
    private readonly int* _indexes;
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

            kept = last ? KeepMatches(from, kept) : kept;
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
        return float.IsInfinity(most) || Lists[0].Score(doc, most) * TermList.Slack > _threshold;
    }

    /// <summary>Keeps those of the next candidates that have the phrase.</summary>
    private int KeepMatches(int from, int to)
    {
        int kept = from;
        for (int c = from; c < to; c++)
        {
            int doc = _nextDocs[c];
            bool wins = _wins[c];
            bool found = Find(doc, _nextRows[c], wins, out float freq);
            _nextDocs[kept] = doc;
            Freqs[kept] = wins ? freq : 0;
            kept += found ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Whether a document has the phrase, and how often where that matters.</summary>
    private bool Find(int doc, int row, bool counts, out float freq)
    {
        freq = 0;
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

            int begin = used;
            used = Read(cursor.OpenPositions().At(_places[(l * Column) + row]), _phrase!.Places[_order[l]], used);
            if (begin == used)
            {
                return false;
            }

            _counter.Begins[_order[l]] = begin;
            _counter.Ends[_order[l]] = used;
            if (l == 1 && AreDifferent && !AreNear(_order[0], _order[1]))
            {
                return false;
            }
        }

        fixed (int* starts = _starts)
        {
            if (AreDifferent)
            {
                freq = Lists.Length > 2 ? _counter.CountDifferent(starts, all: counts) : counts ? CountTwo() : 1;
                return freq > 0;
            }

            int turn = 0;
            if (_leapfrog is not null)
            {
                turn = _leapfrog.TurnIn(doc);
                _counter.SetGroups(_leapfrog.Groups ?? []);
            }

            freq = _counter.Count(starts, turn);
            return freq > 0;
        }
    }

    private float CountTwo()
    {
        int first = _phrase!.Places[0] <= _phrase.Places[1] ? 0 : 1;
        return LoosePhraseCounter.CountTwo(Starts(first), Starts(1 - first), _phrase.Slop);
    }

    private bool AreNear(int a, int b) => LoosePhraseCounter.AreNear(Starts(a), Starts(b), _phrase!.Slop);

    private ReadOnlySpan<int> Starts(int term) => _starts.AsSpan(_counter.Begins[term].._counter.Ends[term]);

    /// <summary>Reads a term's positions in a document, less its place in the phrase; answers their end.</summary>
    private int Read(PackedPositions positions, int place, int used)
    {
        int count = positions.Count;
        if (_starts.Length < used + count + PositionRoom)
        {
            int[] larger = GC.AllocateUninitializedArray<int>(2 * (used + count + PositionRoom), pinned: true);
            Array.Copy(_starts, larger, used);
            _starts = larger;
        }

        fixed (int* starts = _starts)
        {
            positions.Read(-place, starts + used);
            if (_within is not { } range)
            {
                return used + count;
            }

            int end = used;
            for (int i = used; i < used + count; i++)
            {
                int position = starts[i] + place;
                starts[end] = starts[i];
                end += position >= range.From && position < range.To ? 1 : 0;
            }

            return end;
        }
    }
}
