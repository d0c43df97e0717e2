using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Columns;

/// <summary>Codes of combinations by the chunk, as a <see cref="SetColumn{TCode}"/> counts them.</summary>
internal static unsafe class SetCodes
{
    /// <summary>Codes of a chunk; a multiple of what a vector takes.</summary>
    public const int Chunk = 512;

    /// <summary>Counts the codes 0 and 1 and leaves them out.</summary>
    /// <param name="codes">Room for <see cref="Chunk"/> codes.</param>
    /// <param name="first">Rises by the number of zeros.</param>
    /// <param name="second">Rises by the number of ones.</param>
    /// <returns>How many codes are left, in their order.</returns>
    public static int LeaveOutFirst(ushort* codes, int count, ref int first, ref int second) => Avx512Vbmi2.IsSupported
        ? LeaveOutFirstByVectors(codes, count, ref first, ref second)
        : LeaveOutFirstOneByOne(codes, count, ref first, ref second);

    /// <summary>The twin of <see cref="LeaveOutFirst"/> for other processors.</summary>
    public static int LeaveOutFirstOneByOne(ushort* codes, int count, ref int first, ref int second)
    {
        int left = 0;
        for (int i = 0; i < count; i++)
        {
            int code = codes[i];
            codes[left] = (ushort)code;
            left += code > 1 ? 1 : 0;
            second += code == 1 ? 1 : 0;
            first += code == 0 ? 1 : 0;
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LeaveOutFirstByVectors(ushort* codes, int count, ref int first, ref int second)
    {
        int end = (count + Vector512<ushort>.Count - 1) / Vector512<ushort>.Count * Vector512<ushort>.Count;
        new Span<ushort>(codes + count, end - count).Clear();
        int ones = 0;
        ushort* at = codes;
        for (int i = 0; i < end; i += Vector512<ushort>.Count)
        {
            Vector512<ushort> some = Vector512.Load(codes + i);
            Vector512<ushort> others = Vector512.GreaterThan(some, Vector512<ushort>.One);
            ones += BitOperations.PopCount(Vector512.Equals(some, Vector512<ushort>.One).ExtractMostSignificantBits());

            // never beyond what was read
            Avx512Vbmi2.Compress(Vector512<ushort>.Zero, others, some).Store(at);
            at += BitOperations.PopCount(others.ExtractMostSignificantBits());
        }

        int left = (int)(at - codes);
        second += ones;
        first += count - left - ones;
        return left;
    }
}
