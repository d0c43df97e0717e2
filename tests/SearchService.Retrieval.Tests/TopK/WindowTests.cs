using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using BooleanClause = SearchService.Retrieval.TopK.BooleanClause;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Disjunctions over a segment so large that it takes many windows.</summary>
public sealed unsafe class WindowTests(WindowTests.Large large) : IClassFixture<WindowTests.Large>
{
    private const int Words = 150;
    private const int Queries = 60;

    /// <summary>A segment of 60,000 short documents.</summary>
    public sealed class Large : IDisposable
    {
        internal TestIndex Index { get; } = new(new TestIndexOptions { Seed = 5, Docs = 60_000, DocsPerSegment = 60_000, DeleteShare = 0.01, Vocabulary = Words, MaxLength = 6 });

        public void Dispose() => Index.Dispose();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    public void Hits_equal_stock_Lucene(int terms)
    {
        IndexSearcher stock = new(large.Index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(large.Index.Reader);
        Random random = new(terms);
        for (int i = 0; i < Queries; i++)
        {
            BooleanQuery query = [];
            List<Clause> clauses = [];
            while (clauses.Count < terms)
            {
                // many rare ones, so that several have to lead, beside some that hardly tell documents apart
                string word = $"w{random.Next(random.Next(3) == 0 ? 4 : 0, Words)}";
                float boost = random.Next(4) == 0 ? random.Next(3) : 1;
                query.Add(new TermQuery(new Term("text", word)) { Boost = boost }, Occur.SHOULD);
                clauses.Add(new TermClause("text", word, boost));
            }

            int depth = i % 10 == 9 ? 3000 : 10;
            bool halves = i % 3 == 0;
            Clause clause = new BooleanClause { Should = clauses };
            TopDocs expected = stock.Search(query, halves ? Half(stock) : null, depth);
            TopKResult actual = own.Search(halves ? new BooleanClause { Must = [clause], Filter = [new TermClause("kind", "k1")] } : clause, new TopKRequest { Hits = depth }, default);
            OracleTests.Equal(expected.ScoreDocs, actual.Hits, $"{depth} of {query}");
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    [InlineData(10, false)]
    public void Matches_equal_stock_Lucene(int terms, bool all)
    {
        IndexSearcher stock = new(large.Index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(large.Index.Reader);
        Random random = new(terms);
        for (int i = 0; i < Queries; i++)
        {
            BooleanQuery query = [];
            List<Clause> clauses = [];
            for (int t = 0; t < terms; t++)
            {
                // from words in most documents to words in a few, so that blocks are bitsets, gaps and both in turn
                string word = $"w{(int)Math.Pow(Words, random.NextDouble()) - 1}";
                query.Add(new TermQuery(new Term("text", word)), all ? Occur.MUST : Occur.SHOULD);
                clauses.Add(new TermClause("text", word));
            }

            Clause clause = all ? new BooleanClause { Must = clauses } : new BooleanClause { Should = clauses };
            DocSet expected = new(large.Index.Reader.MaxDoc);
            stock.Search(query, i % 3 == 0 ? Half(stock) : null, new Collecting(expected));
            Clause asked = i % 3 == 0 ? new BooleanClause { Must = [clause], Filter = [new TermClause("kind", "k1")] } : clause;
            Assert.Equal(expected.Count(), own.Count(asked, default));
            Assert.Equal(expected.Words, own.Match(asked, default).Words);
        }
    }

    // more lists than a window can add up are walked document by document
    [Theory]
    [InlineData(WindowUnion.MostLists)]
    [InlineData(WindowUnion.MostLists + 1)]
    public void A_term_so_many_times_scores_so_many_times_as_much(int times)
    {
        TopKSearcher own = new(large.Index.Reader);
        TermClause term = new("text", "w149");
        IReadOnlyList<Hit> one = own.Search(term, new TopKRequest { Hits = 50 }, default).Hits;
        IReadOnlyList<Hit> many = own.Search(new BooleanClause { Should = [.. Enumerable.Repeat(term, times)] }, new TopKRequest { Hits = 50 }, default).Hits;
        Assert.Equal(one.Select(h => new Hit(h.Doc, (float)((double)h.Score * times))), many);
    }

    [Fact]
    public void A_cell_is_sieved_with_compressing_stores_as_without()
    {
        const int Room = WindowCells.Size + 32;
        Random random = new(7);
        ushort* sums = stackalloc ushort[Room];
        ushort* again = stackalloc ushort[Room];
        int* docs = stackalloc int[Room];
        int* docsAgain = stackalloc int[Room];
        float* bounds = stackalloc float[Room];
        float* boundsAgain = stackalloc float[Room];
        for (int round = 0; round < 300; round++)
        {
            int count = round % 3 == 0 ? WindowCells.Size : random.Next(1, WindowCells.Size + 1);
            ushort least = (ushort)(round % 4 == 0 ? random.Next(2) : round % 5 == 0 ? ushort.MaxValue : random.Next(ushort.MaxValue));
            new Span<ushort>(sums, Room).Clear();
            for (int i = 0; i < count; i++)
            {
                sums[i] = (ushort)(random.Next(3) == 0 ? random.Next(ushort.MaxValue + 1) : random.Next(2));
            }

            (int Doc, float Bound)[] expected = [.. Enumerable.Range(0, count).Where(i => sums[i] > least).Select(i => (1000 + i, sums[i] * 0.25f))];
            new Span<ushort>(sums, Room).CopyTo(new Span<ushort>(again, Room));
            int kept = WindowCells.Sieve(sums, count, least, 1000, 0.25f, docs, bounds);
            int keptAgain = WindowCells.SieveEach(again, count, least, 1000, 0.25f, docsAgain, boundsAgain);
            Assert.Equal(expected, Enumerable.Range(0, kept).Select(i => (docs[i], bounds[i])));
            Assert.Equal(expected, Enumerable.Range(0, keptAgain).Select(i => (docsAgain[i], boundsAgain[i])));
            Assert.False(new Span<ushort>(sums, Room).ContainsAnyExcept((ushort)0) || new Span<ushort>(again, Room).ContainsAnyExcept((ushort)0));
        }
    }

    private static QueryWrapperFilter Half(IndexSearcher stock) => new(stock.Rewrite(new TermQuery(new Term("kind", "k1"))));

    private sealed class Collecting(DocSet docs) : ICollector
    {
        private int _docBase;

        public bool AcceptsDocsOutOfOrder => true;

        public void SetScorer(Scorer scorer)
        {
        }

        public void Collect(int doc) => docs.Add(_docBase + doc);

        public void SetNextReader(AtomicReaderContext context) => _docBase = context.DocBase;
    }
}
