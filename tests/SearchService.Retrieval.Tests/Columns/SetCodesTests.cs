using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public sealed unsafe class SetCodesTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(31, 2)]
    [InlineData(32, 1)]
    [InlineData(33, 3)]
    [InlineData(511, 6)]
    [InlineData(SetCodes.Chunk, 2)]
    [InlineData(SetCodes.Chunk, ushort.MaxValue + 1)]
    public void LeaveOutFirst_IsTheSameOnAllProcessors(int count, int distinct)
    {
        Random random = new(count + distinct);
        ushort[] codes = [.. Enumerable.Range(0, SetCodes.Chunk).Select(_ => (ushort)random.Next(distinct))];
        ushort[] expected = [.. codes.Take(count).Where(c => c > 1)];
        (int, int) counts = (10 + codes.Take(count).Count(c => c == 0), 20 + codes.Take(count).Count(c => c == 1));
        ushort[] copy = [.. codes];
        (int first, int second) = (10, 20);
        fixed (ushort* start = codes)
        {
            Assert.Equal(expected, codes[..SetCodes.LeaveOutFirst(start, count, ref first, ref second)]);
        }

        Assert.Equal(counts, (first, second));
        (first, second) = (10, 20);
        fixed (ushort* start = copy)
        {
            Assert.Equal(expected, copy[..SetCodes.LeaveOutFirstOneByOne(start, count, ref first, ref second)]);
        }

        Assert.Equal(counts, (first, second));
    }
}
