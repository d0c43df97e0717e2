using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// A window of a disjunction in which several lists lead. Their scores, rounded up to whole numbers of 16 bits, are added up document by document; what can win
/// by that is looked up in the other lists, and only what still can is scored exactly.
/// </summary>
internal readonly unsafe ref struct WindowUnion
{
    /// <summary>Lists whose scores a window can add up: each may round up by two steps of 65,535.</summary>
    public const int MostLists = 4096;

    private readonly SegmentScope _scope;
    private readonly SearchContext _context;
    private readonly Span<TermList> _lists;
    private readonly Span<float> _sums;
    private readonly int _first;
    private readonly int _from;
    private readonly int _to;

    // what a candidate must have more of, and how many steps make a score of one
    private readonly float _needed;
    private readonly float _scale;

    /// <param name="lists">At most <see cref="MostLists"/>, placed by <see cref="TermList.Bound(int, int)"/> for the window; those that lead come last.</param>
    /// <param name="sums">What the first lists can score together in the window.</param>
    /// <param name="first">The first list that leads.</param>
    public WindowUnion(in SegmentScope scope, Span<TermList> lists, Span<float> sums, int first, int from, int to)
    {
        _scope = scope;
        _context = scope.Context;
        _lists = lists;
        _sums = sums;
        _first = first;
        _from = from;
        _to = to;
        _needed = scope.Heap.Threshold / TermList.Slack;

        // a document above a list's cap may run over: ChampionEvaluator has dealt with it. Without a scale every posting counts one step, which can be any score
        float total = sums[lists.Length] * TermList.Slack * TermList.Slack;
        _scale = total is > 1e-30f and < 1e30f ? (ushort.MaxValue - (2 * lists.Length)) / total : 0;
    }

    [SkipLocalsInit]
    public void Run()
    {
        int* ends = stackalloc int[_lists.Length - _first];
        AddUp(ends);
        int count = _scope.KeepAccepted(_context.Docs, _context.Bounds, Sieve());
        new Span<double>(_context.Scores, count).Clear();
        for (int l = _first - 1; l >= 0 && count > 0; l--)
        {
            if (_lists[l].WindowMost > 0)
            {
                count = Probe(_lists[l], count, _needed - _sums[l]);
            }
        }

        if (count > 0)
        {
            ScoreLeads(count, ends);
            _scope.OfferCandidates(count);
        }
    }

    /// <summary>Adds up the leading lists' scores over the window and keeps their postings.</summary>
    /// <param name="ends">Takes where each list's postings end.</param>
    [SkipLocalsInit]
    private void AddUp(int* ends)
    {
        int* norms = stackalloc int[BlockUnpack.BlockSize + 16];
        int* steps = stackalloc int[BlockUnpack.BlockSize + 16];
        ushort* window = _context.Window - _from;
        float total = _sums[_lists.Length];
        int used = 0;
        for (int l = _first; l < _lists.Length; l++)
        {
            TermList list = _lists[l];
            PostingsCursor cursor = list.Cursor;
            byte* bytes = list.NormBytes;
            int mask = list.NormMask;
            float others = total - list.WindowMost;
            for (; cursor.Block < cursor.Blocks && cursor.Before < _to; cursor.Block++)
            {
                if (list.Bound(cursor.Block) + others > _needed)
                {
                    int count = Take(cursor, used);
                    int* docs = _context.PostingDocs + used;
                    for (int i = 0; i < count; i++)
                    {
                        norms[i] = bytes[docs[i] & mask];
                    }

                    list.ScaledScores(norms, _context.PostingFreqs + used, count, _scale, steps);
                    for (int i = 0; i < count; i++)
                    {
                        window[docs[i]] += (ushort)steps[i];
                    }

                    used += count;
                }

                if (cursor.Last[cursor.Block] > _to)
                {
                    break;
                }
            }

            ends[l - _first] = used;
        }
    }

    /// <summary>Keeps the postings of a block that are in the window.</summary>
    /// <param name="used">Postings kept so far.</param>
    /// <returns>How many there are.</returns>
    private int Take(PostingsCursor cursor, int used)
    {
        cursor.DecodeDocs();
        cursor.DecodeFreqs();
        int start = cursor.Docs[0] < _from ? Before(cursor.Docs, _from) : 0;
        int end = cursor.Last[cursor.Block] > _to ? Before(cursor.Docs, _to + 1) : cursor.Count;
        _context.ReservePostings(used + BlockUnpack.BlockSize + 16);
        int* docs = _context.PostingDocs + used - start;
        int* freqs = _context.PostingFreqs + used - start;
        for (int i = start; i < end; i += 16)
        {
            Vector512.Load(cursor.Docs + i).Store(docs + i);
            Vector512.Load(cursor.Freqs + i).Store(freqs + i);
        }

        return Math.Max(0, end - start);
    }

    /// <summary>How many of a block's documents come before one.</summary>
    private static int Before(int* docs, int doc)
    {
        int before = 0;
        Vector512<int> limit = Vector512.Create(doc);
        for (int i = 0; i < BlockUnpack.BlockSize; i += 16)
        {
            before += BitOperations.PopCount(Vector512.LessThan(Vector512.Load(docs + i), limit).ExtractMostSignificantBits());
        }

        return before;
    }

    /// <summary>Makes those documents candidates that can still win, and clears the window.</summary>
    [SkipLocalsInit]
    private int Sieve()
    {
        float* others = stackalloc float[WindowCells.Most];
        WindowCells.Bound(_lists[.._first], _from, _to, others);
        int size = _to - _from + 1;
        int kept = 0;
        for (int start = 0; start < size; start += WindowCells.Size)
        {
            float needed = (_needed - others[start / WindowCells.Size]) * _scale;
            ushort least = needed > 0 ? (ushort)Math.Min(needed, ushort.MaxValue) : (ushort)0;
            int end = Math.Min(size, start + WindowCells.Size);
            kept += WindowCells.Sieve(_context.Window + start, end - start, least, _from + start, 1 / _scale, _context.Docs + kept, _context.Bounds + kept);
        }

        return kept;
    }

    /// <summary>Looks the candidates up in a list that does not lead, and drops those that cannot win any more.</summary>
    /// <param name="needed">What a candidate must have more of after this list.</param>
    [SkipLocalsInit]
    private int Probe(TermList list, int count, float needed)
    {
        int* places = stackalloc int[PostingsCursor.MostLookups + 16];
        int* freqs = stackalloc int[PostingsCursor.MostLookups + 16];
        int* docs = _context.Docs;
        float* bounds = _context.Bounds;
        double* scores = _context.Scores;
        PostingsCursor cursor = list.Cursor;
        int i = 0;
        while (i < count && cursor.Seek(docs[i]))
        {
            // a block begins behind the first of its possible documents only where the cursor stood there already
            while (i < count && docs[i] <= cursor.Before)
            {
                i++;
            }

            int last = cursor.Last[cursor.Block];
            int end = i;
            int most = Math.Min(count, i + PostingsCursor.MostLookups);
            while (end < most && docs[end] <= last)
            {
                end++;
            }

            int found = cursor.MembersOf(docs + i, end - i, places, freqs);
            for (int f = 0; f < found; f++)
            {
                int place = i + places[f];
                float score = list.Score(docs[place], freqs[f]);
                scores[place] += score;
                bounds[place] += score * TermList.Slack;
            }

            i = end;
        }

        return Better(_context, count, needed);
    }

    /// <summary>Keeps the candidates whose bounds are above what is needed.</summary>
    private static int Better(SearchContext context, int count, float needed)
    {
        int* docs = context.Docs;
        float* bounds = context.Bounds;
        double* scores = context.Scores;
        int kept = 0;
        int i = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<float> least = Vector512.Create(needed);
            for (; i <= count - 16; i += 16)
            {
                Vector512<float> bound = Vector512.Load(bounds + i);
                Vector512<float> chosen = Vector512.GreaterThan(bound, least);
                uint bits = (uint)chosen.ExtractMostSignificantBits();
                (Vector512<long> lower, Vector512<long> upper) = Vector512.Widen(chosen.AsInt32());
                Vector512<double> lowerScores = Avx512F.Compress(Vector512<double>.Zero, lower.AsDouble(), Vector512.Load(scores + i));
                Vector512<double> upperScores = Avx512F.Compress(Vector512<double>.Zero, upper.AsDouble(), Vector512.Load(scores + i + 8));
                Avx512F.Compress(Vector512<int>.Zero, chosen.AsInt32(), Vector512.Load(docs + i)).Store(docs + kept);
                Avx512F.Compress(Vector512<float>.Zero, chosen, bound).Store(bounds + kept);
                lowerScores.Store(scores + kept);
                upperScores.Store(scores + kept + BitOperations.PopCount(bits & 0xFF));
                kept += BitOperations.PopCount(bits);
            }
        }

        for (; i < count; i++)
        {
            float bound = bounds[i];
            docs[kept] = docs[i];
            bounds[kept] = bound;
            scores[kept] = scores[i];
            kept += bound > needed ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Adds the exact scores of the leading lists.</summary>
    private void ScoreLeads(int count, int* ends)
    {
        int* docs = _context.Docs;
        double* scores = _context.Scores;
        int begin = 0;
        for (int l = _first; l < _lists.Length; l++)
        {
            TermList list = _lists[l];
            int end = ends[l - _first];
            for (int i = 0; i < count; i++)
            {
                int at = IndexOf(_context.PostingDocs + begin, end - begin, docs[i]);
                if (at >= 0)
                {
                    scores[i] += list.Score(docs[i], _context.PostingFreqs[begin + at]);
                }
            }

            begin = end;
        }
    }

    /// <summary>The place of a document among rising ones, behind which fifteen more can be read; −1 where it is not there.</summary>
    private static int IndexOf(int* docs, int count, int doc)
    {
        int low = 0;
        while (count > 16)
        {
            // without a branch: half of the guesses would fail
            int half = count >> 1;
            low += (docs[low + half - 1] - doc) >> 31 & half;
            count -= half;
        }

        ulong found = Vector512.Equals(Vector512.Load(docs + low), Vector512.Create(doc)).ExtractMostSignificantBits() & ((1UL << count) - 1);
        return found == 0 ? -1 : low + BitOperations.TrailingZeroCount(found);
    }
}
