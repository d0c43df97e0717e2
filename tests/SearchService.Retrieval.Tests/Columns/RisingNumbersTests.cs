using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public class RisingNumbersTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void FirstFrom_IsWhatLookingAtEachGives(int count)
    {
        Random random = new(count);
        int[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.Next(300)).Order()];
        for (int from = 0; from <= count; from++)
        {
            foreach (int least in (int[])[int.MinValue, 0, 299, 300, random.Next(300), int.MaxValue])
            {
                int expected = Array.FindIndex(numbers, from, n => n >= least);
                Assert.Equal(expected < 0 ? count : expected, RisingNumbers.FirstFrom(numbers, from, least));
            }
        }
    }
}
