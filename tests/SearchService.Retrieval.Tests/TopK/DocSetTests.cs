using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

public sealed class DocSetTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 70, 67)]
    [InlineData(63, 64, 1)]
    [InlineData(64, 128, 64)]
    [InlineData(-5, 500, 200)]
    public void A_range_is_counted_in_full_words_and_parts(int from, int to, int expected)
    {
        DocSet set = new(200);
        for (int i = 0; i < 200; i++)
        {
            set.Add(i);
        }

        Assert.Equal(expected, set.Count(from, to));
    }
}
