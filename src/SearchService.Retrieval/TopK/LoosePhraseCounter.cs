namespace SearchService.Retrieval.TopK;

/// <summary>
/// Counts a loose phrase in one document as stock Lucene does, see <see cref="LoosePhrase"/>: step for step where words are repeated, since what is then
/// counted depends on the steps. One thread.
/// </summary>
internal sealed unsafe class LoosePhraseCounter
{
    private int[] _places = [];
    private int[][] _groups = [];
    private int _slop;
    private int _terms;
    private int[] _starts = [];
    private int[] _next = [];
    private int[] _ends = [];
    private int[] _group = [];
    private int[] _rank = [];
    private int[] _heap = [];
    private int[] _aside = [];
    private bool[] _moved = [];
    private int _queued;
    private int _latest;

    /// <summary>Where each term's starts in the document begin.</summary>
    public int[] Begins { get; private set; } = [];

    /// <summary>Where they end.</summary>
    public int[] Ends => _ends;

    /// <summary>Begins with a phrase.</summary>
    public void Open(LoosePhrase phrase)
    {
        _places = phrase.Places;
        _slop = phrase.Slop;
        _terms = _places.Length;
        if (_starts.Length < _terms)
        {
            (Begins, _starts, _next, _ends) = (new int[_terms], new int[_terms], new int[_terms], new int[_terms]);
            (_group, _rank, _heap, _aside, _moved) = (new int[_terms], new int[_terms], new int[_terms + 1], new int[_terms], new bool[_terms]);
        }

        SetGroups(phrase.Groups);
    }

    /// <summary>Sets the terms that must not hold the same position, each group by their places.</summary>
    public void SetGroups(int[][] groups)
    {
        _groups = groups;
        _group.AsSpan().Fill(-1);
        for (int g = 0; g < groups.Length; g++)
        {
            for (int i = 0; i < groups[g].Length; i++)
            {
                _group[groups[g][i]] = g;
                _rank[groups[g][i]] = i;
            }
        }
    }

    /// <summary>Counts a phrase of different terms.</summary>
    /// <param name="starts">As for <see cref="Count"/>.</param>
    /// <param name="all">Whether to count all matches, not only the first.</param>
    public float CountDifferent(int* starts, bool all)
    {
        _latest = int.MinValue;
        for (int i = 0; i < _terms; i++)
        {
            _next[i] = Begins[i];
            _starts[i] = starts[Begins[i]];
            _latest = Math.Max(_latest, _starts[i]);
        }

        float sum = 0;
        while (true)
        {
            int earliest = 0;
            int passed = int.MaxValue;
            for (int i = 1; i < _terms; i++)
            {
                bool before = IsQueuedBefore(i, earliest);
                passed = Math.Min(passed, _starts[before ? earliest : i]);
                earliest = before ? i : earliest;
            }

            int* next = starts + _next[earliest];
            int* end = starts + _ends[earliest];
            do
            {
                next++;
            }
            while (next < end && *next <= passed);
            sum += Share(_latest - next[-1]);
            if (next == end || (sum > 0 && !all))
            {
                return sum;
            }

            _next[earliest] = (int)(next - starts);
            _starts[earliest] = *next;
            _latest = Math.Max(_latest, *next);
        }
    }

    /// <summary>Counts the phrase.</summary>
    /// <param name="starts">The terms' starts, each term's from <see cref="Begins"/> to <see cref="Ends"/>; none is empty.</param>
    /// <param name="origin">The term that is queued first.</param>
    public float Count(int* starts, int origin)
    {
        if (!Place(starts))
        {
            return 0;
        }

        _latest = int.MinValue;
        _queued = 0;
        for (int i = 0; i < _terms; i++)
        {
            int term = (origin + i) % _terms;
            _latest = Math.Max(_latest, _starts[term]);
            Push(term);
        }

        float sum = 0;
        int earliest = Pop();
        int passed = _starts[_heap[1]];
        int spread = _latest - _starts[earliest];
        while (Move(starts, earliest) && Separate(starts, earliest))
        {
            if (_starts[earliest] > passed)
            {
                sum += Share(spread);
                Push(earliest);
                earliest = Pop();
                passed = _starts[_heap[1]];
                spread = _latest - _starts[earliest];
            }
            else
            {
                spread = Math.Min(spread, _latest - _starts[earliest]);
            }
        }

        return sum + Share(spread);
    }

    private float Share(int spread) => spread <= _slop ? 1f / (spread + 1) : 0;

    /// <summary>Gives each term its first start, and the equal ones behind the first each a later one; false where there are not so many.</summary>
    private bool Place(int* starts)
    {
        for (int i = 0; i < _terms; i++)
        {
            _next[i] = Begins[i] + 1;
            _starts[i] = starts[Begins[i]];
        }

        foreach (int[] group in _groups)
        {
            for (int i = 1; i < group.Length; i++)
            {
                _next[group[i]] += i;
                if (_next[group[i]] > _ends[group[i]])
                {
                    return false;
                }

                _starts[group[i]] = starts[_next[group[i]] - 1];
            }
        }

        return true;
    }

    private bool Move(int* starts, int term)
    {
        if (_next[term] == _ends[term])
        {
            return false;
        }

        _starts[term] = starts[_next[term]++];
        _latest = Math.Max(_latest, _starts[term]);
        return true;
    }

    /// <summary>Moves terms of the group on until none holds the position of another; false where one has no more starts.</summary>
    private bool Separate(int* starts, int term)
    {
        if (_group[term] < 0)
        {
            return true;
        }

        int[] group = _groups[_group[term]];
        int own = _rank[term];
        int moved = 0;
        for (int other; (other = Colliding(group, term)) >= 0;)
        {
            term = Before(term, group[other]) ? term : group[other];
            if (!Move(starts, term))
            {
                _moved.AsSpan().Clear();
                return false;
            }

            if (other != own && !_moved[other])
            {
                _moved[other] = true;
                moved++;
            }
        }

        Requeue(moved);
        return true;
    }

    /// <summary>
    /// Takes terms off the queue until all that were moved are, and puts them back. As in Lucene a term of another group is taken for the one of the same rank.
    /// </summary>
    private void Requeue(int moved)
    {
        int aside = 0;
        while (moved > 0)
        {
            int term = Pop();
            _aside[aside++] = term;
            if (_group[term] >= 0 && _moved[_rank[term]])
            {
                _moved[_rank[term]] = false;
                moved--;
            }
        }

        while (aside > 0)
        {
            Push(_aside[--aside]);
        }
    }

    /// <summary>The rank of a term of the group that holds the same position; -1 where none does.</summary>
    private int Colliding(int[] group, int term)
    {
        int position = _starts[term] + _places[term];
        for (int i = 0; i < group.Length; i++)
        {
            if (group[i] != term && _starts[group[i]] + _places[group[i]] == position)
            {
                return i;
            }
        }

        return -1;
    }

    private bool Before(int a, int b) => _starts[a] < _starts[b] || (_starts[a] == _starts[b] && _places[a] < _places[b]);

    private bool IsQueuedBefore(int a, int b) => _starts[a] != _starts[b] || _places[a] != _places[b] ? Before(a, b) : a < b;

    // a binary heap whose root is at 1: where a term in it moved, what comes off depends on how it is kept
    private void Push(int term)
    {
        int at = ++_queued;
        for (; at > 1 && IsQueuedBefore(term, _heap[at >> 1]); at >>= 1)
        {
            _heap[at] = _heap[at >> 1];
        }

        _heap[at] = term;
    }

    private int Pop()
    {
        int top = _heap[1];
        int term = _heap[_queued--];
        int at = 1;
        for (int child = 2; child <= _queued; child = 2 * at)
        {
            child += child < _queued && IsQueuedBefore(_heap[child + 1], _heap[child]) ? 1 : 0;
            if (!IsQueuedBefore(_heap[child], term))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = term;
        return top;
    }
}
