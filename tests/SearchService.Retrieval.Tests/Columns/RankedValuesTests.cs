using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public sealed class RankedValuesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(70_000)]
    [InlineData(20_000_000)]
    public void Ranks_AreByDocuments_EqualOnesInOrder(int most)
    {
        Random random = new(most);
        int[] documents = [.. Enumerable.Range(0, 3_000).Select(_ => 1 + (int)(most * Math.Pow(random.NextDouble(), 6)))];
        int[] expected = [.. Enumerable.Range(0, documents.Length).OrderByDescending(o => documents[o])];
        RankedValues ranked = new(ValueDictionary.Empty, documents);
        Assert.Equal(expected, Enumerable.Range(0, documents.Length).Select(ranked.Ordinal));
        Assert.All(Enumerable.Range(0, documents.Length), rank => Assert.Equal(rank, ranked.Rank(ranked.Ordinal(rank))));
        Assert.Equal(documents.Count(d => d > byte.MaxValue), ranked.Heavy);
    }
}
