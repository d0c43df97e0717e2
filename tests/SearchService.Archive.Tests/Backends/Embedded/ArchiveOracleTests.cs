using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using SearchService.Archive.Tests.Backends.Embedded.Stock;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>
/// Searches over random archives against a naive twin that reads every article: totals, order, pages and every count of
/// every facet, with several segments, in and out of date order, and with deletions.
/// </summary>
public class ArchiveOracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Search_AgreesWithANaiveTwin(int seed)
    {
        Random random = new(seed);
        Article[] articles = [.. Enumerable.Range(0, random.Next(1, 250)).Select(i => TestArchive.Random(random, i))];
        bool ordered = seed % 2 == 0;
        Article[] inOrder = ordered ? [.. TestArchive.Ordered(articles)] : articles;
        Article[][] segments = seed % 3 == 0 ? [inOrder] : [.. inOrder.Chunk((inOrder.Length / 3) + 1)];
        HashSet<ArticleId> deleted = seed % 4 == 1 ? [.. articles.Where(_ => random.Next(4) == 0).Select(a => a.Id)] : [];
        using EmbeddedSnapshot snapshot = TestArchive.Snapshot(segments, deleted);
        Article[] live = [.. inOrder.Where(a => !deleted.Contains(a.Id))];
        for (int round = 0; round < 60; round++)
        {
            QueryPlan plan = RandomPlan(random);
            SearchResults actual = snapshot.Search(plan, CancellationToken.None);
            NaiveSearch naive = new(live, plan);
            Assert.True(naive.Matches.Count == actual.Total, $"seed {seed}: {plan}: want {naive.Matches.Count}, got {actual.Total}");
            Assert.True(actual.Exact);
            CheckOrder(naive, plan, actual);
            foreach ((FacetSpec facet, FacetResult result) in plan.Facets.Zip(actual.Facets))
            {
                CheckFacet(naive, plan, facet, result, live);
            }
        }
    }

    /// <summary>Scores may differ by what the order of a sum's parts makes; where they do, so may the order of neighbours.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Search_RanksAsStockLuceneDoes(int seed)
    {
        Random random = new(seed);
        Article[] articles = [.. Enumerable.Range(0, random.Next(1, 400)).Select(i => TestArchive.Random(random, i))];
        Article[] inOrder = seed % 2 == 0 ? [.. TestArchive.Ordered(articles)] : articles;
        Article[][] segments = seed % 3 == 0 ? [inOrder] : [.. inOrder.Chunk((inOrder.Length / 3) + 1)];
        HashSet<ArticleId> deleted = seed % 4 == 1 ? [.. articles.Where(_ => random.Next(4) == 0).Select(a => a.Id)] : [];
        using EmbeddedSnapshot snapshot = TestArchive.Snapshot(segments, deleted);
        using DirectoryReader reader = TestArchive.Reader(segments, deleted, new Lucene46Codec(), ArticleSimilarity.Instance);
        StockSearch stock = new(reader, snapshot);
        int scored = 0;
        for (int round = 0; round < 150; round++)
        {
            QueryPlan plan = RandomPlan(random) with { Query = RandomNode(random, 0, loose: true), Sort = SortOrder.Relevance };
            plan = random.Next(2) == 0 ? plan : plan with { Facets = [] };
            ScoredDocument[] expected = stock.Rank(plan);
            SearchResults actual = snapshot.Search(plan, CancellationToken.None);
            Assert.True(expected.Length == actual.Total, $"seed {seed}: {plan}: want {expected.Length}, got {actual.Total}");
            if (!PlanCompiler.Scores(plan.Query))
            {
                continue;
            }

            Assert.Equal(Math.Min(plan.Size, expected.Length), actual.Hits.Count);
            for (int i = 0; i < actual.Hits.Count; i++)
            {
                ScoredDocument want = expected[i];
                Assert.True(Math.Abs(want.Score - actual.Hits[i].Score!.Value) <= want.Score * 1e-6f, $"seed {seed}: {plan}: hit {i}: {want.Score} {actual.Hits[i].Score}");
                bool tied = expected.Any(e => e.Document != want.Document && Math.Abs(e.Score - want.Score) <= want.Score * 1e-6f && e.Score != want.Score);
                Assert.True(tied || snapshot.Article(want.Document).Id == actual.Hits[i].Article.Id, $"seed {seed}: {plan}: hit {i}");
                scored++;
            }
        }

        Assert.True(scored > 0 || articles.Length < 20);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pages_AreSlicesOfOneList(int seed)
    {
        Random random = new(seed);
        Article[] articles = [.. Enumerable.Range(0, 120).Select(i => TestArchive.Random(random, i))];
        Article[][] segments = seed % 2 == 0 ? [[.. TestArchive.Ordered(articles)]] : [.. articles.Chunk(50)];
        using EmbeddedSnapshot snapshot = TestArchive.Snapshot(segments, []);
        for (int round = 0; round < 20; round++)
        {
            QueryPlan plan = RandomPlan(random) with { Facets = [], Snippets = default };
            SearchResults whole = snapshot.Search(plan with { Size = 1000 }, CancellationToken.None);
            Assert.Null(whole.Next);
            Assert.Equal(whole.Total, whole.Hits.Count);
            List<Hit> paged = [];
            int size = random.Next(1, 15);
            SearchAfter? after = null;
            do
            {
                SearchResults page = snapshot.Search(plan with { Size = size, After = after }, CancellationToken.None);
                Assert.Equal(whole.Total, page.Total);
                paged.AddRange(page.Hits);
                after = page.Next;
                Assert.True(after is null || page.Hits.Count == size);
            }
            while (after is not null);
            Assert.Equal(whole.Hits.Select(h => (h.Article.Id, h.Score)), paged.Select(h => (h.Article.Id, h.Score)));
        }
    }

    private static void CheckOrder(NaiveSearch naive, QueryPlan plan, SearchResults actual)
    {
        ArticleId[] ids = [.. actual.Hits.Select(h => h.Article.Id)];
        Assert.Equal(Math.Min(plan.Size, naive.Matches.Count), ids.Length);
        if (plan.Sort != SortOrder.Relevance || !PlanCompiler.Scores(plan.Query))
        {
            IEnumerable<Article> sorted = plan.Sort switch
            {
                SortOrder.Newest => naive.Matches.OrderByDescending(a => a.Date?.Local ?? DateTime.MinValue),
                SortOrder.Oldest => naive.Matches.OrderBy(a => a.Date?.Local ?? DateTime.MaxValue),
                _ => naive.Matches,
            };
            Assert.Equal(sorted.Take(plan.Size).Select(a => a.Id), ids);
            Assert.All(actual.Hits, h => Assert.Null(h.Score));
            return;
        }

        for (int i = 1; i < ids.Length; i++)
        {
            Assert.True(actual.Hits[i - 1].Score >= actual.Hits[i].Score);
        }

        Assert.Subset(naive.Matches.Select(a => a.Id).ToHashSet(), ids.ToHashSet());
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static void CheckFacet(NaiveSearch naive, QueryPlan plan, FacetSpec facet, FacetResult result, Article[] live)
    {
        IReadOnlyList<Article> counted = facet.Strict ? naive.Matches : naive.MatchesWithout(facet.Field);
        if (result is DateFacet dates)
        {
            Assert.Equal(counted.Count(a => a.Date is null), dates.Missing);
            Assert.Equal(counted.Count, dates.Buckets.Sum(b => b.Count) + dates.Imprecise + dates.Missing);
            for (int i = 0; i < dates.Buckets.Count; i++)
            {
                DateBucket bucket = dates.Buckets[i];
                bool Inside(Article a) => a.Date is { } d && d.First >= bucket.From && d.Last < bucket.To;
                Assert.Equal(counted.Count(Inside), bucket.Count);
                Assert.Equal(live.Count(Inside), bucket.Archive);
                Assert.True(i == 0 || dates.Buckets[i - 1].To == bucket.From);
                Assert.Equal(plan.Date?.AnyOf.Contains(new DayRange(bucket.From, bucket.To.AddDays(-1))) ?? false, bucket.Selected);
            }

            return;
        }

        ValueFacet values = (ValueFacet)result;
        string[] selected = [.. plan.Filters.Where(f => f.Field == facet.Field).SelectMany(f => f.AnyOf).Where(v => v != ArticleSchema.Missing)];
        (string Value, int Count)[] all = [.. counted.SelectMany(a => ArticleSchema.ValuesOf(a, facet.Field)).CountBy(v => v).Select(v => (v.Key, v.Value))];
        Assert.Equal(
            all.OrderByDescending(v => v.Count)
                .ThenBy(v => v.Value, StringComparer.Ordinal)
                .Take(facet.Size)
                .Select(v => new FacetValue(v.Value, v.Count, selected.Contains(v.Value))),
            values.Values.Take(Math.Min(facet.Size, all.Length)));
        Assert.Superset(selected.ToHashSet(), values.Values.Select(v => v.Value).ToHashSet());
        Assert.All(values.Values, v => Assert.Equal(counted.Count(a => ArticleSchema.ValuesOf(a, facet.Field).Contains(v.Value)), v.Count));
        Assert.All(values.Values.Skip(facet.Size), v => Assert.True(v.Selected));
        Assert.Equal(all.Length, values.Total);
        Assert.Equal(counted.Count(a => ArticleSchema.ValuesOf(a, facet.Field).Count == 0), values.Missing);
        Assert.Equal(
            counted.Count(a => ArticleSchema.ValuesOf(a, facet.Field) is { Count: > 0 } own && !own.Any(v => values.Values.Any(l => l.Value == v))),
            values.Other);
    }

    private static QueryPlan RandomPlan(Random random) => new()
    {
        Query = random.Next(4) == 0 ? MatchAllNode.Instance : RandomNode(random, 0),
        Filters = [.. Fields(random, 3).Select(f => new ValueFilter(f, Values(random, f), random.Next(3) == 0 ? Values(random, f) : []))],
        Date = random.Next(3) == 0 ? RandomDates(random) : null,
        Sort = (SortOrder)random.Next(3),
        Size = random.Next(0, 30),
        Facets =
        [
            .. Fields(random, 4).Select(f => new FacetSpec(f, random.Next(1, 8), Strict: random.Next(3) == 0)),
            new FacetSpec(ArticleSchema.Date, Interval: (DateInterval)random.Next(7), Strict: random.Next(3) == 0),
        ],
        Snippets = new SnippetSpec(random.Next(3), 60),
    };

    private static PlanNode RandomNode(Random random, int depth, bool loose = false) => random.Next(depth > 2 ? 7 : 11) switch
    {
        0 => RandomPhrase(random, loose),
        1 => new PrefixNode(RandomField(random), RandomWord(random)[..2]),
        2 => new ValueNode(ArticleSchema.Country, random.Next(4) == 0 ? ArticleSchema.Missing : $"C{random.Next(9)}"),
        3 => new DateNode(RandomRange(random)),
        4 => new WordNode(ArticleSchema.Person, $"{random.Next(30)}"),
        5 or 6 => new WordNode(RandomField(random), RandomWord(random), random.Next(3) + 1),
        7 => new NotNode(RandomNode(random, depth + 1, loose)),
        8 => new OrNode([RandomNode(random, depth + 1, loose), RandomNode(random, depth + 1, loose)]),
        _ => new AndNode([RandomNode(random, depth + 1, loose), RandomNode(random, depth + 1, loose)]),
    };

    private static PhraseNode RandomPhrase(Random random, bool loose)
    {
        string words = $"{RandomWord(random)} {RandomWord(random)}{(loose && random.Next(2) == 0 ? " " + RandomWord(random) : "")}";
        return loose ? new PhraseNode(RandomField(random), words, random.Next(6), random.Next(1, 4)) : new PhraseNode(RandomField(random), words, 0);
    }

    private static ArticleField RandomField(Random random) => random.Next(4) switch
    {
        0 => ArticleSchema.Headline,
        1 => ArticleSchema.Body,
        _ => ArticleSchema.Text,
    };

    private static string RandomWord(Random random) => TestArchive.Words[random.Next(TestArchive.Words.Length)];

    private static IEnumerable<ArticleField> Fields(Random random, int chances) =>
        ((ArticleField[])[ArticleSchema.Country, ArticleSchema.Person, ArticleSchema.Source]).Where(_ => random.Next(chances) == 0);

    private static string[] Values(Random random, ArticleField field) =>
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(6) == 0 ? ArticleSchema.Missing : field.Name switch
        {
            "country" => $"C{random.Next(9)}",
            "person" => $"Person {random.Next(31)}",
            _ => $"Agency {random.Next(4)}",
        }).Distinct()];

    private static DateFilter RandomDates(Random random) => new()
    {
        AnyOf = [.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomRange(random))],
        AnyOfMissing = random.Next(4) == 0,
        NoneOf = [.. Enumerable.Range(0, random.Next(2)).Select(_ => RandomRange(random))],
        NoneOfMissing = random.Next(4) == 0,
    };

    private static DayRange RandomRange(Random random)
    {
        DateOnly from = new DateOnly(1985, 1, 1).AddDays(random.Next(2000));
        return random.Next(4) switch
        {
            0 => new DayRange(null, from),
            1 => new DayRange(from, null),
            2 => new DayRange(new DateOnly(from.Year, from.Month, 1), new DateOnly(from.Year, from.Month, 1).AddMonths(1).AddDays(-1)),
            _ => new DayRange(from, from.AddDays(random.Next(400))),
        };
    }
}
