using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>What a search answers does not depend on how many threads work on it, nor on other searches.</summary>
public sealed class SharedSearchTests : IDisposable
{
    private static readonly ArticleField[] Fields = [ArticleSchema.Country, ArticleSchema.Date, ArticleSchema.Person];

    private readonly EmbeddedSnapshot _snapshot = MakeSnapshot();

    private readonly QueryPlan[] _plans = [.. TestArchive.Words.Select((word, i) => new QueryPlan
    {
        Query = TestArchive.Word(word),
        Size = 15,
        Facets = [.. Fields.Select(f => new FacetSpec(f, Strict: i % 3 == 0))],
        Filters = i % 2 == 0 ? [] : [new ValueFilter(ArticleSchema.Country, ["C0", "C1"], [])],
        Sort = i % 4 == 3 ? SortOrder.Newest : SortOrder.Relevance,
    })];

    public void Dispose() => _snapshot.Dispose();

    [Fact]
    public void Search_AnswersTheSameSharedOrNot()
    {
        string[] expected = Alone();
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(expected, _plans.Select(p => Describe(_snapshot.Search(p, CancellationToken.None))));
        }
    }

    [Fact]
    public async Task Search_AnswersTheSameAmongManyThreads()
    {
        string[] expected = Alone();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 15 * _plans.Length; i++)
            {
                int plan = (i + (thread * 5)) % _plans.Length;
                Assert.Equal(expected[plan], Describe(_snapshot.Search(_plans[plan], CancellationToken.None)));
            }
        })));
    }

    /// <summary>The answers of one thread: another search is said to run.</summary>
    private string[] Alone()
    {
        SearchParts.Begin();
        try
        {
            return [.. _plans.Select(p => Describe(_snapshot.Search(p, CancellationToken.None)))];
        }
        finally
        {
            SearchParts.End();
        }
    }

    private static EmbeddedSnapshot MakeSnapshot()
    {
        Random random = new(11);
        Article[] articles = [.. Enumerable.Range(0, 400).Select(i => TestArchive.Random(random, i))];
        return TestArchive.Snapshot([articles[..250], articles[250..]], [articles[3].Id, articles[300].Id]);
    }

    private static string Describe(SearchResults results) => string.Join('\n', [
        results.Total.ToString(CultureInfo.InvariantCulture),
        .. results.Hits.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Article.Id} {h.Score} {string.Join('|', h.Snippets.Select(s => s.Text))}")),
        .. results.Facets.Select(f => f switch
        {
            ValueFacet values => $"{f.Field.Name} {string.Join(',', values.Values)} {values.Total} {values.Other} {values.Missing}",
            DateFacet dates => $"{dates.Interval} {string.Join(',', dates.Buckets)} {dates.Imprecise} {dates.Missing}",
            _ => throw new ArgumentException($"facet {f}"),
        }),
    ]);
}
