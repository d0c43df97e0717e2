using SearchService.Archive.Tests.Backends.Embedded.Stock;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class ArticleSimilarityTests
{
    /// <summary>Codes and lengths as Lucene 8's SmallFloat.intToByte4 and byte4ToInt give them.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(39, 39, 39)]
    [InlineData(40, 40, 40)]
    [InlineData(41, 40, 40)]
    [InlineData(42, 41, 42)]
    [InlineData(100, 57, 96)]
    [InlineData(1000, 87, 984)]
    [InlineData(int.MaxValue, 255, 2013265944)]
    public void EncodeLength_IsLucene8s(int length, byte code, int decoded)
    {
        Assert.Equal(code, ArticleSimilarity.EncodeLength(length));
        Assert.Equal(decoded, ArticleSimilarity.DecodeLength(code));
    }

    [Fact]
    public void EncodeLength_IsMonotonic_AndDecodesToNoMore()
    {
        byte last = 0;
        for (int length = 0; length < 100_000; length++)
        {
            byte code = ArticleSimilarity.EncodeLength(length);
            Assert.True(code >= last && ArticleSimilarity.DecodeLength(code) <= length);
            last = code;
        }
    }
}
