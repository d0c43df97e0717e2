using System.Text;
using SearchService.Archive.Backends.Embedded;
using ZstdSharp;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class ArticleCompressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Decompress_GivesWhatWasCompressed_WithTheDictionaryKept(int samples)
    {
        byte[][] articles = [.. Enumerable.Range(0, samples).Select(Article)];
        using ArticleCompression learnt = ArticleCompression.Learn(articles);
        Assert.Equal(samples >= 200, learnt.Dictionary.Length > 0);
        using ArticleCompression kept = ArticleCompression.Of(learnt.Dictionary);
        foreach (byte[] article in (byte[][])[Article(5000), [], Encoding.UTF8.GetBytes(new string('x', 3_000_000))])
        {
            Assert.Equal(article, kept.Decompress(learnt.Compress(article)));
        }
    }

    [Fact]
    public void Learn_FromArticlesAllTheSame_DoesNotFail()
    {
        using ArticleCompression learnt = ArticleCompression.Learn([.. Enumerable.Repeat(Article(1), 300)]);
        Assert.Equal(Article(2), learnt.Decompress(learnt.Compress(Article(2))));
        using ArticleCompression empty = ArticleCompression.Learn([.. Enumerable.Repeat(Array.Empty<byte>(), 300)]);
        Assert.Equal(Article(2), empty.Decompress(empty.Compress(Article(2))));
    }

    [Fact]
    public void Decompress_OfAnythingElse_Throws_AndGoesOnWorking()
    {
        using ArticleCompression compression = ArticleCompression.Of("");
        byte[] compressed = compression.Compress(Article(1));
        Assert.ThrowsAny<ZstdException>(() => compression.Decompress(new byte[100]).Length);
        Assert.ThrowsAny<ZstdException>(() => compression.Decompress(compressed.AsSpan(0, compressed.Length - 3)).Length);
        Assert.Equal(Article(1), compression.Decompress(compressed));
    }

    [Fact]
    public void CompressAndDecompress_FromManyThreads()
    {
        using ArticleCompression compression = ArticleCompression.Learn([.. Enumerable.Range(0, 300).Select(Article)]);
        Parallel.For(0, 500, i => Assert.Equal(Article(i), compression.Decompress(compression.Compress(Article(i)))));
    }

    private static byte[] Article(int number)
    {
        Random random = new(number);
        return Encoding.UTF8.GetBytes(
            $"{{\"id\":\"{number}\",\"body\":\"" + string.Join(' ', Enumerable.Range(0, 60).Select(_ => TestArchive.Words[random.Next(TestArchive.Words.Length)])) + "\"}");
    }
}
