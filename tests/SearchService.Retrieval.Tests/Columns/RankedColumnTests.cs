using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.Columns;

public sealed class RankedColumnTests
{
    [Theory]
    [InlineData("kind", 0.5)]
    [InlineData("kind", 0.01)]
    [InlineData("id", 0.3)]
    [InlineData("text", 0.2)]
    [InlineData("text", 0.002)]
    [InlineData("title", 0.9)]
    [InlineData("nowhere", 0.5)]
    public void Counts_equal_a_walk_over_the_postings(string field, double share)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = 9, Docs = 1500, DocsPerSegment = 400, Vocabulary = 5000, MaxLength = 20 });
        DocSet set = new(index.Reader.MaxDoc);
        Random random = new(2);
        for (int i = 0; i < index.Reader.MaxDoc; i++)
        {
            if (random.NextDouble() < share)
            {
                set.Add(i);
            }
        }

        Dictionary<string, int> expected = Walk(index.Reader, field, set);
        RankedColumn column = RankedColumn.Load(index.Reader, field);
        for (int again = 0; again < 2; again++)
        {
            Assert.Equal(expected, column.All(set).ToDictionary(v => v.Value, v => v.Count));
            IReadOnlyList<RankedValue> top = column.Top(set, 10);
            Assert.Equal(expected.Values.OrderDescending().Take(10), top.Select(v => v.Count));
            Assert.All(top, v => Assert.Equal(expected[v.Value], v.Count));
            set.Add(0);
            expected = Walk(index.Reader, field, set);
        }
    }

    [Fact]
    public void A_set_of_another_length_is_refused()
    {
        using TestIndex index = new(new TestIndexOptions { Docs = 20 });
        Assert.Throws<ArgumentException>(() => RankedColumn.Load(index.Reader, "kind").Top(new DocSet(3), 5));
    }

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

    private static Dictionary<string, int> Walk(IndexReader reader, string field, DocSet set)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Terms? terms = MultiFields.GetTerms(reader, field);
        if (terms is null)
        {
            return counts;
        }

        TermsEnum walk = terms.GetEnumerator();
        while (walk.MoveNext())
        {
            DocsEnum docs = walk.Docs(null, null);
            int count = 0;
            while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                count += set[docs.DocID] ? 1 : 0;
            }

            if (count > 0)
            {
                counts.Add(walk.Term.Utf8ToString(), count);
            }
        }

        return counts;
    }
}
