using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Runs a few searches over a fresh snapshot, so that the first users find code compiled and files in memory.</summary>
internal static class SnapshotWarmer
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    // enough for the code to be compiled
    private static readonly TimeSpan ShortBudget = TimeSpan.FromMilliseconds(50);

    private static readonly PlanNode[] Queries =
    [
        new AndNode([new WordNode(ArticleSchema.Text, "government"), new WordNode(ArticleSchema.Text, "new")]),
        new WordNode(ArticleSchema.Text, "the"),
        new OrNode([new WordNode(ArticleSchema.Headline, "says"), new PhraseNode(ArticleSchema.Body, "in the")]),
        MatchAllNode.Instance,
    ];

    /// <summary>Warms; fails, with almost any exception, where the files are damaged.</summary>
    /// <param name="awaited">
    /// Whether nothing else serves meanwhile: then facets are counted of the first search alone, and each gets a twentieth of a second instead of one. What it
    /// leaves out of a large archive comes into memory with the searches that want it.
    /// </param>
    public static void Warm(EmbeddedSnapshot snapshot, bool awaited)
    {
        FacetSpec[] facets = [.. ArticleSchema.ValueFields.Append(ArticleSchema.Date).Select(f => new FacetSpec(f))];
        for (int i = 0; i < Queries.Length; i++)
        {
            QueryPlan plan = new() { Query = Queries[i], Facets = awaited && i > 0 ? [] : facets, Budget = awaited ? ShortBudget : Budget };
            snapshot.Search(plan, CancellationToken.None);
        }
    }
}
