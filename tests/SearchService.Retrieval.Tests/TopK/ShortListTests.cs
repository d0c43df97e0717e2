using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using BooleanClause = SearchService.Retrieval.TopK.BooleanClause;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>
/// Disjunctions and conjunctions of rare and frequent words against stock <see cref="IndexSearcher"/>, at the depths and lengths of lists where the engine changes
/// its way: one block and some, a hundred hits and one more, one segment and several.
/// </summary>
public sealed class ShortListTests
{
    private const int Words = 3000;
    private const int Queries = 80;

    private static readonly int[] Depths = [1, 10, 100, 101];

    [Theory]
    [InlineData(20_000, 0, 60)]
    [InlineData(20_000, 0.1, 3)]
    [InlineData(2_500, 0, 3)]
    public void Hits_and_totals_equal_stock_Lucene(int docsPerSegment, double deleted, int length)
    {
        using TestIndex index = new(new TestIndexOptions
        {
            Seed = length,
            Docs = 9_000,
            DocsPerSegment = docsPerSegment,
            DeleteShare = deleted,
            Vocabulary = Words,
            MaxLength = length,
        });
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Random random = new(length);
        for (int i = 0; i < Queries; i++)
        {
            bool all = i % 3 == 2;
            BooleanQuery query = [];
            List<Clause> clauses = [];
            for (int t = random.Next(2, 6); t > 0; t--)
            {
                // as many rare words as frequent ones
                string word = $"w{(int)Math.Pow(Words, random.NextDouble()) - 1}";
                query.Add(new TermQuery(new Term("text", word)), all ? Occur.MUST : Occur.SHOULD);
                clauses.Add(new TermClause("text", word));
            }

            BooleanClause clause = all ? new BooleanClause { Must = clauses } : new BooleanClause { Should = clauses };
            foreach (int depth in Depths)
            {
                TopDocs expected = stock.Search(query, depth);
                OracleTests.Equal(expected.ScoreDocs, own.Search(clause, new TopKRequest { Hits = depth }, default).Hits, $"{depth} of {query}");
                TopKResult counted = own.Search(clause, new TopKRequest { Hits = depth, Total = TotalCount.Exact }, default);
                OracleTests.Equal(expected.ScoreDocs, counted.Hits, $"{depth} of {query}, counted");
                Assert.Equal(expected.TotalHits, counted.Total);
            }
        }
    }
}
