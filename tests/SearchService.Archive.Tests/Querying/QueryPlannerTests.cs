using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class QueryPlannerTests
{
    private static readonly DateOnly Today = new(2024, 2, 29);

    [Theory]
    [InlineData("", "(all)", "(all)")]
    [InlineData("oil", "text:oil", "text:oil")]
    [InlineData("oil price", "(and text:oil text:price)", "(or text:oil text:price)")]
    [InlineData("oil \"gas price\" coal", "(and text:oil text:\"gas price\" text:coal)", "(and (or text:oil text:coal) text:\"gas price\")")]
    [InlineData("oil \"gas price\"", "(and text:oil text:\"gas price\")", "(and text:oil text:\"gas price\")")]
    [InlineData("oil gas -coal", "(and text:oil text:gas (not text:coal))", "(and (or text:oil text:gas) (not text:coal))")]
    [InlineData("+oil gas coal", "(and text:oil text:gas text:coal)", "(and text:oil (or text:gas text:coal))")]
    [InlineData("oil gov* gas", "(and text:oil text:gov* text:gas)", "(and (or text:oil text:gas) text:gov*)")]
    [InlineData("oil AND gas", "(and text:oil text:gas)", "(and text:oil text:gas)")]
    [InlineData("oil price OR gas", "(or (and text:oil text:price) text:gas)", "(or text:oil text:price text:gas)")]
    [InlineData("(oil gas) coal peat", "(and text:oil text:gas text:coal text:peat)", "(and (or text:oil text:gas) (or text:coal text:peat))")]
    [InlineData("war -(oil gas)", "(and text:war (not (and text:oil text:gas)))", "(and text:war (not (and text:oil text:gas)))")]
    [InlineData("headline:(oil gas)", "(and headline:oil headline:gas)", "(and headline:oil headline:gas)")]
    [InlineData("-oil", "(not text:oil)", "(not text:oil)")]
    [InlineData("-oil -gas", "(and (not text:oil) (not text:gas))", "(and (not text:oil) (not text:gas))")]
    [InlineData("gas^2 \"oil price\"~3^0.5 gov*^4", "(and text:gas^2 text:\"oil price\"~3^0.5 text:gov*^4)", null)]
    [InlineData("person:patrushev", "person:patrushev", null)]
    [InlineData("person:\"Nikolai Patrushev\"", "person:\"Nikolai Patrushev\"", null)]
    [InlineData("country:Azerbaijan locationCountry:ru", "(and country=[AZ] locationCountry=[RU])", null)]
    [InlineData("mentioned:(AZ OR \"South Korea\")", "(or mentioned=[AZ] mentioned=[KR])", null)]
    [InlineData("language:EN", "language=[en]", null)]
    [InlineData("location:Baku dateline:_missing", "(and location:Baku location=[_missing])", null)]
    [InlineData("date:2018", "date=[2018-01-01/2018-12-31]", null)]
    [InlineData("date:2018-11/2019-02", "date=[2018-11-01/2019-02-28]", null)]
    [InlineData("date:/2018", "date=[/2018-12-31]", null)]
    [InlineData("date:today", "date=[2024-02-29/2024-02-29]", null)]
    [InlineData("date:P7D", "date=[2024-02-23/2024-02-29]", null)]
    [InlineData("date:today/2018", "(none)", null)]
    [InlineData("date:_missing", "(not date=[/])", null)]
    [InlineData("-date:_missing", "(not (not date=[/]))", null)]
    public void Plan_Query_StrictAndLoose(string text, string strict, string? loose)
    {
        QuerySyntax query = QueryParser.Parse(text).Query!;
        PlannedQuery all = QueryPlanner.Plan(query, MatchMode.All, Today);
        PlannedQuery any = QueryPlanner.Plan(query, MatchMode.Any, Today);
        Assert.Equal(strict, all.Node.ToString());
        Assert.Equal(loose ?? strict, any.Node.ToString());
        Assert.Equal(loose is not null && loose != strict, all.Loosenable);
        Assert.Equal(all.Loosenable, any.Loosenable);
    }

    [Theory]
    [InlineData("the price of oil", "price oil", "(and text:price text:oil)", "'the', 'of' are in nearly every article and are left out, write +the to require one")]
    [InlineData("The oil", "oil", "text:oil", "'The' is in nearly every article and is left out, write +The to require it")]
    [InlineData("oil or gas", "oil gas", "(and text:oil text:gas)", "'or' is in nearly every article and is left out, write +or to require it|'or' is read as a word, write OR for the operator")]
    [InlineData("to be or not to be", "to be or not to be", "(and text:to text:be text:or text:not text:to text:be)", "")]
    [InlineData("the", "the", "text:the", "")]
    [InlineData("+the oil", "+the oil", "(and text:the text:oil)", "")]
    [InlineData("the^2 oil", "the^2 oil", "(and text:the^2 text:oil)", "")]
    [InlineData("\"the oil\" in", "\"the oil\" in", "(and text:\"the oil\" text:in)", "")]
    [InlineData("oil AND the", "oil AND the", "(and text:oil text:the)", "")]
    [InlineData("headline:(the oil)", "headline:(the oil)", "(and headline:the headline:oil)", "")]
    [InlineData("oil -the", "oil -the", "(and text:oil (not text:the))", "")]
    [InlineData("(the oil) price", "oil price", "(and text:oil text:price)", "'the' is in nearly every article and is left out, write +the to require it")]
    [InlineData("THE IN", "THE IN", "(and text:THE text:IN)", "")]
    public void Plan_StopWords_LeftOutBesideOthers(string text, string understood, string plan, string warnings)
    {
        PlannedQuery planned = QueryPlanner.Plan(QueryParser.Parse(text).Query!, MatchMode.All, Today);
        Assert.Equal(understood, planned.Understood.ToString());
        Assert.Equal(plan, planned.Node.ToString());
        Assert.Equal(warnings, string.Join('|', planned.Warnings));
    }

    [Fact]
    public void Plan_AllStopWords_WarningStaysShort()
    {
        string words = "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this";
        PlannedQuery planned = QueryPlanner.Plan(QueryParser.Parse(words + " oil").Query!, MatchMode.All, Today);
        Assert.Equal("oil", planned.Understood.ToString());
        Assert.All(planned.Warnings, w => Assert.InRange(w.Length, 1, 200));
    }

    [Fact]
    public void Plan_Loose_FindsAllThatStrictFinds()
    {
        Random random = new(5);
        string[] words = ["oil", "gas", "price", "the", "of", "u", "s", "x", "barrel"];
        Article[] articles =
        [
            .. Enumerable.Range(0, 60).Select(i => FakeArticleIndex.Article(
                i, string.Join(' ', random.GetItems(words, 3)), string.Join(' ', random.GetItems(words, 5)), new DateOnly(2017 + (i % 3), 11, 1), "AZ")),
        ];
        RandomQueries queries = new(6);
        int different = 0;
        for (int i = 0; i < 600; i++)
        {
            if (QueryParser.Parse(queries.Valid()).Query is not { } query)
            {
                continue;
            }

            PlanNode strict = QueryPlanner.Plan(query, MatchMode.All, Today).Node;
            PlannedQuery any = QueryPlanner.Plan(query, MatchMode.Any, Today);
            bool[] strictly = [.. articles.Select(a => FakeArticleIndex.Matches(strict, a))];
            bool[] loosely = [.. articles.Select(a => FakeArticleIndex.Matches(any.Node, a))];
            Assert.DoesNotContain((true, false), strictly.Zip(loosely));
            bool differ = !strictly.SequenceEqual(loosely);
            Assert.True(any.Loosenable || !differ, query.ToString());
            different += differ ? 1 : 0;
        }

        Assert.True(different > 20, $"{different}");
    }

    [Fact]
    public void Plan_Auto_IsTheCallersError() =>
        Assert.Throws<ArgumentException>(() => QueryPlanner.Plan(new EverythingSyntax(), MatchMode.Auto, Today));
}
