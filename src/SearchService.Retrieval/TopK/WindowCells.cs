using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.TopK;

/// <summary>A window's documents in cells that have one bound in common: finer than the window, much cheaper than a bound each.</summary>
internal static unsafe class WindowCells
{
    /// <summary>Documents in a cell.</summary>
    public const int Size = 512;

    /// <summary>Cells of the largest window.</summary>
    public const int Most = SearchContext.MaxWindow / Size;

    /// <summary>Finds what some lists can score together in each cell.</summary>
    /// <param name="lists">Placed by <see cref="TermList.Bound(int, int)"/> for the window.</param>
    /// <param name="bounds">Takes a bound for each cell.</param>
    public static void Bound(ReadOnlySpan<TermList> lists, int from, int to, float* bounds)
    {
        int cells = ((to - from) / Size) + 1;
        new Span<float>(bounds, cells).Clear();
        foreach (TermList list in lists)
        {
            if (list.WindowMost <= 0)
            {
                continue;
            }

            if (list.Impacts == null)
            {
                for (int c = 0; c < cells; c++)
                {
                    bounds[c] += list.WindowMost;
                }

                continue;
            }

            int* last = list.Cursor.Last;
            int blocks = list.Cursor.Blocks;
            ushort* impacts = list.Impacts;
            int block = list.Cursor.Block;
            for (int c = 0, end = from + Size - 1; c < cells && block < blocks; c++, end += Size)
            {
                int most = impacts[block];
                while (last[block] <= end && ++block < blocks)
                {
                    most = Math.Max(most, impacts[block]);
                }

                bounds[c] += most * list.Unit;
            }
        }
    }

    /// <summary>Takes the documents of a cell with a sum above <paramref name="least"/>, and clears the sums.</summary>
    /// <param name="sums">The cell's sums, up to <see cref="Size"/>; zeros behind them, up to 31, are read and written too.</param>
    /// <param name="first">The document of the first sum.</param>
    /// <param name="unit">What a step of a sum is worth.</param>
    /// <param name="docs">Takes the documents, and up to fifteen numbers more.</param>
    /// <param name="bounds">Takes what each sum is worth, and up to fifteen numbers more.</param>
    /// <returns>How many there are.</returns>
    public static int Sieve(ushort* sums, int count, ushort least, int first, float unit, int* docs, float* bounds) =>
        Avx512Vbmi2.IsSupported ? Sieve512(sums, count, least, first, unit, docs, bounds) : SieveEach(sums, count, least, first, unit, docs, bounds);

    [SkipLocalsInit]
    private static int Sieve512(ushort* sums, int count, ushort least, int first, float unit, int* docs, float* bounds)
    {
        ushort* places = stackalloc ushort[Size + 32];
        ushort* found = stackalloc ushort[Size + 32];
        Vector512<ushort> leasts = Vector512.Create(least);
        Vector512<ushort> place = Vector512<ushort>.Indices;
        Vector512<ushort> step = Vector512.Create((ushort)32);
        int kept = 0;
        for (int i = 0; i < count; i += 32)
        {
            Vector512<ushort> sum = Vector512.Load(sums + i);
            Vector512<ushort>.Zero.Store(sums + i);

            // without a branch: half of the guesses would fail
            Vector512<ushort> chosen = Vector512.GreaterThan(sum, leasts);
            Avx512Vbmi2.Compress(Vector512<ushort>.Zero, chosen, place).Store(places + kept);
            Avx512Vbmi2.Compress(Vector512<ushort>.Zero, chosen, sum).Store(found + kept);
            kept += BitOperations.PopCount(chosen.ExtractMostSignificantBits());
            place += step;
        }

        Vector512<int> firsts = Vector512.Create(first);
        Vector512<float> units = Vector512.Create(unit);
        for (int i = 0; i < kept; i += 16)
        {
            (Avx512F.ConvertToVector512Int32(Vector256.Load(places + i)) + firsts).Store(docs + i);
            (Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector256.Load(found + i))) * units).Store(bounds + i);
        }

        return kept;
    }

    /// <summary>The same without compressing stores.</summary>
    internal static int SieveEach(ushort* sums, int count, ushort least, int first, float unit, int* docs, float* bounds)
    {
        Vector512<ushort> leasts = Vector512.Create(least);
        int kept = 0;
        for (int i = 0; i < count; i += 32)
        {
            ulong found = Vector512.GreaterThan(Vector512.Load(sums + i), leasts).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                int at = i + BitOperations.TrailingZeroCount(found);
                docs[kept] = first + at;
                bounds[kept] = sums[at] * unit;
                kept++;
            }

            Vector512<ushort>.Zero.Store(sums + i);
        }

        return kept;
    }
}
