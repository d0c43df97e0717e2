using System.Numerics;
using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Postings;

/// <summary>The plain twin of every vectorised unpacker: what they must equal, and what runs where there are no vectors.</summary>
internal static unsafe class ScalarUnpack
{
    /// <inheritdoc cref="BlockUnpack.Gaps"/>
    public static void Gaps(byte* packed, int width, int count, int previous, int* target)
    {
        for (int i = 0; i < count; i++)
        {
            previous += (int)Value(packed, (long)i * width, width) + 1;
            target[i] = previous;
        }
    }

    /// <inheritdoc cref="BlockUnpack.Values"/>
    public static void Values(byte* packed, int width, int count, int add, int* target) =>
        Run(packed, 0, width, count, add, target);

    /// <inheritdoc cref="BlockUnpack.Bits"/>
    public static int Bits(ulong* words, int wordCount, int first, int* target)
    {
        int count = 0;
        for (int w = 0; w < wordCount; w++)
        {
            ulong word = words[w];
            while (word != 0)
            {
                if (count == BlockUnpack.BlockSize)
                {
                    return count;
                }

                target[count++] = first + (w << 6) + BitOperations.TrailingZeroCount(word);
                word &= word - 1;
            }
        }

        return count;
    }

    /// <inheritdoc cref="BlockUnpack.Run"/>
    public static void Run(byte* packed, long firstBit, int width, int count, int add, int* target)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] = (int)Value(packed, firstBit + ((long)i * width), width) + add;
        }
    }

    /// <inheritdoc cref="BlockUnpack.Sums"/>
    public static int Sums(int* values, int count, int* target)
    {
        int union = 0;
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            target[i] = sum;
            sum += values[i];
            union |= values[i];
        }

        target[count] = sum;
        return union;
    }

    /// <summary>The value of <paramref name="width"/> bits at <paramref name="bit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(byte* packed, long bit, int width)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(packed + (bit >> 3));
        if (!BitConverter.IsLittleEndian)
        {
            eight = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(eight);
        }

        return (uint)((eight >> (int)(bit & 7)) & ((1UL << width) - 1));
    }
}
