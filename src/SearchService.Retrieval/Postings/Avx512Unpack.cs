using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Sixteen values a step: one load, a byte permutation that brings each value's four bytes into its lane, a shift per lane, a mask.
/// The permutation and the shifts depend on the width and on the bit (0 to 7) the first value begins at.
/// </summary>
internal static unsafe class Avx512Unpack
{
    private const int Widths = BitPacking.MaxPackedWidth + 1;

    // [width * 8 + first bit]
    private static readonly Vector512<byte>* Permutations = (Vector512<byte>*)NativeMemory.AlignedAlloc(Widths * 8 * 64, 64);
    private static readonly Vector512<uint>* Shifts = (Vector512<uint>*)NativeMemory.AlignedAlloc(Widths * 8 * 64, 64);

    static Avx512Unpack()
    {
        for (int table = 0; table < Widths * 8; table++)
        {
            byte* permutation = (byte*)(Permutations + table);
            uint* shift = (uint*)(Shifts + table);
            for (int lane = 0; lane < 16; lane++)
            {
                int bit = (table & 7) + (lane * (table >> 3));
                shift[lane] = (uint)(bit & 7);
                for (int k = 0; k < 4; k++)
                {
                    permutation[(lane * 4) + k] = (byte)((bit >> 3) + k);
                }
            }
        }
    }

    /// <inheritdoc cref="BlockUnpack.Gaps"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaps(byte* packed, int width, int count, int previous, int* target)
    {
        Vector512<byte> permutation = Permutations[width * 8];
        Vector512<uint> shift = Shifts[width * 8];
        Vector512<uint> mask = Vector512.Create((1u << width) - 1);
        Vector512<int> carry = Vector512.Create(previous);
        Vector512<int> last = Vector512.Create(15);
        for (int i = 0; i < count; i += 16)
        {
            Vector512<uint> bytes = Avx512Vbmi.PermuteVar64x8(Vector512.Load(packed), permutation).AsUInt32();
            Vector512<int> x = (Avx512F.ShiftRightLogicalVariable(bytes, shift) & mask).AsInt32() + Vector512<int>.One;
            packed += 2 * width;
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 15);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 14);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 12);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 8);
            x += carry;
            x.Store(target + i);
            carry = Avx512F.PermuteVar16x32(x, last);
        }
    }

    /// <inheritdoc cref="BlockUnpack.Values"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Values(byte* packed, int width, int count, int add, int* target)
    {
        Vector512<byte> permutation = Permutations[width * 8];
        Vector512<uint> shift = Shifts[width * 8];
        Vector512<uint> mask = Vector512.Create((1u << width) - 1);
        Vector512<int> plus = Vector512.Create(add);
        for (int i = 0; i < count; i += 16)
        {
            Vector512<uint> bytes = Avx512Vbmi.PermuteVar64x8(Vector512.Load(packed), permutation).AsUInt32();
            ((Avx512F.ShiftRightLogicalVariable(bytes, shift) & mask).AsInt32() + plus).Store(target + i);
            packed += 2 * width;
        }
    }

    /// <inheritdoc cref="BlockUnpack.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(byte* packed, long firstBit, int width, int count, int add, int* target)
    {
        // sixteen values are 2 · width bytes, so every step begins at the same bit of a byte
        int table = (width * 8) + (int)(firstBit & 7);
        Vector512<byte> permutation = Permutations[table];
        Vector512<uint> shift = Shifts[table];
        Vector512<uint> mask = Vector512.Create((1u << width) - 1);
        Vector512<int> plus = Vector512.Create(add);
        packed += firstBit >> 3;
        for (int i = 0; i < count; i += 16)
        {
            Vector512<uint> bytes = Avx512Vbmi.PermuteVar64x8(Vector512.Load(packed), permutation).AsUInt32();
            ((Avx512F.ShiftRightLogicalVariable(bytes, shift) & mask).AsInt32() + plus).Store(target + i);
            packed += 2 * width;
        }
    }

    /// <inheritdoc cref="BlockUnpack.Sums"/>
    public static int Sums(int* values, int count, int* target)
    {
        Vector512<int> carry = Vector512<int>.Zero;
        Vector512<int> union = Vector512<int>.Zero;
        Vector512<int> last = Vector512.Create(15);
        *target = 0;
        for (int i = 0; i < count; i += 16)
        {
            Vector512<int> there = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count - i));
            Vector512<int> x = Vector512.Load(values + i) & there;
            union |= x;
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 15);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 14);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 12);
            x += Avx512F.AlignRight32(x, Vector512<int>.Zero, 8);
            x += carry;
            x.Store(target + i + 1);
            carry = Avx512F.PermuteVar16x32(x, last);
        }

        Vector256<int> half = union.GetLower() | union.GetUpper();
        Vector128<int> quarter = half.GetLower() | half.GetUpper();
        ulong pair = quarter.AsUInt64()[0] | quarter.AsUInt64()[1];
        return (int)(pair | (pair >> 32));
    }

    /// <inheritdoc cref="BlockUnpack.Bits"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(ulong* words, int wordCount, int first, int* target)
    {
        Vector512<int> lanes = Vector512<int>.Indices + Vector512.Create(first);
        Vector512<int> bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        Vector512<int> sixteen = Vector512.Create(16);
        ushort* part = (ushort*)words;
        int parts = wordCount * 4;
        int count = 0;
        for (int i = 0; i < parts && count < BlockUnpack.BlockSize; i++)
        {
            uint mask = part[i];
            Vector512<int> chosen = ~Vector512.Equals(Vector512.Create((int)mask) & bits, Vector512<int>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, chosen, lanes).Store(target + count);
            count += BitOperations.PopCount(mask);
            lanes += sixteen;
        }

        return count;
    }

    /// <summary>Reads positions of at most <see cref="BitPacking.MaxPackedWidth"/> bits, sixteen a step.</summary>
    public ref struct Reader
    {
        private readonly Vector512<byte> _permutation;
        private readonly Vector512<uint> _shift;
        private readonly Vector512<uint> _mask;
        private readonly long _step;
        private byte* _at;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reader(in PackedPositions positions)
        {
            int table = (positions.Width * 8) + (int)(positions.Bit & 7);
            _permutation = Permutations[table];
            _shift = Shifts[table];
            _mask = Vector512.Create((1u << positions.Width) - 1);
            _step = 2 * positions.Width;
            _at = positions.Packed + (positions.Bit >> 3);
        }

        /// <summary>The next sixteen; behind the last one anything.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<int> Next()
        {
            Vector512<uint> bytes = Avx512Vbmi.PermuteVar64x8(Vector512.Load(_at), _permutation).AsUInt32();
            _at += _step;
            return (Avx512F.ShiftRightLogicalVariable(bytes, _shift) & _mask).AsInt32();
        }
    }
}
