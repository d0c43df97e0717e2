using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>What became of one record: an article as its reader left it, or the reason why there is none.</summary>
public abstract record ReadResult
{
    private ReadResult()
    {
    }

    /// <summary>A record that was read.</summary>
    /// <param name="Article">Id, origin, declared fields and body or source text; extraction fills the rest.</param>
    /// <param name="Warnings">What was lost on the way, a line each: bytes that are no text, values that were left out.</param>
    public sealed record Read(Article Article, IReadOnlyList<string> Warnings) : ReadResult
    {
        public Read(Article article)
            : this(article, [])
        {
        }
    }

    /// <summary>A record, or a whole input, that is no article. The run goes on.</summary>
    /// <param name="Path">As in <see cref="ArticleOrigin.Path"/>.</param>
    /// <param name="Record">As in <see cref="ArticleOrigin.Record"/>; 0 for a whole input.</param>
    /// <param name="Reason">One line in lower case: what was got and what was wanted.</param>
    public sealed record Rejected(string Path, long Record, RejectKind Kind, string Reason) : ReadResult;
}
