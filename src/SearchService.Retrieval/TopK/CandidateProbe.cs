using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Looks candidates up in a further list, block by block, and drops those that cannot win any more.</summary>
internal static unsafe class CandidateProbe
{
    /// <summary>Adds what the list gives to the candidates that it has.</summary>
    /// <param name="needed">What a candidate must have more of after this list.</param>
    /// <returns>How many candidates remain.</returns>
    public static int Any(in SegmentScope scope, TermList list, int count, float needed)
    {
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* freqs = scope.Context.Freqs;
        PostingsCursor cursor = list.Cursor;
        int kept = 0;
        for (int i = 0; i < count;)
        {
            int start = kept;
            if (!cursor.Seek(docs[i]))
            {
                kept = Keep(docs, scores, ref i, count, int.MaxValue, needed, kept);
                new Span<int>(freqs + start, kept - start).Clear();
                break;
            }

            // a block begins behind the first of its possible documents only where the cursor stood there already
            kept = Keep(docs, scores, ref i, count, cursor.Before, needed, kept);
            new Span<int>(freqs + start, kept - start).Clear();
            start = kept;
            int end = Math.Min(count, i + PostingsCursor.MostLookups);
            kept = Keep(docs, scores, ref i, end, cursor.Last[cursor.Block], needed - list.Bound(cursor.Block), kept);
            if (kept > start)
            {
                cursor.FreqsOf(docs + start, kept - start, freqs + start);
            }
        }

        return Add(scope.Context, list, kept, needed);
    }

    /// <summary>As <see cref="Any"/>, for few candidates in a long list, nearly each in a block of its own: all blocks are asked for before the first is looked at.</summary>
    /// <param name="required">Whether candidates that the list does not have are dropped.</param>
    public static int Few(in SegmentScope scope, TermList list, int count, float needed, bool required)
    {
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* blocks = scope.Context.Freqs;
        PostingsCursor cursor = list.Cursor;
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int doc = docs[i];
            bool inside = cursor.Seek(doc) && doc > cursor.Before;
            double score = scores[i];
            docs[kept] = doc;
            scores[kept] = score;
            blocks[kept] = inside ? cursor.Block : -1;
            if (inside && score + list.Bound(cursor.Block) > needed)
            {
                cursor.Prefetch();
                kept++;
            }
            else if (!inside && !required && score > needed)
            {
                kept++;
            }
        }

        count = kept;
        kept = 0;
        for (int i = 0; i < count; i++)
        {
            int doc = docs[i];
            double score = scores[i];
            int index = -1;
            if (blocks[i] >= 0)
            {
                cursor.Block = blocks[i];
                index = cursor.IndexOf(doc);
            }

            if (index >= 0)
            {
                score += list.Score(doc, cursor.Freq(index));
            }
            else if (required)
            {
                continue;
            }

            docs[kept] = doc;
            scores[kept] = score;
            kept += score > needed ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Drops the candidates that the list has.</summary>
    /// <returns>How many candidates remain.</returns>
    public static int Without(in SegmentScope scope, TermList list, int count)
    {
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        PostingsCursor cursor = list.Cursor;
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int doc = docs[i];
            docs[kept] = doc;
            scores[kept] = scores[i];
            kept += cursor.Seek(doc) && doc > cursor.Before && cursor.IndexOf(doc) >= 0 ? 0 : 1;
        }

        return kept;
    }

    private static int Keep(int* docs, double* scores, ref int next, int end, int last, double least, int kept)
    {
        int i = next;
        for (; i < end && docs[i] <= last; i++)
        {
            double score = scores[i];
            docs[kept] = docs[i];
            scores[kept] = score;
            kept += score > least ? 1 : 0;
        }

        next = i;
        return kept;
    }

    private static int Add(SearchContext context, TermList list, int count, float needed)
    {
        int* docs = context.Docs;
        double* scores = context.Scores;
        int* freqs = context.Freqs;
        int kept = 0;
        int i = 0;
        if (Avx512F.VL.IsSupported)
        {
            Vector256<float> weight = Vector256.Create(list.Weight);
            Vector512<double> least = Vector512.Create((double)needed);
            Vector256<int> lowByte = Vector256.Create(0xFF & list.NormMask);
            Vector256<int> normMask = Vector256.Create(list.NormMask);
            for (; i < count; i += 8)
            {
                Vector256<int> valid = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - i));
                Vector256<int> doc = Vector256.Load(docs + i);
                Vector256<int> norm = Avx2.GatherVector256((int*)list.NormBytes, doc & valid & normMask, 1) & lowByte;
                Vector256<float> length = Avx2.GatherVector256(list.Norms, norm, 4);
                Vector256<float> freq = Vector256.ConvertToSingle(Vector256.Load(freqs + i));
                Vector512<double> score = Vector512.Load(scores + i) + Avx512F.ConvertToVector512Double(weight * freq / (freq + length));
                uint bits = (uint)Vector512.GreaterThan(score, least).ExtractMostSignificantBits() & valid.ExtractMostSignificantBits();
                Vector512<long> chosen = Vector512.GreaterThan(score, least).AsInt64() & Avx512F.ConvertToVector512Int64(valid);
                Avx512F.VL.Compress(Vector256<int>.Zero, Avx512F.ConvertToVector256Int32(chosen), doc).Store(docs + kept);
                Avx512F.Compress(Vector512<double>.Zero, chosen.AsDouble(), score).Store(scores + kept);
                kept += BitOperations.PopCount(bits);
            }

            return kept;
        }

        for (; i < count; i++)
        {
            double score = freqs[i] == 0 ? scores[i] : scores[i] + list.Score(docs[i], freqs[i]);
            docs[kept] = docs[i];
            scores[kept] = score;
            kept += score > needed ? 1 : 0;
        }

        return kept;
    }
}
