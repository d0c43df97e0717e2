using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Runs a few searches over a fresh snapshot, so that the first users find code compiled and files in memory.</summary>
internal static class SnapshotWarmer
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    // enough for the code; the files of a large archive then come into memory with the searches that want them
    private static readonly TimeSpan ShortBudget = TimeSpan.FromMilliseconds(50);

    /// <summary>Warms; fails, with almost any exception, where the files are damaged.</summary>
    /// <param name="awaited">Whether nothing else serves meanwhile: then each search gets a twentieth of a second instead of one.</param>
    public static void Warm(EmbeddedSnapshot snapshot, bool awaited)
    {
        TimeSpan budget = awaited ? ShortBudget : Budget;
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
            snapshot.Search(new QueryPlan { Query = query, Facets = facets, Budget = budget }, CancellationToken.None);
        }
    }
}
