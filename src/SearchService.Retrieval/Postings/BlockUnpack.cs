using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Unpacks blocks of 128 values that <see cref="BitPacking"/> wrote, by the widest instructions the processor has. All variants give the
/// same values; the tests hold them against <see cref="ScalarUnpack"/>.
/// </summary>
/// <remarks>
/// Every method reads up to <see cref="BitPacking.ReadAhead"/> bytes behind the packed ones and writes up to 15 integers behind the last value. Widths are
/// 0 to 25, or 32. The choice is a constant to the just-in-time compiler, so it costs nothing.
/// </remarks>
internal static unsafe class BlockUnpack
{
    public const int BlockSize = 128;

    /// <summary>Up to this width the sum of 128 gaps stays in the range of an int.</summary>
    public const int SafeGapWidth = 23;

    /// <summary>Which variant runs here.</summary>
    public static string Variant =>
        Avx512Vbmi.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : Vector128.IsHardwareAccelerated ? "vector128" : "scalar";

    /// <summary><paramref name="count"/> (at most 128) rising document numbers from gaps less one: target[i] = previous + Σ(gap + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaps(byte* packed, int width, int count, int previous, int* target)
    {
        if (width > BitPacking.MaxPackedWidth)
        {
            ScalarUnpack.Gaps(packed, width, count, previous, target);
        }
        else if (Avx512Vbmi.IsSupported)
        {
            Avx512Unpack.Gaps(packed, width, count, previous, target);
        }
        else if (Avx2.IsSupported)
        {
            Avx2Unpack.Gaps(packed, width, count, previous, target);
        }
        else if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            Vector128Unpack.Gaps(packed, width, count, previous, target);
        }
        else
        {
            ScalarUnpack.Gaps(packed, width, count, previous, target);
        }
    }

    /// <summary><paramref name="count"/> (at most 128) values, each plus <paramref name="add"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Values(byte* packed, int width, int count, int add, int* target)
    {
        if (width > BitPacking.MaxPackedWidth)
        {
            ScalarUnpack.Values(packed, width, count, add, target);
        }
        else if (Avx512Vbmi.IsSupported)
        {
            Avx512Unpack.Values(packed, width, count, add, target);
        }
        else if (Avx2.IsSupported)
        {
            Avx2Unpack.Values(packed, width, count, add, target);
        }
        else if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            Vector128Unpack.Values(packed, width, count, add, target);
        }
        else
        {
            ScalarUnpack.Values(packed, width, count, add, target);
        }
    }

    /// <summary>Document numbers of a bitset: bit i stands for <paramref name="first"/> + i. Writes at most 128 numbers and some garbage behind (room
    /// for 16).</summary>
    /// <returns>How many numbers the bitset holds, at most 128.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(ulong* words, int wordCount, int first, int* target) =>
        Avx512F.IsSupported ? Avx512Unpack.Bits(words, wordCount, first, target) : ScalarUnpack.Bits(words, wordCount, first, target);

    /// <summary><paramref name="count"/> values from any bit offset on, each plus <paramref name="add"/>; writes up to 15 integers more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(byte* packed, long firstBit, int width, int count, int add, int* target)
    {
        if (Avx512Vbmi.IsSupported && width <= BitPacking.MaxPackedWidth)
        {
            Avx512Unpack.Run(packed, firstBit, width, count, add, target);
        }
        else
        {
            ScalarUnpack.Run(packed, firstBit, width, count, add, target);
        }
    }

    /// <summary>Running sums: target[0] = 0, target[i + 1] = target[i] + values[i]. Reads and writes up to 15 integers more.</summary>
    /// <returns>The values' bitwise or.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sums(int* values, int count, int* target) =>
        Avx512F.IsSupported ? Avx512Unpack.Sums(values, count, target) : ScalarUnpack.Sums(values, count, target);
}
