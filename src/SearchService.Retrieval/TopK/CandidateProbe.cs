using System.Numerics;
using System.Runtime.CompilerServices;
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
    [SkipLocalsInit]
    public static int Any(in SegmentScope scope, TermList list, int count, float needed)
    {
        int* places = stackalloc int[PostingsCursor.MostLookups + 16];
        int* freqs = stackalloc int[PostingsCursor.MostLookups + 16];
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        PostingsCursor cursor = list.Cursor;
        int kept = 0;
        for (int i = 0; i < count;)
        {
            if (!cursor.Seek(docs[i]))
            {
                kept = Keep(docs, scores, ref i, count, int.MaxValue, needed, kept);
                break;
            }

            // a block begins behind the first of its possible documents only where the cursor stood there already
            kept = Keep(docs, scores, ref i, count, cursor.Before, needed, kept);
            int start = kept;
            int end = Math.Min(count, i + PostingsCursor.MostLookups);
            kept = Keep(docs, scores, ref i, end, cursor.Last[cursor.Block], needed - list.Bound(cursor.Block), kept);
            if (kept > start)
            {
                int found = cursor.MembersOf(docs + start, kept - start, places, freqs);
                for (int f = 0; f < found; f++)
                {
                    int place = start + places[f];
                    scores[place] += list.Score(docs[place], freqs[f]);
                }
            }
        }

        return Better(docs, scores, kept, needed);
    }

    /// <summary>As <see cref="Any"/>, for few candidates in a long list, nearly each in a block of its own: all blocks are asked for before the first is looked at.</summary>
    /// <param name="required">Whether candidates that the list does not have are dropped.</param>
    public static int Few(in SegmentScope scope, TermList list, int count, float needed, bool required)
    {
        int* docs = scope.Context.Docs;
        double* scores = scope.Context.Scores;
        int* blocks = scope.Context.Rows(count);
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

    private static int Better(int* docs, double* scores, int count, float needed)
    {
        int kept = 0;
        int i = 0;
        if (Avx512F.VL.IsSupported)
        {
            Vector512<double> least = Vector512.Create((double)needed);
            for (; i <= count - 8; i += 8)
            {
                Vector512<double> score = Vector512.Load(scores + i);
                Vector512<double> chosen = Vector512.GreaterThan(score, least);
                Avx512F.VL.Compress(Vector256<int>.Zero, Avx512F.ConvertToVector256Int32(chosen.AsInt64()), Vector256.Load(docs + i)).Store(docs + kept);
                Avx512F.Compress(Vector512<double>.Zero, chosen, score).Store(scores + kept);
                kept += BitOperations.PopCount(chosen.ExtractMostSignificantBits());
            }
        }

        for (; i < count; i++)
        {
            double score = scores[i];
            docs[kept] = docs[i];
            scores[kept] = score;
            kept += score > needed ? 1 : 0;
        }

        return kept;
    }
}
