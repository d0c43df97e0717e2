using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public sealed unsafe class ValueWordsTests
{
    /// <summary>Bits of a place: four places a word, three, two.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(30)]
    public void Read_GivesTheSamePlacesOnAllProcessors(int bits)
    {
        Random random = new(bits);
        ulong[] words = new ulong[3000];
        List<int> expected = [];
        List<int> lists = [];
        int[] documents = new int[ValueWords.Chunk + DocNumbers.Room];
        for (int doc = 0; doc < words.Length; doc++)
        {
            int[] ranks = [.. Enumerable.Range(0, random.Next(ValueWords.Room(bits) + 1)).Select(_ => random.Next((1 << bits) - ValueColumn.First))];
            bool list = random.Next(10) == 0;
            words[doc] = list ? ValueWords.OfList(doc) : ValueWords.OfRanks(ranks, bits);
            if (doc % 5 == 0 && doc / 5 < ValueWords.Chunk)
            {
                documents[doc / 5] = doc;
                (list ? lists : expected).AddRange(list ? [doc] : ranks.Select(r => r + ValueColumn.First));
            }
        }

        ValueWords chunk = ValueWords.Rent();
        fixed (ulong* start = words)
        fixed (int* docs = documents)
        {
            Assert.Equal(expected, new ReadOnlySpan<int>(chunk.Places, chunk.Read(documents.AsSpan(0, ValueWords.Chunk), start, bits)).ToArray());
            Assert.Equal(lists, new ReadOnlySpan<int>(chunk.Indexes, chunk.Lists).ToArray());
            int listed = 0;
            int count = ValueWords.ReadOneByOne(docs, ValueWords.Chunk, start, bits, chunk.Places, chunk.Indexes, ref listed);
            Assert.Equal(expected, new ReadOnlySpan<int>(chunk.Places, count).ToArray());
            Assert.Equal(lists, new ReadOnlySpan<int>(chunk.Indexes, listed).ToArray());
        }
    }
}
