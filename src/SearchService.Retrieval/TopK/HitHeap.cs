using System.Numerics;
using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.TopK;

/// <summary>The best hits so far and the score that a further one must beat: a document with a higher number does so only with a higher score.</summary>
internal sealed class HitHeap
{
    // as many as two vectors hold
    private const int FewHits = 16;

    private const int LeastRoom = 16;

    // room for more is let go of again
    private const int MostKept = 1 << 16;

    private float[] _scores = new float[LeastRoom];
    private int[] _docs = new int[LeastRoom];
    private int _wanted;
    private float _floor;

    // only hits behind this one count
    private float _afterScore;
    private int _afterDoc;

    /// <summary>Hits held.</summary>
    public int Count { get; private set; }

    /// <summary>A score must be above this to count. Rises as hits come in.</summary>
    public float Threshold { get; private set; }

    /// <summary>
    /// Whether documents come in any order, and again: then one as good as the worst hit still wins if its number is lower, and one that is held does not count.
    /// </summary>
    public bool InAnyOrder
    {
        get;
        set
        {
            field = value;
            SetThreshold();
        }
    }

    /// <summary>Whether a search goes on behind a given hit.</summary>
    public bool Continues => _afterDoc >= 0;

    public int Wanted => _wanted;

    public void Reset(int wanted, Hit? after)
    {
        if (_scores.Length > MostKept)
        {
            _scores = new float[LeastRoom];
            _docs = new int[LeastRoom];
        }

        _wanted = wanted;
        Count = 0;
        _floor = float.NegativeInfinity;
        InAnyOrder = false;
        Threshold = wanted == 0 ? float.PositiveInfinity : float.NegativeInfinity;
        _afterScore = after?.Score ?? float.PositiveInfinity;
        _afterDoc = after?.Doc ?? -1;
    }

    /// <summary>Raises the threshold to just under a score that is known to be reached by as many hits as are wanted.</summary>
    public void Prime(float score)
    {
        // rounding in the bound must not cut off what it bounds
        float floor = MathF.BitDecrement(score * 0.999999f);
        if (score > 0 && floor > _floor)
        {
            _floor = floor;
            Threshold = Math.Max(Threshold, floor);
        }
    }

    /// <summary>Takes a hit whose score is above <see cref="Threshold"/>.</summary>
    public void Offer(int doc, float score)
    {
        if (_afterDoc >= 0 && (score > _afterScore || (score == _afterScore && doc <= _afterDoc)))
        {
            return;
        }

        if (InAnyOrder && _docs.AsSpan(0, Count).Contains(doc))
        {
            return;
        }

        if (Count < _wanted)
        {
            if (Count == _scores.Length)
            {
                Array.Resize(ref _scores, Count * 2);
                Array.Resize(ref _docs, Count * 2);
            }

            Up(Count++, doc, score);
            SetThreshold();
        }
        else if (Worse(_scores[0], _docs[0], score, doc))
        {
            Down(doc, score);
            SetThreshold();
        }
    }

    /// <summary>The hits, best first; the heap is empty afterwards.</summary>
    public Hit[] Take()
    {
        Hit[] hits = new Hit[Count];
        if (Count <= FewHits)
        {
            TakeFew(hits);
            return hits;
        }

        while (Count > 0)
        {
            Hit worst = new(_docs[0], _scores[0]);
            Count--;
            if (Count > 0)
            {
                Down(_docs[Count], _scores[Count]);
            }

            hits[Count] = worst;
        }

        return hits;
    }

    private void SetThreshold()
    {
        if (Count == _wanted && Count > 0)
        {
            Threshold = Math.Max(_floor, InAnyOrder ? MathF.BitDecrement(_scores[0]) : _scores[0]);
        }
    }

    /// <summary>Every hit goes where the number of better ones says.</summary>
    private void TakeFew(Hit[] hits)
    {
        Span<ulong> keys = stackalloc ulong[FewHits];
        keys.Clear();
        for (int i = 0; i < hits.Length; i++)
        {
            // floats in the order of their bits, then the lower document first
            int bits = BitConverter.SingleToInt32Bits(_scores[i]);
            keys[i] = ((ulong)(uint)(bits ^ ((bits >> 31) | int.MinValue)) << 32) | ~(uint)_docs[i];
        }

        Vector512<ulong> first = Vector512.Create<ulong>(keys);
        Vector512<ulong> second = Vector512.Create<ulong>(keys[8..]);
        for (int i = 0; i < hits.Length; i++)
        {
            Vector512<ulong> own = Vector512.Create(keys[i]);
            ulong better = Vector512.GreaterThan(first, own).ExtractMostSignificantBits() | (Vector512.GreaterThan(second, own).ExtractMostSignificantBits() << 8);
            hits[BitOperations.PopCount(better)] = new Hit(_docs[i], _scores[i]);
        }

        Count = 0;
    }

    private static bool Worse(float score, int doc, float otherScore, int otherDoc) =>
        score < otherScore || (score == otherScore && doc > otherDoc);

    private void Up(int at, int doc, float score)
    {
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (!Worse(score, doc, _scores[parent], _docs[parent]))
            {
                break;
            }

            _scores[at] = _scores[parent];
            _docs[at] = _docs[parent];
            at = parent;
        }

        _scores[at] = score;
        _docs[at] = doc;
    }

    private void Down(int doc, float score)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Worse(_scores[child + 1], _docs[child + 1], _scores[child], _docs[child]))
            {
                child++;
            }

            if (!Worse(_scores[child], _docs[child], score, doc))
            {
                break;
            }

            _scores[at] = _scores[child];
            _docs[at] = _docs[child];
            at = child;
        }

        _scores[at] = score;
        _docs[at] = doc;
    }
}
