using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>
/// Against stock <see cref="IndexSearcher"/>: the same documents in the same order with the same bits of score, the same totals, the same matches, on
/// random indexes with many segments, deletes and ties.
/// </summary>
public sealed class OracleTests
{
    private const int QueriesPerIndex = 910;

    private static readonly int[] Depths = [1, 3, 10, 10, 10, 100, 10_000];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, 22)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Hits_totals_and_matches_equal_stock_Lucene(int seed)
    {
        using TestIndex index = new(Options(seed));
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Random random = new(seed + 1000);
        RandomQueries queries = new(random, Options(seed).Vocabulary, index.Reader.MaxDoc);
        for (int i = 0; i < QueriesPerIndex; i++)
        {
            (Clause clause, Query query) = queries.Next(i % queries.Kinds);
            int depth = Depths[random.Next(Depths.Length)];
            TopDocs expected = stock.Search(query, depth);
            string about = $"query {i} of index {seed}, {depth} hits: {query}";
            Equal(expected.ScoreDocs, own.Search(clause, new TopKRequest { Hits = depth }, default).Hits, about);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = depth, Total = TotalCount.Exact, Matches = i % 3 == 0 }, default);
            Equal(expected.ScoreDocs, counted.Hits, "counted " + about);
            Assert.True(expected.TotalHits == counted.Total && counted.TotalIsExact, $"total {counted.Total}, want {expected.TotalHits}: {about}");
            if (counted.Matches is { } matches)
            {
                EqualMatches(stock, query, matches, about);
            }

            if (expected.ScoreDocs.Length > 1 && i % 4 == 0)
            {
                ScoreDoc after = expected.ScoreDocs[random.Next(expected.ScoreDocs.Length)];
                TopDocs behind = stock.SearchAfter(after, query, depth);
                TopKResult page = own.Search(clause, new TopKRequest { Hits = depth, After = new Hit(after.Doc, after.Score) }, default);
                Equal(behind.ScoreDocs, page.Hits, "continued " + about);
            }
        }
    }

    internal static TestIndexOptions Options(int seed) => new()
    {
        Seed = 77 + seed,
        Docs = seed % 4 == 0 ? 4000 : 300 + (100 * seed),
        DocsPerSegment = seed % 3 == 0 ? 10_000 : 150 + (40 * seed),
        Merge = seed % 5 == 4,
        DeleteShare = seed % 2 == 0 ? 0 : 0.02 * seed,
        Vocabulary = (int[])[30, 400, 3000] is { } sizes ? sizes[seed % 3] : 0,
        MaxLength = seed % 7 == 3 ? 3 : 60,
    };

    internal static void Equal(ScoreDoc[] expected, IReadOnlyList<Hit> actual, string about)
    {
        bool same = expected.Length == actual.Count;
        for (int i = 0; same && i < expected.Length; i++)
        {
            same = expected[i].Doc == actual[i].Doc && expected[i].Score.Equals(actual[i].Score);
        }

        Assert.True(same, $"{about}\nwant {string.Join(' ', expected.Take(12).Select(d => $"{d.Doc}:{d.Score:R}"))}\ngot  {string.Join(' ', actual.Take(12).Select(d => $"{d.Doc}:{d.Score:R}"))}");
    }

    private static void EqualMatches(IndexSearcher stock, Query query, DocSet actual, string about)
    {
        DocSet expected = new(actual.Length);
        stock.Search(query, new Collector(expected));
        Assert.True(expected.Words.SequenceEqual(actual.Words), "matches of " + about);
    }

    private sealed class Collector(DocSet bits) : ICollector
    {
        private int _docBase;

        public bool AcceptsDocsOutOfOrder => true;

        public void SetScorer(Scorer scorer)
        {
        }

        public void Collect(int doc) => bits.Add(_docBase + doc);

        public void SetNextReader(Lucene.Net.Index.AtomicReaderContext context) => _docBase = context.DocBase;
    }
}
