using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>What comes of asking for one article.</summary>
public abstract record ArticleOutcome
{
    private ArticleOutcome()
    {
    }

    public sealed record Found(Article Article, CommitId Commit) : ArticleOutcome;

    /// <summary>The served commit has no article of that id.</summary>
    public sealed record NotFound(CommitId Commit) : ArticleOutcome;

    /// <summary>Nothing is published.</summary>
    public sealed record NothingPublished : ArticleOutcome;
}
