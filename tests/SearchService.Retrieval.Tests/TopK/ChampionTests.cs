using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using BooleanClause = SearchService.Retrieval.TopK.BooleanClause;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Terms so frequent that their champions are kept: what is kept, and searches that begin with it against stock <see cref="IndexSearcher"/>.</summary>
public sealed class ChampionTests
{
    private const int Words = 40;
    private const int Queries = 80;

    private static readonly int[] Depths = [1, 10, 100, 101, TopKRequest.MaxHits];

    [Theory]
    [InlineData(30_000, 0, 60)]
    [InlineData(30_000, 0.1, 60)]
    [InlineData(5_000, 0.02, 200)]
    [InlineData(30_000, 0, 4)]
    public void Hits_of_frequent_terms_equal_stock_Lucene(int docsPerSegment, double deleted, int length)
    {
        using TestIndex index = Frequent(docsPerSegment, deleted, length);
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Assert.Contains(Enumerable.Range(0, Words), w => Opened(own, 0, w) is not null);
        Random random = new(length);
        for (int i = 0; i < Queries; i++)
        {
            bool all = i % 2 == 0;
            BooleanQuery query = [];
            List<Clause> clauses = [];
            for (int t = random.Next(8) == 0 ? 3 : 2; t > 0; t--)
            {
                string word = TestIndex.Word(random, Words);
                query.Add(new TermQuery(new Term("text", word)), all ? Occur.MUST : Occur.SHOULD);
                clauses.Add(new TermClause("text", word));
            }

            Clause clause = all ? new BooleanClause { Must = clauses } : new BooleanClause { Should = clauses };
            int depth = Depths[random.Next(Depths.Length)];
            string name = $"{depth} of {query}";
            TopDocs expected = stock.Search(query, depth);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = depth, Total = TotalCount.Exact }, default);
            OracleTests.Equal(expected.ScoreDocs, counted.Hits, name);
            Assert.Equal(expected.TotalHits, counted.Total);

            if (expected.ScoreDocs.Length == 0)
            {
                continue;
            }

            ScoreDoc last = expected.ScoreDocs[^1];
            OracleTests.Equal(
                stock.SearchAfter(last, query, depth).ScoreDocs,
                own.Search(clause, new TopKRequest { Hits = depth, After = new Hit(last.Doc, last.Score) }, default).Hits,
                name + ", next page");

            string kind = $"k{random.Next(4)}";
            BooleanQuery others = new() { { query, Occur.MUST }, { new TermQuery(new Term("kind", kind)), Occur.MUST_NOT } };
            OracleTests.Equal(
                stock.Search(others, depth).ScoreDocs,
                own.Search(new BooleanClause { Must = [clause], MustNot = [new TermClause("kind", kind)] }, new TopKRequest { Hits = depth }, default).Hits,
                name + ", of other kinds");

            int from = random.Next(index.Reader.MaxDoc);
            Clause within = new BooleanClause { Must = [clause], Filter = [new RangeClause(from, from + (index.Reader.MaxDoc * 3 / 4))] };
            IEnumerable<ScoreDoc> inside = stock.Search(query, index.Reader.MaxDoc).ScoreDocs.Where(h => h.Doc >= from && h.Doc < from + (index.Reader.MaxDoc * 3 / 4));
            OracleTests.Equal([.. inside.Take(depth)], own.Search(within, new TopKRequest { Hits = depth }, default).Hits, name + ", within a range");
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(400)]
    [InlineData(3)]
    public void Champions_are_the_documents_with_the_largest_shares(int length)
    {
        using TestIndex index = Frequent(30_000, 0, length);
        TopKSearcher searcher = new(index.Reader);
        int terms = 0;
        for (int word = 0; word < Words; word++)
        {
            if (Opened(searcher, 0, word) is not { } list)
            {
                continue;
            }

            terms++;
            Dictionary<int, int> levels = [];
            for (int i = 0; i < list.Champions.Count; i++)
            {
                levels.Add(Document(list.Champions, i), Level(list.Champions, i));
            }

            Assert.InRange(levels.Count, 1, TermChampions.CountFor(list.Cursor.DocFreq, index.Reader.MaxDoc));
            DocsEnum docs = MultiFields.GetTermDocsEnum(index.Reader, null, "text", new Lucene.Net.Util.BytesRef($"w{word}"));
            while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                int level = levels.TryGetValue(docs.DocID, out int own) ? own : -1;
                float score = list.Score(docs.DocID, docs.Freq);
                Assert.InRange(score, level < 0 ? 0 : list.ChampionBound(Math.Max(-1, level - 1)) * 0.9999f, list.ChampionBound(level));
                levels.Remove(docs.DocID);
            }

            Assert.Empty(levels);
        }

        Assert.NotEqual(0, terms);
    }

    [Fact]
    public void Rare_terms_and_small_segments_have_none()
    {
        Assert.Equal(0, TermChampions.CountFor(2047, 2048));
        Assert.Equal(171, TermChampions.CountFor(2048, 2048));
        Assert.Equal(0, TermChampions.CountFor(7000, 1_000_000));
        Assert.Equal(3800, TermChampions.CountFor(500_000, 1_000_000));
        Assert.Equal(TermChampions.Most, TermChampions.CountFor(1_000_000_000, 2_000_000_000));
    }

    private static TestIndex Frequent(int docsPerSegment, double deleted, int length) => new(new TestIndexOptions
    {
        Seed = length,
        Docs = 12_000,
        DocsPerSegment = docsPerSegment,
        DeleteShare = deleted,
        Vocabulary = Words,
        MaxLength = length,
    });

    /// <summary>A term's list in a segment; null where it has no champions there.</summary>
    private static TermList? Opened(TopKSearcher searcher, int segment, int word)
    {
        SegmentView view = searcher.Segments[segment];
        SegmentField field = view.Field("text")!;
        if (!field.Terms.Dictionary.TryFind(System.Text.Encoding.UTF8.GetBytes($"w{word}"), out TermEntry entry))
        {
            return null;
        }

        TermList list = new();
        list.Open(field, searcher.Statistics("text"), entry, 1);
        return list.OpenChampions(view.MaxDoc) ? list : null;
    }

    private static unsafe int Document(ChampionList champions, int index) => champions.Docs[index];

    private static unsafe int Level(ChampionList champions, int index) => champions.Levels[index];
}
