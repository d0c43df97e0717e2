using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class ArticleSearchTests
{
    /// <summary>Thirty articles: 0 to 11 have "oil price", 12 to 14 "gas price", the rest "coal".</summary>
    private readonly FakeArticleIndex _index = new(
    [
        .. Enumerable.Range(0, 30).Select(i => FakeArticleIndex.Article(i, i < 12 ? "Oil price" : i < 15 ? "Gas price" : "Coal", "", new DateOnly(2018, 11, 1 + i), "AZ")),
    ]);

    private ArticleSearch Search => new(_index, FixedTime.Noon);

    [Fact]
    public async Task Search_EnoughHaveAllWords_Strict()
    {
        SearchAnswer answer = await Found(new SearchRequest { Text = "oil price" });
        Assert.Equal((12, MatchMode.All, "oil price"), (answer.Results.Total, answer.Match, answer.Understood));
        Assert.Empty(answer.Warnings);
        Assert.Equal("(and text:oil text:price)", Assert.Single(_index.Counted).ToString());
    }

    [Theory]
    [InlineData("gas price", 15, "only 3 articles have all the words, articles with any of them are shown too")]
    [InlineData("gas coal", 18, "no article has all the words, articles with any of them are shown")]
    [InlineData("peat wood", 0, "no article has all the words, articles with any of them were looked for")]
    [InlineData("gas price source:Nobody", 0, "no article has all the words, articles with any of them were looked for")]
    public async Task Search_FewHaveAllWords_Loosened(string text, long total, string warning)
    {
        SearchAnswer answer = await Found(new SearchRequest { Text = text });
        Assert.Equal((total, MatchMode.Any, text), (answer.Results.Total, answer.Match, answer.Understood));
        Assert.Equal([warning], answer.Warnings);
    }

    [Fact]
    public async Task Search_OneHasAllWords_SaysOne()
    {
        FakeArticleIndex index = new(FakeArticleIndex.Article(0, "oil gas"), FakeArticleIndex.Article(1, "oil"));
        SearchOutcome outcome = await new ArticleSearch(index, FixedTime.Noon).SearchAsync(new SearchRequest { Text = "oil gas" }, default);
        Assert.Equal(
            ["only 1 article has all the words, articles with any of them are shown too"], Assert.IsType<SearchOutcome.Found>(outcome).Answer.Warnings);
    }

    [Theory]
    [InlineData("gas price", MatchMode.All, "(and text:gas text:price)", MatchMode.All)]
    [InlineData("gas price", MatchMode.Any, "(or text:gas text:price)", MatchMode.Any)]
    [InlineData("gas AND coal", MatchMode.Auto, "(and text:gas text:coal)", MatchMode.All)]
    [InlineData("gas \"coal price\"", MatchMode.Auto, "(and text:gas text:\"coal price\")", MatchMode.All)]
    [InlineData("the gas", MatchMode.Auto, "text:gas", MatchMode.All)]
    [InlineData("peat", MatchMode.Auto, "text:peat", MatchMode.All)]
    public async Task Search_NothingToLoosen_NothingCounted(string text, MatchMode match, string plan, MatchMode answered)
    {
        SearchAnswer answer = await Found(new SearchRequest { Text = text, Match = match });
        Assert.Equal((plan, answered), (answer.Plan.Query.ToString(), answer.Match));
        Assert.Empty(_index.Counted);
    }

    [Fact]
    public async Task Search_Filters_DoNotChangeHowWordsCombine()
    {
        SearchRequest request = new() { Text = "oil price" };
        SearchAnswer filtered = await Found(request with { Filters = [new ValueFilter(ArticleSchema.Country, ["RU"], [])], Dates = ["1950"] });
        Assert.Equal((await Found(request)).Plan.Query.ToString(), filtered.Plan.Query.ToString());
        Assert.Equal("(and text:oil text:price) country=[RU] date=[1950-01-01/1950-12-31] sort=relevance size=20", filtered.Plan.ToString());
    }

    [Theory]
    [InlineData("", SortOrder.Newest)]
    [InlineData("oil", SortOrder.Relevance)]
    [InlineData("country:AZ", SortOrder.Newest)]
    [InlineData("country:AZ oil", SortOrder.Relevance)]
    [InlineData("-oil", SortOrder.Newest)]
    [InlineData("gov*", SortOrder.Newest)]
    public async Task Search_NoSort_RelevanceWhereSomethingScores(string text, SortOrder sort) =>
        Assert.Equal(sort, (await Found(new SearchRequest { Text = text })).Plan.Sort);

    [Fact]
    public async Task Search_Request_ReachesThePlan()
    {
        SearchAnswer answer = await Found(new SearchRequest
        {
            Text = "coal",
            Dates = ["-2019", "-_missing"],
            From = "2018",
            To = "today",
            Sort = SortOrder.Oldest,
            Size = 3,
            Ids = [ArticleId.FromNative("test", "20")],
            Facets = [ArticleSchema.Person, ArticleSchema.Date],
            FacetSize = 7,
            StrictFacets = true,
            DateInterval = DateInterval.Month,
            Snippets = 1,
            SnippetLength = 99,
            Explain = true,
        });
        Assert.Equal(
            $"text:coal date=[2018-01-01/2024-02-29]-[2019-01-01/2019-12-31|_missing] ids=[{ArticleId.FromNative("test", "20")}] "
            + "sort=oldest size=3 facet=person/7/strict facet=date/month/strict",
            answer.Plan.ToString());
        Assert.Equal((new SnippetSpec(1, 99), true), (answer.Plan.Snippets, answer.Plan.Explain));
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Plan.Budget);
    }

    [Fact]
    public async Task Search_Mistake_RefusedWithPosition()
    {
        SearchOutcome outcome = await Search.SearchAsync(new SearchRequest { Text = "oil (gas" }, default);
        Assert.Equal(
            new RequestError("query-syntax", "this parenthesis is not closed", "q", 4, 1), Assert.IsType<SearchOutcome.Refused>(outcome).Error);
        Assert.Empty(_index.Plans);
    }

    [Fact]
    public async Task Search_AllPages_EveryHitOnce()
    {
        SearchRequest request = new() { Text = "price", Size = 4, Match = MatchMode.All };
        List<string> ids = [];
        string? cursor = null;
        do
        {
            SearchAnswer answer = await Found(request with { Cursor = cursor, Size = 2 + (ids.Count % 3) });
            ids.AddRange(answer.Results.Hits.Select(h => h.Article.Id.Value));
            cursor = answer.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(15, ids.Count);
        Assert.Equal(15, ids.Distinct().Count());
    }

    [Fact]
    public async Task Search_CursorAfterNewCommit_StaysInItsCommitWhileHeld()
    {
        SearchRequest request = new() { Text = "price", Size = 4 };
        string? cursor = (await Found(request)).NextCursor;
        _index.Newest = new CommitId(7, 3);
        _index.Held.Add(new CommitId(7, 2));
        Assert.Equal(new CommitId(7, 2), (await Found(request with { Cursor = cursor })).Results.Commit);
        _index.Held.Clear();
        Assert.Equal(new SearchOutcome.CommitGone(new CommitId(7, 2)), await Search.SearchAsync(request with { Cursor = cursor }, default));
        _index.Newest = null;
        Assert.IsType<SearchOutcome.NothingPublished>(await Search.SearchAsync(request with { Cursor = cursor }, default));
        Assert.IsType<SearchOutcome.NothingPublished>(await Search.SearchAsync(request, default));
    }

    [Fact]
    public async Task Search_BadCursor_RefusedWithReason()
    {
        SearchRequest request = new() { Text = "price", Size = 4 };
        string cursor = (await Found(request)).NextCursor!;
        Assert.Equal(
            "the cursor is not one that an answer gave, want the 'next' of an answer unchanged", await Refusal(request with { Cursor = cursor[..^1] + "!" }));
        Assert.Equal(
            "the cursor belongs to another search, want the same query, filters and sort order", await Refusal(request with { Cursor = cursor, Text = "oil" }));

        async Task<string> Refusal(SearchRequest wrong)
        {
            RequestError error = Assert.IsType<SearchOutcome.Refused>(await Search.SearchAsync(wrong, default)).Error;
            Assert.Equal(("bad-cursor", "cursor"), (error.Kind, error.Parameter));
            return error.Message;
        }
    }

    [Fact]
    public async Task Search_PageAfterMidnight_KeepsItsDay()
    {
        SearchRequest request = new() { Text = "date:2018-11/today date:P100Y", Dates = ["P100Y"], Size = 4 };
        SearchAnswer first = await Found(request);
        ArticleSearch tomorrow = new(_index, new FixedTime(FixedTime.Noon.GetUtcNow().AddDays(1), TimeSpan.Zero));
        SearchAnswer second = Assert.IsType<SearchOutcome.Found>(await tomorrow.SearchAsync(request with { Cursor = first.NextCursor }, default)).Answer;
        Assert.Equal(first.Plan.ToString(), (second.Plan with { After = null }).ToString());
        SearchAnswer anew = Assert.IsType<SearchOutcome.Found>(await tomorrow.SearchAsync(request, default)).Answer;
        Assert.NotEqual(first.Plan.ToString(), anew.Plan.ToString());
    }

    [Theory]
    [InlineData(14, "2024-03-01")]
    [InlineData(-13, "2024-02-28")]
    public async Task Search_Today_IsTheLocalDay(int offset, string day)
    {
        ArticleSearch search = new(_index, new FixedTime(FixedTime.Noon.GetUtcNow(), TimeSpan.FromHours(offset)));
        SearchOutcome outcome = await search.SearchAsync(new SearchRequest { Text = "date:today" }, default);
        Assert.Equal($"date=[{day}/{day}]", Assert.IsType<SearchOutcome.Found>(outcome).Answer.Plan.Query.ToString());
    }

    [Theory]
    [InlineData(0, 3, 3_000)]
    [InlineData(1, 3, 2_000)]
    [InlineData(9, 3, 1)]
    public async Task Search_Budget_IsWhatCountingLeft(long spentSeconds, int budgetSeconds, int leftMilliseconds)
    {
        FixedTime time = new(FixedTime.Noon.GetUtcNow(), TimeSpan.Zero) { SecondsALook = spentSeconds };
        ArticleSearch search = new(_index, time, TimeSpan.FromSeconds(budgetSeconds));
        SearchOutcome outcome = await search.SearchAsync(new SearchRequest { Text = "oil price" }, default);
        Assert.Equal(TimeSpan.FromMilliseconds(leftMilliseconds), Assert.IsType<SearchOutcome.Found>(outcome).Answer.Plan.Budget);
    }

    [Theory]
    [InlineData(2.5, 5.0, MatchMode.Any)]
    [InlineData(2.6, 5.0, MatchMode.All)]
    [InlineData(2.6, 6.0, MatchMode.Any)]
    [InlineData(99.0, null, MatchMode.Any)]
    public async Task Search_CountTakesOverHalfTheBudget_NotLoosened(double countSeconds, double? budgetSeconds, MatchMode match)
    {
        FakeArticleIndex index = new(FakeArticleIndex.Article(0, "oil gas"), FakeArticleIndex.Article(1, "oil")) { CountTakes = TimeSpan.FromSeconds(countSeconds) };
        TimeSpan budget = budgetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        SearchOutcome outcome = await new ArticleSearch(index, FixedTime.Noon, budget).SearchAsync(new SearchRequest { Text = "oil gas" }, default);
        SearchAnswer answer = Assert.IsType<SearchOutcome.Found>(outcome).Answer;
        Assert.Equal((match, match == MatchMode.Any ? 1 : 0), (answer.Match, answer.Warnings.Count));
    }

    [Fact]
    public async Task Facet_OneField_NoHits()
    {
        SearchOutcome outcome = await Search.FacetAsync(new SearchRequest { Text = "oil", FacetSize = 5 }, ArticleSchema.Person, " pat ", default);
        Assert.Equal("text:oil sort=relevance size=0 facet=person/5/pat*", Assert.IsType<SearchOutcome.Found>(outcome).Answer.Plan.ToString());
        await Assert.ThrowsAsync<ArgumentException>(() => Search.FacetAsync(new SearchRequest(), ArticleSchema.Headline, null, default).AsTask());
    }

    [Fact]
    public async Task Export_Request_EveryHitOnceFromOneCommit()
    {
        FakeArticleIndex index = new([.. Enumerable.Range(0, 2_500).Select(i => FakeArticleIndex.Article(i, i % 5 == 0 ? "Coal" : "Oil"))]);
        List<string> ids = [];
        List<int> pages = [];
        await foreach (SearchOutcome outcome in new ArticleSearch(index, FixedTime.Noon).ExportAsync(new SearchRequest { Text = "oil", Size = 3, Snippets = 5 }, default))
        {
            index.Newest = new CommitId(8, 1);
            SearchResults results = Assert.IsType<SearchOutcome.Found>(outcome).Answer.Results;
            Assert.Equal(new CommitId(7, 2), results.Commit);
            pages.Add(results.Hits.Count);
            ids.AddRange(results.Hits.Select(h => h.Article.Id.Value));
        }

        Assert.Equal([1_000, 1_000], pages);
        Assert.Equal(2_000, ids.Distinct().Count());
        Assert.All(index.Plans, plan => Assert.Equal((0, false), (plan.Snippets.Count, plan.Explain)));
        Assert.Equal(0, index.Open);
    }

    [Fact]
    public async Task Export_CannotSearch_OneOutcome()
    {
        Assert.IsType<SearchOutcome.Refused>(await Only(new SearchRequest { Text = "(" }));
        _index.Newest = null;
        Assert.IsType<SearchOutcome.NothingPublished>(await Only(new SearchRequest()));

        async Task<SearchOutcome> Only(SearchRequest request)
        {
            List<SearchOutcome> outcomes = [];
            await foreach (SearchOutcome outcome in Search.ExportAsync(request, default))
            {
                outcomes.Add(outcome);
            }

            return Assert.Single(outcomes);
        }
    }

    [Fact]
    public async Task Get_Article_FoundNotFoundNothing()
    {
        Assert.IsType<ArticleOutcome.Found>(await Search.GetAsync(ArticleId.FromNative("test", "3"), default));
        Assert.Equal(new ArticleOutcome.NotFound(new CommitId(7, 2)), await Search.GetAsync(ArticleId.FromNative("test", "99"), default));
        _index.Newest = null;
        Assert.IsType<ArticleOutcome.NothingPublished>(await Search.GetAsync(ArticleId.FromNative("test", "3"), default));
    }

    [Fact]
    public async Task AnyCall_ReleasesItsSnapshot()
    {
        _ = await Found(new SearchRequest { Text = "gas price" });
        _ = await Search.GetAsync(ArticleId.FromNative("test", "3"), default);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Search.SearchAsync(new SearchRequest(), new CancellationToken(true)).AsTask());
        Assert.Equal(0, _index.Open);
    }

    private async Task<SearchAnswer> Found(SearchRequest request) =>
        Assert.IsType<SearchOutcome.Found>(await Search.SearchAsync(request, default)).Answer;
}
