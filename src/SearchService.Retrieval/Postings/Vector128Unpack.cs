using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Four values a step with what every vector unit has (Arm64 among them). There is no portable shift per lane: each lane is multiplied
/// up so that its value begins at bit 7, then all are shifted right by 7.
/// </summary>
internal static unsafe class Vector128Unpack
{
    private const int Widths = BitPacking.MaxPackedWidth + 1;

    // [width * 2 + parity of the step]: an odd width begins every second step in the middle of a byte
    private static readonly Vector128<byte>* Shuffles = (Vector128<byte>*)NativeMemory.AlignedAlloc(Widths * 2 * 16, 16);
    private static readonly Vector128<uint>* Factors = (Vector128<uint>*)NativeMemory.AlignedAlloc(Widths * 2 * 16, 16);

    static Vector128Unpack()
    {
        for (int table = 0; table < Widths * 2; table++)
        {
            int width = table >> 1;
            int begin = (table & 1) * (4 * width & 7);
            byte* shuffle = (byte*)(Shuffles + table);
            uint* factor = (uint*)(Factors + table);
            for (int lane = 0; lane < 4; lane++)
            {
                int bit = begin + (lane * width);
                factor[lane] = 1u << (7 - (bit & 7));
                for (int k = 0; k < 4; k++)
                {
                    shuffle[(lane * 4) + k] = (byte)((bit >> 3) + k);
                }
            }
        }
    }

    /// <inheritdoc cref="BlockUnpack.Gaps"/>
    public static void Gaps(byte* packed, int width, int count, int previous, int* target)
    {
        Vector128<int> carry = Vector128.Create(previous);
        Vector128<int> last = Vector128.Create(3);
        Vector128<uint> mask = Vector128.Create((1u << width) - 1);
        for (int i = 0; 4 * i < count; i++)
        {
            Vector128<int> x = Four(packed, width, i, mask) + Vector128<int>.One;
            x += Vector128.Shuffle(x, Vector128.Create(-1, 0, 1, 2));
            x += Vector128.Shuffle(x, Vector128.Create(-1, -1, 0, 1));
            x += carry;
            x.Store(target + (4 * i));
            carry = Vector128.Shuffle(x, last);
        }
    }

    /// <inheritdoc cref="BlockUnpack.Values"/>
    public static void Values(byte* packed, int width, int count, int add, int* target)
    {
        Vector128<uint> mask = Vector128.Create((1u << width) - 1);
        Vector128<int> plus = Vector128.Create(add);
        for (int i = 0; 4 * i < count; i++)
        {
            (Four(packed, width, i, mask) + plus).Store(target + (4 * i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(byte* packed, int width, int step, Vector128<uint> mask)
    {
        int table = (width * 2) + (step & 1);
        Vector128<byte> bytes = Vector128.Load(packed + ((step * 4 * width) >> 3));
        Vector128<uint> lanes = Vector128.Shuffle(bytes, Shuffles[table]).AsUInt32() * Factors[table];
        return (Vector128.ShiftRightLogical(lanes, 7) & mask).AsInt32();
    }
}
