using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>What is marked in an article's snippets against what Lucene finds: a hit has a mark, what is no hit has none.</summary>
public class SnippetOracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Marks_AgreeWithMatches(int seed)
    {
        Random random = new(seed);
        Article[] articles = [.. Enumerable.Range(0, 150).Select(i => TestArchive.Random(random, i))];
        using EmbeddedSnapshot snapshot = TestArchive.Snapshot(articles);
        for (int round = 0; round < 60; round++)
        {
            QueryPlan plan = new() { Query = RandomNode(random), Size = 1000, Snippets = new SnippetSpec(3, random.Next(40, 200)) };
            HashSet<ArticleId> found = [.. snapshot.Search(plan, CancellationToken.None).Hits.Select(h => h.Article.Id)];
            HitSnippets snippets = new(plan, snapshot.Reader);
            foreach (Article article in articles)
            {
                bool marked = snippets.Of(article).Any(s => s.Marks.Count > 0);
                Assert.True(found.Contains(article.Id) == marked, $"{plan.Query} in '{article.Headline}' / '{article.Body}': marked {marked}");
            }
        }
    }

    private static PlanNode RandomNode(Random random)
    {
        ArticleField field = random.Next(3) switch
        {
            0 => ArticleSchema.Headline,
            1 => ArticleSchema.Body,
            _ => ArticleSchema.Text,
        };
        string Word() => TestArchive.Words[random.Next(6)];
        return random.Next(5) switch
        {
            0 => new WordNode(field, Word()),
            1 => new PrefixNode(field, Word()[..3]),
            2 => new PhraseNode(field, $"{Word()} {Word()} {Word()}", random.Next(5)),
            _ => new PhraseNode(field, $"{Word()} {Word()}", random.Next(4)),
        };
    }
}
