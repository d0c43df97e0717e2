using System.Diagnostics;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Everything one search needs to work in, kept for the next: cursors, windows, candidates, bits. One search at a time.
/// </summary>
internal sealed unsafe class SearchContext
{
    /// <summary>Documents a window can span.</summary>
    public const int MaxWindow = 1 << 16;

    private const int CandidateRoom = MaxWindow + 64;

    private readonly List<TermList> _lists = [];
    private readonly List<ulong[]> _bits = [];
    private readonly int[] _docs = GC.AllocateUninitializedArray<int>(CandidateRoom, pinned: true);
    private readonly double[] _scores = GC.AllocateUninitializedArray<double>(CandidateRoom, pinned: true);
    private readonly float[] _bounds = GC.AllocateUninitializedArray<float>(CandidateRoom, pinned: true);
    private readonly ushort[] _window = GC.AllocateArray<ushort>(MaxWindow + 64, pinned: true);
    private readonly ulong[] _marks = GC.AllocateArray<ulong>(MaxWindow / 64, pinned: true);
    private readonly List<ExactPhraseMatcher> _exactMatchers = [];
    private readonly List<LoosePhraseMatcher> _looseMatchers = [];
    private int[] _rows = [];
    private int[] _postingDocs = [];
    private int[] _postingFreqs = [];
    private int _listsUsed;
    private int _bitsUsed;
    private int _exactMatchersUsed;
    private int _looseMatchersUsed;
    private int _asked;
    private long _deadline;
    private CancellationToken _cancellation;

    public SearchContext()
    {
        fixed (int* docs = _docs)
        {
            Docs = docs;
        }

        fixed (double* scores = _scores)
        {
            Scores = scores;
        }

        fixed (float* bounds = _bounds)
        {
            Bounds = bounds;
        }

        fixed (ushort* window = _window)
        {
            Window = window;
        }

        fixed (ulong* marks = _marks)
        {
            Marks = marks;
        }
    }

    public HitHeap Heap { get; } = new();

    /// <summary>Candidates' documents.</summary>
    public int* Docs { get; }

    /// <summary>Candidates' scores so far.</summary>
    public double* Scores { get; }

    /// <summary>Most that the candidates can still score.</summary>
    public float* Bounds { get; }

    /// <summary>Scaled sums of scores of a window's documents; all zero between uses.</summary>
    public ushort* Window { get; }

    /// <summary>Bits of a window's documents; all zero between uses.</summary>
    public ulong* Marks { get; }

    /// <summary>Documents of a window's postings, list after list; see <see cref="ReservePostings"/>.</summary>
    public int* PostingDocs { get; private set; }

    /// <summary>Their frequencies.</summary>
    public int* PostingFreqs { get; private set; }

    /// <summary>Whether the budget ran out.</summary>
    public bool TimedOut { get; private set; }

    public void Begin(TopKRequest request, CancellationToken cancellation)
    {
        _listsUsed = 0;
        _bitsUsed = 0;
        _exactMatchersUsed = 0;
        _looseMatchersUsed = 0;
        TimedOut = false;
        _cancellation = cancellation;
        _deadline = request.Budget == Timeout.InfiniteTimeSpan ? long.MaxValue : DeadlineIn(request.Budget);
        Heap.Reset(request.Hits, request.After);
    }

    /// <summary>Asked every few blocks: whether to stop here.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public bool Stop()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_deadline != long.MaxValue && Stopwatch.GetTimestamp() > _deadline)
        {
            TimedOut = true;
        }

        return TimedOut;
    }

    /// <summary>Asked for every posting or term: looks at <see cref="Stop"/> every few thousand times.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public bool StopNow() => TimedOut || ((++_asked & 0xFFF) == 0 && Stop());

    /// <summary>A list to open; lent until <see cref="ReturnLists"/> is told an earlier mark.</summary>
    public TermList RentList()
    {
        if (_listsUsed == _lists.Count)
        {
            _lists.Add(new TermList());
        }

        return _lists[_listsUsed++];
    }

    public int MarkLists() => _listsUsed;

    public void ReturnLists(int mark) => _listsUsed = mark;

    /// <summary>Cleared bits for a segment's documents, with <see cref="Postings.PostingsCursor.SpareWords"/> words to spare; lent until <see cref="ReturnBits"/> is told an earlier mark.</summary>
    public ulong* RentBits(int maxDoc)
    {
        int words = DocSet.WordsFor(maxDoc) + Postings.PostingsCursor.SpareWords;
        if (_bitsUsed == _bits.Count)
        {
            _bits.Add([]);
        }

        if (_bits[_bitsUsed].Length < words)
        {
            _bits[_bitsUsed] = GC.AllocateArray<ulong>(words, pinned: true);
        }

        ulong[] bits = _bits[_bitsUsed++];
        bits.AsSpan(0, words).Clear();
        fixed (ulong* start = bits)
        {
            return start;
        }
    }

    /// <summary>Room for so many numbers, the same at every call.</summary>
    public int* Rows(int count)
    {
        if (_rows.Length < count)
        {
            _rows = GC.AllocateUninitializedArray<int>(count, pinned: true);
        }

        fixed (int* rows = _rows)
        {
            return rows;
        }
    }

    /// <summary>Makes room for so many <see cref="PostingDocs"/> and <see cref="PostingFreqs"/>; those that are there stay.</summary>
    public void ReservePostings(int count)
    {
        if (_postingDocs.Length < count)
        {
            _postingDocs = Grown(_postingDocs, count);
            _postingFreqs = Grown(_postingFreqs, count);
            fixed (int* docs = _postingDocs, freqs = _postingFreqs)
            {
                PostingDocs = docs;
                PostingFreqs = freqs;
            }
        }
    }

    private static int[] Grown(int[] numbers, int count)
    {
        int[] more = GC.AllocateUninitializedArray<int>(Math.Max(count, 2 * numbers.Length), pinned: true);
        numbers.CopyTo(more, 0);
        return more;
    }

    public int MarkBits() => _bitsUsed;

    public void ReturnBits(int mark) => _bitsUsed = mark;

    /// <summary>A matcher for an exact phrase, lent until the search ends.</summary>
    public ExactPhraseMatcher RentExactMatcher() => Rent(_exactMatchers, ref _exactMatchersUsed);

    /// <summary>A matcher for a loose phrase, lent until the search ends.</summary>
    public LoosePhraseMatcher RentLooseMatcher() => Rent(_looseMatchers, ref _looseMatchersUsed);

    private static T Rent<T>(List<T> matchers, ref int used)
        where T : PhraseMatcher, new()
    {
        if (used == matchers.Count)
        {
            matchers.Add(new T());
        }

        return matchers[used++];
    }

    private static long DeadlineIn(TimeSpan budget)
    {
        long now = Stopwatch.GetTimestamp();
        double ticks = budget.TotalSeconds * Stopwatch.Frequency;
        return ticks >= long.MaxValue - now ? long.MaxValue : now + (long)ticks;
    }
}
