using Lucene.Net.Index;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Phrases over files with a wrong byte: an answer or <see cref="CorruptIndexException"/>, never anything else.</summary>
public sealed class DamagedPositionsTests
{
    private const int Rounds = 400;

    [Theory]
    [InlineData(BlockPostingsFormat.PositionsExtension)]
    [InlineData(BlockPostingsFormat.DocsExtension)]
    public void A_phrase_is_answered_or_the_damage_is_named(string extension)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = 5, Docs = 1500, Vocabulary = 60, MaxLength = 60 });
        TopKSearcher searcher = new(index.Reader);
        string path = System.IO.Directory.GetFiles(index.Directory.FullPath, "*." + extension).Single();
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Random random = new(17);
        int named = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long at = random.NextInt64(file.Length);
            int before = At(file, at, null);
            At(file, at, (byte)(before ^ (1 << random.Next(8))));
            for (int i = 0; i < 12; i++)
            {
                PhraseTerm[] terms = [.. Enumerable.Range(0, 2 + (i & 1)).Select(p => new PhraseTerm(TestIndex.Word(random, 60), p))];
                try
                {
                    searcher.Search(new PhraseClause("text", terms, Slop: i & 2), new TopKRequest { Total = i < 6 ? TotalCount.Exact : TotalCount.None }, default);
                }
                catch (CorruptIndexException)
                {
                    named++;
                }
            }

            At(file, at, (byte)before);
        }

        // a position is as good as another: only widths and frequencies can be seen to be wrong
        Assert.True(named > 0 || extension == BlockPostingsFormat.PositionsExtension, "no damage was found");
    }

    /// <summary>The byte at a place of the file, or a new one.</summary>
    private static int At(FileStream file, long at, byte? value)
    {
        file.Position = at;
        if (value is not { } written)
        {
            return file.ReadByte();
        }

        file.WriteByte(written);
        file.Flush();
        return written;
    }
}
