using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.TopK;

/// <summary>Two different terms of a loose phrase in one document, see <see cref="LoosePhrase"/>.</summary>
internal static unsafe class LoosePairs
{
    private const int Lanes = 16;

    // up to so many starts are compared with every one of the other term
    private const int Few = 8;

    // with more slop a comparison without a sign would not hold for every position
    private const int MostCompared = 1 << 29;

    /// <summary>Whether some start of a term is no further than the slop from one of another.</summary>
    public static bool AreNear(TermStarts one, TermStarts other, int slop)
    {
        TermStarts few = one.Count < other.Count ? one : other;
        TermStarts many = one.Count < other.Count ? other : one;
        if (few.Count > Few || slop > MostCompared)
        {
            return Count(one, other, slop) > 0;
        }

        // |a − b| ≤ s  ⇔  a − b + s, without a sign, is at most 2s
        Vector512<uint> width = Vector512.Create(2u * (uint)slop);
        Vector512<uint> found = Vector512<uint>.Zero;
        for (int i = 0; i < many.Count; i += Lanes)
        {
            Vector512<int> chunk = Vector512.Load(many.First + i) + Vector512.Create(slop);
            Vector512<uint> near = Vector512<uint>.Zero;
            for (int f = 0; f < few.Count; f++)
            {
                near |= Vector512.LessThanOrEqual((chunk - Vector512.Create(few.First[f])).AsUInt32(), width);
            }

            found |= near & Vector512.LessThan(Vector512<uint>.Indices, Vector512.Create((uint)(many.Count - i)));
        }

        return found != Vector512<uint>.Zero;
    }

    /// <summary>Counts a phrase of two different terms.</summary>
    /// <param name="first">The starts of the term that comes first where two are equal.</param>
    public static float Count(TermStarts first, TermStarts second, int slop)
    {
        bool inOrder = *first.First <= *second.First;
        int* early = inOrder ? first.First : second.First;
        int* late = inOrder ? second.First : first.First;
        int* earlyEnd = inOrder ? first.First + first.Count : second.First + second.Count;
        int* lateEnd = inOrder ? second.First + second.Count : first.First + first.Count;
        float sum = 0;
        while (true)
        {
            // the earlier term moves on until it passes the other
            int passed = *late;
            do
            {
                early++;
            }
            while (early < earlyEnd && *early <= passed);
            int spread = passed - early[-1];
            if (spread <= slop)
            {
                sum += 1f / (spread + 1);
            }

            if (early == earlyEnd)
            {
                return sum;
            }

            int* other = early;
            early = late;
            late = other;
            other = earlyEnd;
            earlyEnd = lateEnd;
            lateEnd = other;
        }
    }
}

/// <summary>A term's positions in a document less its place in the phrase, rising. Fifteen numbers behind the last can be read.</summary>
internal readonly unsafe struct TermStarts(int* first, int count)
{
    public readonly int* First = first;

    public readonly int Count = count;
}
