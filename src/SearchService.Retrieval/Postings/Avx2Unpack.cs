using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>Eight values a step: two 16-byte loads, a byte shuffle within each, a shift per lane, a mask.</summary>
internal static unsafe class Avx2Unpack
{
    private const int Widths = BitPacking.MaxPackedWidth + 1;

    private static readonly Vector256<byte>* Shuffles = (Vector256<byte>*)NativeMemory.AlignedAlloc(Widths * 32, 32);
    private static readonly Vector256<uint>* Shifts = (Vector256<uint>*)NativeMemory.AlignedAlloc(Widths * 32, 32);

    static Avx2Unpack()
    {
        for (int width = 0; width < Widths; width++)
        {
            byte* shuffle = (byte*)(Shuffles + width);
            uint* shift = (uint*)(Shifts + width);
            for (int lane = 0; lane < 8; lane++)
            {
                // the upper four values are loaded from the byte in which the fifth begins
                int bit = lane < 4 ? lane * width : (lane * width) - (((4 * width) >> 3) * 8);
                shift[lane] = (uint)(bit & 7);
                for (int k = 0; k < 4; k++)
                {
                    shuffle[(lane * 4) + k] = (byte)((bit >> 3) + k);
                }
            }
        }
    }

    /// <inheritdoc cref="BlockUnpack.Gaps"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaps(byte* packed, int width, int count, int previous, int* target)
    {
        Vector256<byte> shuffle = Shuffles[width];
        Vector256<uint> shift = Shifts[width];
        Vector256<uint> mask = Vector256.Create((1u << width) - 1);
        Vector256<int> carry = Vector256.Create(previous);
        Vector256<int> three = Vector256.Create(3);
        Vector256<int> seven = Vector256.Create(7);
        int upper = (4 * width) >> 3;
        for (int i = 0; i < count; i += 8)
        {
            Vector256<byte> bytes = Vector256.Create(Vector128.Load(packed), Vector128.Load(packed + upper));
            Vector256<int> x = (Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, shuffle).AsUInt32(), shift) & mask).AsInt32() + Vector256<int>.One;
            packed += width;
            x += Avx2.ShiftLeftLogical128BitLane(x, 4);
            x += Avx2.ShiftLeftLogical128BitLane(x, 8);
            x += Avx2.Blend(Vector256<int>.Zero, Avx2.PermuteVar8x32(x, three), 0xF0);
            x += carry;
            x.Store(target + i);
            carry = Avx2.PermuteVar8x32(x, seven);
        }
    }

    /// <inheritdoc cref="BlockUnpack.Values"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Values(byte* packed, int width, int count, int add, int* target)
    {
        Vector256<byte> shuffle = Shuffles[width];
        Vector256<uint> shift = Shifts[width];
        Vector256<uint> mask = Vector256.Create((1u << width) - 1);
        Vector256<int> plus = Vector256.Create(add);
        int upper = (4 * width) >> 3;
        for (int i = 0; i < count; i += 8)
        {
            Vector256<byte> bytes = Vector256.Create(Vector128.Load(packed), Vector128.Load(packed + upper));
            ((Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, shuffle).AsUInt32(), shift) & mask).AsInt32() + plus).Store(target + i);
            packed += width;
        }
    }
}
