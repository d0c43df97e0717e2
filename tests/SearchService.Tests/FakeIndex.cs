using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Tests;

/// <summary>An index without files: one commit of a few articles, every query matches all of them unless <see cref="OnSearch"/> says otherwise.</summary>
internal sealed class FakeIndex(params IReadOnlyList<Article> articles) : IArticleIndex
{
    /// <summary>The commit that serves; null for nothing published.</summary>
    public CommitId? Commit { get; set; } = new CommitId(7, 2);

    public string? Degraded { get; set; }

    /// <summary>Takes the place of the search.</summary>
    public Func<QueryPlan, CancellationToken, ValueTask<SearchResults>>? OnSearch { get; set; }

    /// <summary>Searches run.</summary>
    public int Searches { get; private set; }

    /// <summary>Plan of the last search.</summary>
    public QueryPlan? LastPlan { get; private set; }

    public IndexState State => new(
        Commit is { } commit ? Manifest(commit) : null, Commit, Degraded, Commit is null ? null : DateTimeOffset.UnixEpoch, 1234);

    public IArticleSnapshot? Acquire(CommitId? commit = null) =>
        Commit is { } served && (commit is null || commit == served) ? new Snapshot(this, served) : null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public SearchResults Results(QueryPlan plan) => new()
    {
        Commit = Commit!.Value,
        Total = articles.Count,
        Hits = [.. articles.Skip(plan.After?.Document + 1 ?? 0).Take(plan.Size).Select(a => new Hit(a, 7.123456f, Snippets(a, plan)))],
        Facets = [.. plan.Facets.Select(Facet)],
        Next = (plan.After?.Document + 1 ?? 0) + plan.Size is var end && plan.Size > 0 && end < articles.Count ? new SearchAfter(0, end - 1) : null,
        Timings = new SearchTimings(TimeSpan.FromMilliseconds(0.126), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(1.5)),
    };

    private static Snippet[] Snippets(Article article, QueryPlan plan) =>
        plan.Snippets.Count == 0 ? [] : [new Snippet("body", article.Body, [new TextSpan(0, 4)])];

    private static FacetResult Facet(FacetSpec spec) => spec.Field == ArticleSchema.Date
        ? new DateFacet
        {
            Interval = spec.Interval == DateInterval.Auto ? DateInterval.Month : spec.Interval,
            Buckets = [new DateBucket(new DateOnly(2018, 11, 1), new DateOnly(2018, 12, 1), 1, 3)],
            Imprecise = 0,
            Missing = 0,
        }
        : new ValueFacet(spec.Field) { Values = [new FacetValue("AZ", 1, false)], Total = 1, Other = 0, Missing = 0 };

    private GenerationManifest Manifest(CommitId commit) => new()
    {
        Generation = commit.Generation,
        Schema = ArticleSchema.Version,
        Analyzer = 1,
        Extractor = 1,
        Program = "0.0.1",
        BuiltAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Articles = 1,
        Digest = "00",
        Bytes = 4096,
        Roots = ["/secret/folder"],
    };

    private sealed class Snapshot(FakeIndex index, CommitId commit) : IArticleSnapshot
    {
        public CommitId Commit => commit;

        public long Articles => index.Results(new QueryPlan()).Total;

        public ValueTask<long?> CountAsync(PlanNode query, TimeSpan budget, CancellationToken cancellationToken) => ValueTask.FromResult<long?>(Articles);

        public ValueTask<SearchResults> SearchAsync(QueryPlan plan, CancellationToken cancellationToken)
        {
            index.Searches++;
            index.LastPlan = plan;
            return index.OnSearch is { } search ? search(plan, cancellationToken) : ValueTask.FromResult(index.Results(plan));
        }

        public ValueTask<Article?> GetAsync(ArticleId id, CancellationToken cancellationToken) =>
            ValueTask.FromResult(index.Find(id));

        public void Dispose()
        {
        }
    }

    private Article? Find(ArticleId id) => articles.FirstOrDefault(a => a.Id == id);
}
