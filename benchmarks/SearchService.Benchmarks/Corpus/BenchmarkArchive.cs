using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Extraction;
using SearchService.Archive.Index;
using SearchService.Commands;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// One corpus, indexed twice: by SearchService's own writer, and by Lucene.NET as it comes from the very articles that the first
/// index stores. Both stay open until disposed. Thread-safe.
/// </summary>
internal sealed class BenchmarkArchive : IDisposable
{
    private readonly IArticleIndex _index;

    private BenchmarkArchive(string folder)
    {
        string own = Path.Combine(folder, "searchservice");
        _index = Backend.Reading(own, TimeProvider.System);
        Snapshot = _index.Acquire() ?? throw new InvalidOperationException(_index.State.Degraded ?? "nothing is published");
        string stock = Path.Combine(folder, "stock");
        StockIndex.Build(StoredArticles(Snapshot), stock);
        Stock = StockSearch.Open(stock);
        Queries = QuerySet.Choose(Stock.Reader);
    }

    public IArticleIndex Index => _index;

    public IArticleSnapshot Snapshot { get; }

    public StockSearch Stock { get; }

    public QuerySet Queries { get; }

    /// <summary>Indexes generated articles.</summary>
    /// <param name="folder">An empty folder; the caller removes it.</param>
    public static BenchmarkArchive Generate(int articles, string folder)
    {
        PublishAsync(new GeneratedArticles(articles), Path.Combine(folder, "searchservice")).GetAwaiter().GetResult();
        return new BenchmarkArchive(folder);
    }

    /// <summary>Reads and extracts what lies at a path, as <c>reindex</c> does.</summary>
    /// <param name="folder">An empty folder; the caller removes it.</param>
    public static BenchmarkArchive Read(string path, string folder)
    {
        string own = Path.Combine(folder, "searchservice");
        Reindexing reindexing = new(own, Backend.Writing(own, TimeProvider.System), TimeProvider.System);
        reindexing
            .RunAsync(new ReindexOrder([path], Sample: false), new LineProgress(Terminal.OfConsole(), TimeProvider.System), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        return new BenchmarkArchive(folder);
    }

    public void Dispose()
    {
        Stock.Dispose();
        Snapshot.Dispose();
        _index.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static async Task PublishAsync(GeneratedArticles articles, string folder)
    {
        EmbeddedGenerations generations = EmbeddedGenerations.Open(folder, TimeProvider.System, ArticleExtractor.Version);
        await using IGenerationWriter writer = generations.Begin(new GenerationSource([], Sample: false));
        foreach (Article article in articles.All())
        {
            if (writer.Add(article) is { } refusal)
            {
                throw new InvalidOperationException($"generated article refused: {refusal}");
            }
        }

        await writer.PublishAsync(force: true, progress: null, CancellationToken.None);
    }

    /// <summary>Every article in the order of the index.</summary>
    private static IEnumerable<Article> StoredArticles(IArticleSnapshot snapshot)
    {
        QueryPlan plan = new() { Sort = SortOrder.Oldest, Size = ArticlesAPage, Snippets = default, Budget = Timeout.InfiniteTimeSpan };
        for (SearchResults page = snapshot.Search(plan); ; page = snapshot.Search(plan))
        {
            foreach (Hit hit in page.Hits)
            {
                yield return hit.Article;
            }

            if (page.Next is not { } next)
            {
                yield break;
            }

            plan = plan with { After = next };
        }
    }

    private const int ArticlesAPage = 1_000;
}
