using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Compares the places where a term must stand with those where it stands, for many documents of a block at once.</summary>
/// <remarks>
/// Positions are unpacked sixteen at a time and compared with every place: a handful of compares costs less than a guess of which to compare that fails. A
/// guess is made only where a document has many of both. The scalar twins run where there is no AVX-512 and for positions of more than 25 bits.
/// </remarks>
internal static unsafe class PhrasePlaces
{
    private const int Lanes = 16;

    // places compared without a branch
    private const int Group = 4;

    // up to so many are compared with every position, more only with those near
    private const int Few = 16;

    /// <summary>Counts the places where the term stands.</summary>
    /// <param name="places">Where the term must stand, rising within a document.</param>
    /// <param name="begins">Where each document's places begin.</param>
    /// <param name="freqs">How many places each document has.</param>
    /// <param name="indexes">Each document's index in the block of <paramref name="positions"/>.</param>
    /// <param name="counts">Takes how many distinct places of each document are positions of the term.</param>
    public static void Count(int* places, int* begins, int* freqs, BlockPositions positions, int* indexes, int docs, int* counts)
    {
        if (Avx512Vbmi.IsSupported && positions.AreNarrow)
        {
            CountWide(places, begins, freqs, positions, indexes, docs, counts);
        }
        else
        {
            NarrowScalar(places, begins, freqs, positions, indexes, docs, counts, null, null, 0, 0);
        }
    }

    /// <summary>Counts the places where the term stands as <see cref="Count"/> does, and tells which they are.</summary>
    /// <param name="target">Takes the places from <paramref name="used"/> on, each once and plus <paramref name="shift"/>, and up to 15 integers more.</param>
    /// <param name="targetBegins">Takes where each document's begin.</param>
    /// <returns>The end of the places.</returns>
    public static int Narrow(
        int* places, int* begins, int* freqs, BlockPositions positions, int* indexes, int docs, int* counts, int* target, int* targetBegins, int used, int shift) =>
        Avx512Vbmi.IsSupported && positions.AreNarrow
            ? NarrowWide(places, begins, freqs, positions, indexes, docs, counts, target, targetBegins, used, shift)
            : NarrowScalar(places, begins, freqs, positions, indexes, docs, counts, target, targetBegins, used, shift);

    /// <summary>The plain twin of both; <paramref name="target"/> may be null.</summary>
    public static int NarrowScalar(
        int* places, int* begins, int* freqs, BlockPositions positions, int* indexes, int docs, int* counts, int* target, int* targetBegins, int used, int shift)
    {
        for (int c = 0; c < docs; c++)
        {
            PackedPositions packed = positions.At(indexes[c]);
            int* place = places + begins[c];
            int* end = place + freqs[c];
            int start = used;

            // a weighted token stands several times at one position
            int before = -1;
            for (int i = 0; i < packed.Count; i++)
            {
                int position = packed[i];
                while (place < end && *place < position)
                {
                    place++;
                }

                if (place < end && *place == position && position != before)
                {
                    if (target != null)
                    {
                        target[used] = position + shift;
                    }

                    used++;
                }

                before = position;
            }

            counts[c] = used - start;
            if (target != null)
            {
                targetBegins[c] = start;
            }
        }

        return used;
    }

    // own methods, so that the loops have all registers for themselves
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountWide(int* places, int* begins, int* freqs, BlockPositions positions, int* indexes, int docs, int* counts)
    {
        for (int c = 0; c < docs; c++)
        {
            PackedPositions packed = positions.At(indexes[c]);
            int* first = places + begins[c];
            int last = freqs[c] - 1;
            int left = packed.Count;
            if (last >= Few && left > Lanes)
            {
                counts[c] = NarrowMany(first, last, packed, null, 0);
                continue;
            }

            Avx512Unpack.Reader reader = new(packed);
            Vector512<int> before = Vector512.Create(int.MaxValue);
            int count = 0;
            for (; left > 0; left -= Lanes)
            {
                Vector512<int> chunk = reader.Next();
                uint common = Equal(chunk, first, 0, last);
                for (int i = Group; i <= last; i += Group)
                {
                    common |= Equal(chunk, first, i, last);
                }

                count += BitOperations.PopCount(Distinct(common, left, chunk, before));
                before = chunk;
            }

            counts[c] = count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int NarrowWide(
        int* places, int* begins, int* freqs, BlockPositions positions, int* indexes, int docs, int* counts, int* target, int* targetBegins, int used, int shift)
    {
        Vector512<int> add = Vector512.Create(shift);
        for (int c = 0; c < docs; c++)
        {
            PackedPositions packed = positions.At(indexes[c]);
            int* first = places + begins[c];
            int last = freqs[c] - 1;
            int left = packed.Count;
            targetBegins[c] = used;
            if (last >= Few && left > Lanes)
            {
                counts[c] = NarrowMany(first, last, packed, target + used, shift);
                used += counts[c];
                continue;
            }

            int start = used;
            Avx512Unpack.Reader reader = new(packed);
            Vector512<int> before = Vector512.Create(int.MaxValue);
            for (; left > 0; left -= Lanes)
            {
                Vector512<int> chunk = reader.Next();
                uint common = Equal(chunk, first, 0, last);
                for (int i = Group; i <= last; i += Group)
                {
                    common |= Equal(chunk, first, i, last);
                }

                common = Distinct(common, left, chunk, before);
                Chosen(chunk + add, common).Store(target + used);
                used += BitOperations.PopCount(common);
                before = chunk;
            }

            counts[c] = used - start;
        }

        return used;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int NarrowMany(int* first, int last, PackedPositions packed, int* target, int shift)
    {
        Avx512Unpack.Reader reader = new(packed);
        Vector512<int> before = Vector512.Create(int.MaxValue);
        Vector512<int> add = Vector512.Create(shift);
        int count = 0;
        int next = 0;
        for (int left = packed.Count; left > 0; left -= Lanes)
        {
            Vector512<int> chunk = reader.Next();
            int low = chunk[0];
            int high = left >= Lanes ? chunk[Lanes - 1] : int.MaxValue;
            while (next + Group <= last && first[next + Group - 1] < low)
            {
                next += Group;
            }

            uint common = 0;
            for (int i = next; i <= last && first[i] <= high; i += Group)
            {
                common |= Equal(chunk, first, i, last);
            }

            common = Distinct(common, left, chunk, before);
            if (target != null)
            {
                Chosen(chunk + add, common).Store(target + count);
            }

            count += BitOperations.PopCount(common);
            before = chunk;
        }

        return count;
    }

    /// <summary>Which of the chunk's values are among the next places; one compared twice, behind the last, does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(Vector512<int> chunk, int* first, int from, int last) =>
        Equal(chunk, first[from]) | Equal(chunk, first[Least(from + 1, last)]) | Equal(chunk, first[Least(from + 2, last)]) | Equal(chunk, first[Least(from + 3, last)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(Vector512<int> chunk, int place) => (uint)Vector512.Equals(chunk, Vector512.Create(place)).ExtractMostSignificantBits();

    /// <summary>Leaves out what is behind the last value, and what repeats the value before: a weighted token stands several times at one position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Distinct(uint common, int left, Vector512<int> chunk, Vector512<int> before)
    {
        uint counted = (1u << Least(left, Lanes)) - 1;
        uint repeated = (uint)Vector512.Equals(chunk, Avx512F.AlignRight32(chunk, before, Lanes - 1)).ExtractMostSignificantBits();
        return common & counted & ~repeated;
    }

    /// <summary>The chosen values, moved together to the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Chosen(Vector512<int> values, uint chosen)
    {
        Vector512<int> bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        Vector512<int> mask = ~Vector512.Equals(Vector512.Create((int)chosen) & bits, Vector512<int>.Zero);
        return Avx512F.Compress(Vector512<int>.Zero, mask, values);
    }

    /// <summary>The smaller one, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Least(int a, int b) => b + ((a - b) & ((a - b) >> 31));
}
