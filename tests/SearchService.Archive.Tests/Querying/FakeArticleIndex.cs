using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Querying;

/// <summary>An archive in memory that evaluates plans in the plainest way: whole lower-case words, no scores, hits in index order.</summary>
internal sealed class FakeArticleIndex(params Article[] articles) : IArticleIndex
{
    /// <summary>The newest commit; null for nothing published.</summary>
    public CommitId? Newest { get; set; } = new CommitId(7, 2);

    /// <summary>Commits that can be acquired beside the newest.</summary>
    public HashSet<CommitId> Held { get; } = [];

    public List<QueryPlan> Plans { get; } = [];

    public List<PlanNode> Counted { get; } = [];

    /// <summary>How long a count takes; where that is over its budget there is no answer.</summary>
    public TimeSpan CountTakes { get; init; }

    /// <summary>Snapshots not yet disposed.</summary>
    public int Open { get; private set; }

    public IndexState State => new(null, Newest, null, null, 0);

    public IArticleSnapshot? Acquire(CommitId? commit = null)
    {
        if (Newest is null || (commit is { } wanted && wanted != Newest && !Held.Contains(wanted)))
        {
            return null;
        }

        Open++;
        return new Snapshot(this, commit ?? Newest.Value);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static Article Article(int number, string headline, string body = "", DateOnly? day = null, params string[] countries) => new()
    {
        Id = ArticleId.FromNative("test", $"{number}"),
        Origin = new ArticleOrigin("test.txt", number, "text", "utf-8"),
        Headline = headline,
        Body = body,
        Date = day is { } d ? new ArticleDate(d.ToDateTime(default), DatePrecision.Day, null, DateProvenance.Declared) : null,
        Countries = countries,
    };

    /// <summary>Whether an article matches, by the contract's words.</summary>
    public static bool Matches(PlanNode node, Article article) => node switch
    {
        MatchAllNode => true,
        MatchNoneNode => false,
        WordNode word => Find(article, word.Field, Words(word.Word)),
        PhraseNode phrase => Find(article, phrase.Field, Words(phrase.Words)),
        PrefixNode prefix => Texts(article, prefix.Field).SelectMany(Words).Any(w => w.StartsWith(prefix.Prefix.ToLowerInvariant(), StringComparison.Ordinal)),
        ValueNode value => ArticleSchema.ValuesOf(article, value.Field) is var values
            && (value.Value == ArticleSchema.Missing ? values.Count == 0 : values.Contains(value.Value)),
        DateNode date => article.Date is { } known && date.Range.Contains(known.First, known.Last),
        AndNode and => and.Nodes.All(n => Matches(n, article)),
        OrNode or => or.Nodes.Any(n => Matches(n, article)),
        NotNode not => !Matches(not.Node, article),
        _ => throw new ArgumentException(node.GetType().Name, nameof(node)),
    };

    private static bool Find(Article article, ArticleField field, string[] wanted) => Texts(article, field).Any(text =>
    {
        string[] words = Words(text);
        return wanted.Length > 0 && Enumerable.Range(0, words.Length).Any(i => words.Skip(i).Take(wanted.Length).SequenceEqual(wanted));
    });

    private static IEnumerable<string> Texts(Article article, ArticleField field) => field.Name switch
    {
        "text" => [article.Headline ?? "", article.Body],
        "headline" => [article.Headline ?? ""],
        "body" => [article.Body],
        _ => ArticleSchema.ValuesOf(article, field),
    };

    private static string[] Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Snapshot(FakeArticleIndex index, CommitId commit) : IArticleSnapshot
    {
        private readonly Article[] _articles = index.Articles;

        public CommitId Commit => commit;

        public long Articles => _articles.Length;

        public ValueTask<long?> CountAsync(PlanNode query, TimeSpan budget, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Counted.Add(query);
            bool inTime = budget == Timeout.InfiniteTimeSpan || index.CountTakes <= budget;
            return ValueTask.FromResult<long?>(inTime ? _articles.Count(a => Matches(query, a)) : null);
        }

        public ValueTask<SearchResults> SearchAsync(QueryPlan plan, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Plans.Add(plan);
            (Article Article, int Number)[] all = [.. _articles.Select((a, i) => (a, i)).Where(a => Matches(plan.Query, a.a))];
            (Article Article, int Number)[] page = [.. all.Where(a => a.Number > (plan.After?.Document ?? -1)).Take(plan.Size)];
            bool more = page.Length > 0 && page[^1].Number != all[^1].Number;
            return ValueTask.FromResult(new SearchResults
            {
                Commit = commit,
                Total = all.Length,
                Hits = [.. page.Select(a => new Hit(a.Article, null, []))],
                Next = more ? new SearchAfter(42, page[^1].Number) : null,
            });
        }

        public ValueTask<Article?> GetAsync(ArticleId id, CancellationToken cancellationToken) =>
            ValueTask.FromResult(_articles.FirstOrDefault(a => a.Id == id));

        public void Dispose() => index.Open--;
    }

    private Article[] Articles { get; } = articles;
}
