using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Runs a few searches over a fresh snapshot, so that the first users find code compiled and files in memory.</summary>
internal static class SnapshotWarmer
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Warms; fails, with almost any exception, where the files are damaged.</summary>
    public static void Warm(EmbeddedSnapshot snapshot)
    {
        FacetSpec[] facets = [.. ArticleSchema.ValueFields.Append(ArticleSchema.Date).Select(f => new FacetSpec(f))];
        PlanNode[] queries =
        [
            MatchAllNode.Instance,
            new WordNode(ArticleSchema.Text, "the"),
            new AndNode([new WordNode(ArticleSchema.Text, "government"), new WordNode(ArticleSchema.Text, "new")]),
            new OrNode([new WordNode(ArticleSchema.Headline, "says"), new PhraseNode(ArticleSchema.Body, "in the")]),
        ];
        foreach (PlanNode query in queries)
        {
            snapshot.Search(new QueryPlan { Query = query, Facets = facets, Budget = Budget }, CancellationToken.None);
        }
    }
}
