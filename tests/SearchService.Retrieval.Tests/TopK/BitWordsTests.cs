using System.Numerics;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

public sealed class BitWordsTests
{
    /// <summary>Words: none, fewer than a vector, several, more steps than a byte counts bits of.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(61)]
    [InlineData(900)]
    public void Counts_agree_with_plain_ones(int length)
    {
        Random random = new(length);
        ulong[] all = [.. Enumerable.Repeat(ulong.MaxValue, length)];
        ulong[] some = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        ulong[] others = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        Assert.Equal(64 * length, BitWords.Count(all));
        Assert.Equal(some.Sum(BitOperations.PopCount), BitWords.Count(some));
        Assert.Equal(some.Zip(others).Sum(w => BitOperations.PopCount(w.First & w.Second)), BitWords.CountAnd(some, others));
        for (int round = 0; round < 20; round++)
        {
            int start = random.Next((64 * length) + 1);
            int end = random.Next((64 * length) + 1);
            int[] inside = [.. Enumerable.Range(start, Math.Max(0, end - start)).Where(d => (some[d >> 6] >> (d & 63) & 1) != 0)];
            Assert.Equal(inside.Length, BitWords.CountRange(some, start, end));
            Assert.Equal(inside.Count(d => (others[d >> 6] >> (d & 63) & 1) != 0), BitWords.CountRangeAnd(some, others, start, end));
        }
    }

    [Fact]
    public void Sets_over_other_documents_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitWords.CountAnd(new ulong[2], new ulong[3]));
}
