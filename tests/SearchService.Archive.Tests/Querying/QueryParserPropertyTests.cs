using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class QueryParserPropertyTests
{
    private static readonly DateOnly Today = new(2024, 2, 29);

    [Fact]
    public void Parse_HundredThousandStrings_NeverThrows_AndErrorsPointIntoTheText()
    {
        RandomQueries random = new(1);
        int understood = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string text = (i % 4) switch
            {
                0 => random.Noise(),
                1 => random.Pasted(),
                2 => random.Damaged(),
                _ => random.Valid(),
            };
            QueryParseResult result = QueryParser.Parse(text);
            if (result.Success)
            {
                understood++;
                AssertPrintsBack(text, result.Query);
                _ = QueryPlanner.Plan(result.Query, MatchMode.Any, Today).Node.ToString();
            }
            else
            {
                QueryError error = result.Error;
                Assert.True(error.Start >= 0 && error.Length >= 0 && error.Start + error.Length <= text.Length, $"{error} in {text}");
                Assert.InRange(error.Message.Length, 1, 200);
            }
        }

        Assert.InRange(understood, 30_000, 90_000);
    }

    [Fact]
    public void Print_ValidQuery_ParsesToTheSameTreeAndPlan()
    {
        RandomQueries random = new(2);
        int understood = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = random.Valid();
            QueryParseResult result = QueryParser.Parse(text);
            if (!result.Success)
            {
                // The maker may pass a limit, never the grammar.
                Assert.Contains(" may ", result.Error.Message, StringComparison.Ordinal);
                continue;
            }

            understood++;
            AssertPrintsBack(text, result.Query);
        }

        Assert.True(understood > 15_000, $"{understood}");
    }

    [Fact]
    public void Understood_Planned_PlansToTheSame()
    {
        RandomQueries random = new(3);
        for (int i = 0; i < 5_000; i++)
        {
            QueryParseResult result = QueryParser.Parse(random.Valid());
            if (!result.Success)
            {
                continue;
            }

            foreach (MatchMode match in new[] { MatchMode.All, MatchMode.Any })
            {
                PlannedQuery planned = QueryPlanner.Plan(result.Query, match, Today);
                PlannedQuery again = QueryPlanner.Plan(QueryParser.Parse(planned.Understood.ToString()).Query!, match, Today);
                Assert.Equal(planned.Node.ToString(), again.Node.ToString());
                Assert.Equal(planned.Loosenable, again.Loosenable);
                Assert.Equal(planned.Understood.ToString(), again.Understood.ToString());
            }
        }
    }

    [Fact]
    public void Parse_PrefixOfValidQuery_NeverThrows()
    {
        RandomQueries random = new(4);
        for (int i = 0; i < 100; i++)
        {
            string text = random.Valid();
            for (int length = 0; length <= text.Length; length++)
            {
                _ = QueryParser.Parse(text[..length]);
            }
        }
    }

    private static void AssertPrintsBack(string text, QuerySyntax query)
    {
        string printed = query.ToString();
        QueryParseResult again = QueryParser.Parse(printed);
        Assert.True(again.Success, $"'{text}' printed as '{printed}': {again.Error}");
        Assert.Equal(SyntaxOutline.Of(query), SyntaxOutline.Of(again.Query));
        Assert.Equal(printed, again.Query.ToString());
    }
}
