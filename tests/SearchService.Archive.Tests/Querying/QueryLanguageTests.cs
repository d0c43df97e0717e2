using SearchService.Archive.Articles;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

/// <summary>The users' page is true: every example plans as it says, or is refused as it says.</summary>
public sealed class QueryLanguageTests
{
    public static IEnumerable<object[]> Examples => Rows(3).Select(cells => new object[] { Code(cells[0]), Code(cells[2]) });

    public static IEnumerable<object[]> Mistakes => Rows(2).Select(cells => new object[] { Code(cells[0]), cells[1] });

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Planned_AsThePageSays(string query, string plan)
    {
        QueryParseResult result = QueryParser.Parse(query);
        Assert.Null(result.Error);
        Assert.Equal(plan, QueryPlanner.Plan(result.Query!, MatchMode.All, new DateOnly(2024, 2, 29)).Node.ToString());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_Refused_AsThePageSays(string query, string message) => Assert.Equal(message, QueryParser.Parse(query).Error?.Message);

    [Fact]
    public void Page_NamesEveryFieldAndAliasAndLimit()
    {
        Assert.All(
            ArticleSchema.Fields.SelectMany(f => f.Aliases.Append(f.Name)), name => Assert.Contains($"{name}:", QueryLanguage.Markdown, StringComparison.Ordinal));
        Assert.Contains(
            $"{QueryLimits.MaxChars} characters, {QueryLimits.MaxTerms} words, {QueryLimits.MaxPhraseWords} in a phrase, {QueryLimits.MaxPrefixes} with `*`, "
            + $"parentheses {QueryLimits.MaxDepth} deep, `~` up to {QueryLimits.MaxSlop}.",
            QueryLanguage.Markdown,
            StringComparison.Ordinal);
        Assert.True(Examples.Count() > 40 && Mistakes.Count() > 5);
    }

    /// <summary>The cells of the tables with so many columns, without their heads.</summary>
    private static IEnumerable<string[]> Rows(int columns) => QueryLanguage.Markdown
        .Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| write", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ', '\r').Split(" | "))
        .Where(cells => cells.Length == columns);

    private static string Code(string cell) => cell.StartsWith('`') && cell.EndsWith('`') ? cell[1..^1] : throw new FormatException($"want code, got {cell}");
}
