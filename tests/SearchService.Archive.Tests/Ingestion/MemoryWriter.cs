using System.Collections.Concurrent;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Ingestion;

/// <summary>The writer's contract in memory: takes each id once and names the article that had it before.</summary>
internal sealed class MemoryWriter : IGenerationWriter
{
    private readonly ConcurrentDictionary<ArticleId, Article> _articles = new();

    public IReadOnlyDictionary<ArticleId, Article> Articles => _articles;

    public long Generation => 1;

    /// <summary>Called with each article before it is taken; may throw.</summary>
    public Action<Article> OnAdd { get; init; } = _ => { };

    public string? Add(Article article)
    {
        OnAdd(article);
        Article taken = _articles.GetOrAdd(article.Id, article);
        return ReferenceEquals(taken, article) ? null : $"same id as {taken.Origin.Path}, record {taken.Origin.Record}";
    }

    public ValueTask<GenerationManifest> PublishAsync(bool force, IProgress<PublishProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
