using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.TopK;

/// <summary>Counts the bits of sets: bit i of word i / 64 is document i.</summary>
internal static class BitWords
{
    private const int Lanes = 8;

    // steps until a byte that takes eight bits each is full
    private const int MostSteps = byte.MaxValue / 8;

    /// <summary>Documents in the set.</summary>
    public static int Count(ReadOnlySpan<ulong> words) => Count(words, words, new One());

    /// <summary>Documents in both sets, which are over the same documents.</summary>
    public static int CountAnd(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> others) => Count(words, others, new Both());

    /// <summary>Documents of the set from <paramref name="start"/> up to and without <paramref name="end"/>; both lie within the set.</summary>
    public static int CountRange(ReadOnlySpan<ulong> words, int start, int end) => CountRange(words, words, start, end, new One());

    /// <summary>Documents in both sets, which are over the same documents, from <paramref name="start"/> up to and without <paramref name="end"/>.</summary>
    public static int CountRangeAnd(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> others, int start, int end) => CountRange(words, others, start, end, new Both());

    private static int CountRange<TMember>(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> others, int start, int end, TMember member)
        where TMember : struct, IMember
    {
        if (start >= end)
        {
            return 0;
        }

        int first = start >> 6;
        int last = (end - 1) >> 6;
        ulong head = member.Of(words[first], others[first]) & (ulong.MaxValue << start);
        ulong tail = member.Of(words[last], others[last]) & (ulong.MaxValue >> -end);
        return first == last
            ? BitOperations.PopCount(head & tail)
            : BitOperations.PopCount(head) + BitOperations.PopCount(tail) + Count(words[(first + 1)..last], others[(first + 1)..last], member);
    }

    private static unsafe int Count<TMember>(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> others, TMember member)
        where TMember : struct, IMember
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Length, words.Length);
        fixed (ulong* start = words, other = others)
        {
            int counted = Avx512BW.IsSupported ? words.Length / Lanes * Lanes : 0;
            long count = counted == 0 ? 0 : CountByVectors(start, other, counted, member);
            for (int i = counted; i < words.Length; i++)
            {
                count += BitOperations.PopCount(member.Of(start[i], other[i]));
            }

            return (int)count;
        }
    }

    /// <summary>Looks up how many bits each half of a byte has (Muła, Kurz and Lemire 2018).</summary>
    private static unsafe long CountByVectors<TMember>(ulong* words, ulong* others, int length, TMember member)
        where TMember : struct, IMember
    {
        Vector512<byte> bits = Vector512.Create(Vector256.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4), Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4)), Vector256.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4), Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4)));
        Vector512<byte> half = Vector512.Create((byte)0x0F);
        Vector512<ulong> sum = Vector512<ulong>.Zero;
        int i = 0;
        while (i < length)
        {
            int end = Math.Min(length, i + (MostSteps * Lanes));
            Vector512<byte> bytes = Vector512<byte>.Zero;
            for (; i < end; i += Lanes)
            {
                Vector512<ulong> some = member.Of(Vector512.Load(words + i), Vector512.Load(others + i));
                bytes += Avx512BW.Shuffle(bits, some.AsByte() & half) + Avx512BW.Shuffle(bits, (some >> 4).AsByte() & half);
            }

            sum += Avx512BW.SumAbsoluteDifferences(bytes, Vector512<byte>.Zero).AsUInt64();
        }

        return (long)Vector512.Sum(sum);
    }

    private interface IMember
    {
        ulong Of(ulong word, ulong other);

        Vector512<ulong> Of(Vector512<ulong> words, Vector512<ulong> others);
    }

    private readonly struct One : IMember
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Of(ulong word, ulong other) => word;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ulong> Of(Vector512<ulong> words, Vector512<ulong> others) => words;
    }

    private readonly struct Both : IMember
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Of(ulong word, ulong other) => word & other;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ulong> Of(Vector512<ulong> words, Vector512<ulong> others) => words & others;
    }
}
