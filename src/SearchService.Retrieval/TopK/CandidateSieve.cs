using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Takes the documents that can still win out of a block of the list that leads.</summary>
internal static unsafe class CandidateSieve
{
    /// <summary>Makes those documents of the list's current block candidates, with their scores, that count and score more than <paramref name="needed"/>.</summary>
    /// <param name="from">First document that counts.</param>
    /// <param name="to">Last document that counts.</param>
    /// <returns>How many there are.</returns>
    public static int Fill(in SegmentScope scope, TermList lead, int from, int to, float needed)
    {
        int count = Avx512F.VL.IsSupported ? Fill512(scope.Context, lead, from, to, needed) : FillEach(scope.Context, lead, from, to, needed);
        return scope.KeepAccepted(scope.Context.Docs, scope.Context.Scores, count);
    }

    private static int FillEach(SearchContext context, TermList lead, int from, int to, float needed)
    {
        PostingsCursor cursor = lead.Cursor;
        int* docs = context.Docs;
        double* scores = context.Scores;
        ulong* mask = stackalloc ulong[2];
        lead.Sieve(needed, mask);
        int kept = 0;
        for (int word = 0; word < 2; word++)
        {
            for (ulong left = mask[word]; left != 0; left &= left - 1)
            {
                int index = (word << 6) + BitOperations.TrailingZeroCount(left);
                int doc = cursor.Docs[index];
                if (doc >= from && doc <= to)
                {
                    docs[kept] = doc;
                    scores[kept] = lead.Weight == 0 ? 0 : lead.Score(doc, cursor.Freqs[index]);
                    kept++;
                }
            }
        }

        return kept;
    }

    [SkipLocalsInit]
    private static int Fill512(SearchContext context, TermList lead, int from, int to, float needed)
    {
        PostingsCursor cursor = lead.Cursor;
        if (lead.Weight == 0 || !(needed > 0) || lead.NormMask == 0)
        {
            cursor.DecodeFreqs();
            cursor.DecodeDocs();
            return Score(lead, cursor.Docs, cursor.Freqs, cursor.Count, from, to, lead.Weight == 0 ? -1 : needed, context.Docs, context.Scores);
        }

        if (needed >= lead.Weight)
        {
            return 0;
        }

        int* docs = stackalloc int[BlockUnpack.BlockSize + 16];
        int* freqs = stackalloc int[BlockUnpack.BlockSize + 16];
        int* norms = stackalloc int[BlockUnpack.BlockSize + 16];
        Vector512<int> limits = lead.NormLimits(needed);
        int count = Frequent(cursor, limits, lead.Floor, docs, freqs);
        byte* bytes = lead.NormBytes;
        for (int i = 0; i < count; i++)
        {
            norms[i] = bytes[docs[i]];
        }

        Vector512<int> one = Vector512<int>.One;
        int kept = 0;
        for (int i = 0; i < count; i += 16)
        {
            Vector512<int> freq = Vector512.Load(freqs + i);
            Vector512<int> limit = Avx512F.PermuteVar16x32(limits, Vector512.Min(freq, Vector512.Create(16)) - one);
            Vector512<int> chosen = Vector512.LessThanOrEqual(Vector512.Load(norms + i), limit);
            if (count - i < 16)
            {
                chosen &= Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count - i));
            }

            Avx512F.Compress(Vector512<int>.Zero, chosen, Vector512.Load(docs + i)).Store(docs + kept);
            Avx512F.Compress(Vector512<int>.Zero, chosen, freq).Store(freqs + kept);
            kept += BitOperations.PopCount(chosen.ExtractMostSignificantBits());
        }

        return Score(lead, docs, freqs, kept, from, to, needed, context.Docs, context.Scores);
    }

    /// <summary>The documents that would score enough if they were as short as the block's shortest.</summary>
    private static int Frequent(PostingsCursor cursor, Vector512<int> limits, int floor, int* someDocs, int* someFreqs)
    {
        cursor.DecodeFreqs();
        int* freqs = cursor.Freqs;
        Vector512<int> floors = Vector512.Create(floor);
        Vector512<int> one = Vector512<int>.One;
        int end = cursor.Count;
        int kept = 0;
        bool decoded = false;
        for (int i = 0; i < end; i += 16)
        {
            Vector512<int> freq = Vector512.Load(freqs + i);
            Vector512<int> limit = Avx512F.PermuteVar16x32(limits, Vector512.Min(freq, Vector512.Create(16)) - one);
            Vector512<int> chosen = Vector512.GreaterThanOrEqual(limit, floors);
            if (end - i < 16)
            {
                chosen &= Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(end - i));
            }

            uint bits = (uint)chosen.ExtractMostSignificantBits();
            if (bits == 0)
            {
                continue;
            }

            if (!decoded)
            {
                cursor.DecodeDocs();
                decoded = true;
            }

            Avx512F.Compress(Vector512<int>.Zero, chosen, Vector512.Load(cursor.Docs + i)).Store(someDocs + kept);
            Avx512F.Compress(Vector512<int>.Zero, chosen, freq).Store(someFreqs + kept);
            kept += BitOperations.PopCount(bits);
        }

        return kept;
    }

    private static int Score(TermList list, int* docs, int* freqs, int count, int from, int to, float needed, int* targetDocs, double* targetScores)
    {
        Vector256<float> weight = Vector256.Create(list.Weight);
        Vector256<float> least = Vector256.Create(needed);
        Vector256<int> lowByte = Vector256.Create(0xFF & list.NormMask);
        Vector256<int> normMask = Vector256.Create(list.NormMask);
        Vector256<int> first = Vector256.Create(from);
        Vector256<int> end = Vector256.Create(to);
        int kept = 0;
        for (int i = 0; i < count; i += 8)
        {
            Vector256<int> doc = Vector256.Load(docs + i);
            Vector256<int> counts = Vector256.GreaterThanOrEqual(doc, first) & Vector256.LessThanOrEqual(doc, end);
            counts &= Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - i));

            // what does not count may be any number
            Vector256<int> norm = Avx2.GatherVector256((int*)list.NormBytes, doc & counts & normMask, 1) & lowByte;
            Vector256<float> length = Avx2.GatherVector256(list.Norms, norm, 4);
            Vector256<float> freq = Vector256.ConvertToSingle(Vector256.Load(freqs + i));
            Vector256<float> score = weight * freq / (freq + length);
            Vector256<int> chosen = Vector256.GreaterThan(score, least).AsInt32() & counts;
            uint bits = chosen.ExtractMostSignificantBits();
            Avx512F.VL.Compress(Vector256<int>.Zero, chosen, doc).Store(targetDocs + kept);
            Avx512F.ConvertToVector512Double(Avx512F.VL.Compress(Vector256<float>.Zero, chosen.AsSingle(), score)).Store(targetScores + kept);
            kept += BitOperations.PopCount(bits);
        }

        return kept;
    }
}
