using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using static SearchService.Archive.Tests.Backends.Embedded.TestArchive;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class SnapshotSearchTests
{
    private static readonly Article[] Sample =
    [
        Make(
            0, "Port strike ends", "Dockers at the port returned. A new pact was signed by the Securities Board.",
            "2018-11-21T14:20", ["Jane Roe"], ["AZ"], "Agency One"),
        Make(
            1, "Bank fund grows", "İlham Məmmədov of the bank said the fund’s filing is complete; port fees fall.",
            "2018-11-22", ["İlham Məmmədov"], ["AZ", "RU"], "Agency Two"),
        Make(2, null, "Floods hit the strait. The new port, the security of ships and the happy crews.", "2018-11", [], ["RU"]),
        Make(3, "Files on a bank", "Nothing more.", null, ["Jane Smith"], []),
    ];

    public static TheoryData<string, string> Queries => new()
    {
        { "text:port", "0 2 1" },
        { "headline:port", "0" },
        { "body:port", "2 0 1" },
        { "text:ports", "0 2 1" },
        { "text:mammadov", "1" },
        { "text:ƏLİ", "" },
        { "text:ilham", "1" },
        { "text:fund's", "1" },
        { "text:\"new port\"", "2" },
        { "text:\"port new\"", "" },
        { "body:\"strike ends\"", "" },
        { "headline:\"strike ends\"", "0" },
        { "text:\"strike ends\"", "0" },
        { "text:\"ends dockers\"", "" },
        { "text:securit*", "0 2" },
        { "text:securiti*", "0" },
        { "text:security*", "2" },
        { "text:file*", "3" },
        { "text:fil*", "1 3" },
        { "text:happi*", "" },
        { "headline:fi*", "3" },
        { "body:fi*", "1" },
        { "body:bank*", "1" },
        { "person:jane", "0 3" },
        { "person:\"jane roe\"", "0" },
        { "person:\"roe jane\"", "" },
        { "person:mam*", "1" },
        { "person:Məm*", "1" },
        { "source:agency", "0 1" },
        { "country=AZ", "0 1" },
        { "country=_missing", "3" },
        { "person=Jane Roe", "0" },
        { "person=Jane", "" },
        { "...", "" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Search_FindsInOrder(string query, string expected)
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        SearchResults results = snapshot.Search(Parse(query));
        string[] found = [.. results.Hits.Select(h => $"{Array.FindIndex(Sample, a => a.Id == h.Article.Id)}")];
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), found.Order());
        Assert.Equal(found.Length, results.Total);
        if (query is "text:port" or "body:port")
        {
            Assert.Equal(expected, string.Join(' ', found));
        }
    }

    [Fact]
    public void Search_LeavesOutWordsWithoutLetters()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        Assert.Equal(3, snapshot.Search(new AndNode([Word("port"), Word("&")])).Total);
        Assert.Equal(3, snapshot.Search(new OrNode([Word("port"), Word("&")])).Total);
        Assert.Equal(3, snapshot.Search(new AndNode([Word("port"), new NotNode(Word("&"))])).Total);
        Assert.Equal(0, snapshot.Search(Word("&")).Total);
    }

    [Fact]
    public void Search_WordOfSeveralTerms_IsAPhrase()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Make(0, body: "the co-operation"), Make(1, body: "operation of the co"));
        Assert.Equal(1, snapshot.Search(Word("co-operation")).Total);
        Assert.Equal(1, snapshot.Search(Word("co’operation")).Total + snapshot.Search(Word("co/operations")).Total);
    }

    [Fact]
    public void Search_PrefixOfSeveralWords_RequiresThemAll()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Make(0, body: "the co-operation"), Make(1, body: "operation alone"));
        Assert.Equal(1, snapshot.Search(new PrefixNode(ArticleSchema.Text, "co-op")).Total);
    }

    [Fact]
    public void Search_PhraseDoesNotReachFromValueToValue()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Make(0, people: ["Jane Roe", "Max Mus"]));
        Assert.Equal(0, snapshot.Search(new PhraseNode(ArticleSchema.Person, "roe max", 10)).Total);
        Assert.Equal(1, snapshot.Search(new PhraseNode(ArticleSchema.Person, "jane roe", 10)).Total);
    }

    [Fact]
    public void Search_PhraseDoesNotReachFromHeadlineToBody()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Make(0, "port strike", "pact signed"));
        Assert.Equal(0, snapshot.Search(new PhraseNode(ArticleSchema.Text, "strike pact", 64)).Total);
    }

    [Fact]
    public void Search_ScoresBm25_WithTheHeadlineCountedThrice()
    {
        Article[] articles = [Make(0, "port", "port pact vote"), Make(1, null, "port tax"), Make(2, null, "tax tax vote")];
        using EmbeddedSnapshot snapshot = Snapshot(articles);
        SearchResults results = snapshot.Search(Word("port"));
        double idf = Math.Log(1 + ((3 - 2 + 0.5) / (2 + 0.5)));
        double average = (6 + 2 + 3) / 3.0;
        double Score(double frequency, double length) => idf * frequency * 2.2 / (frequency + (1.2 * (0.25 + (0.75 * length / average))));
        Assert.Equal(Score(4, 4), results.Hits[0].Score!.Value, 1e-5);
        Assert.Equal(Score(1, 2), results.Hits[1].Score!.Value, 1e-5);
        SearchResults body = snapshot.Search(new WordNode(ArticleSchema.Body, "port", Boost: 2));
        Assert.Equal(2 * Score(1, 2), body.Hits[0].Score!.Value, 1e-5);
        Assert.Equal(2 * Score(1, 4), body.Hits[1].Score!.Value, 1e-5);
    }

    [Fact]
    public void Search_PrefixScoresItsBoost_ValuesScoreNothing()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        SearchResults results = snapshot.Search(new AndNode([new PrefixNode(ArticleSchema.Text, "por", 2.5f), new ValueNode(ArticleSchema.Country, "RU")]));
        Assert.Equal([2.5f, 2.5f], results.Hits.Select(h => h.Score!.Value));
        Assert.Null(snapshot.Search(new ValueNode(ArticleSchema.Country, "RU")).Hits[0].Score);
        Assert.Null(snapshot.Search(MatchAllNode.Instance).Hits[0].Score);
    }

    [Fact]
    public void Search_ByIds_FindsThoseThatMatch()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        QueryPlan plan = new() { Ids = [Sample[1].Id, Sample[3].Id, ArticleId.FromPath("none", 1)] };
        Assert.Equal(2, snapshot.Search(plan, CancellationToken.None).Total);
        Assert.Equal(1, snapshot.Search(plan with { Query = Word("port") }, CancellationToken.None).Total);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    public void Search_WithExplain_ExplainsTheScore_InAnyCulture(string culture)
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Hit hit = snapshot.Search(new QueryPlan { Query = Parse("body:port"), Explain = true }, CancellationToken.None).Hits[0];
        Assert.Contains("idf(docFreq=3, maxDocs=4)", hit.Explanation, StringComparison.Ordinal);
        Assert.Contains(hit.Score!.Value.ToString(CultureInfo.InvariantCulture)[..5], hit.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_OfSizeZero_HasTotalAndFacetsButNoHits()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        foreach (PlanNode query in (PlanNode[])[Word("port"), MatchAllNode.Instance])
        {
            QueryPlan plan = new() { Query = query, Size = 0, Facets = [new FacetSpec(ArticleSchema.Country)] };
            SearchResults results = snapshot.Search(plan, CancellationToken.None);
            Assert.True(results.Total > 0);
            Assert.Empty(results.Hits);
            Assert.Null(results.Next);
            Assert.NotEmpty(((ValueFacet)results.Facets[0]).Values);
        }
    }

    [Fact]
    public void Search_OfAnEmptyArchive_FindsNothing()
    {
        using EmbeddedSnapshot snapshot = Snapshot();
        FacetSpec[] facets = [new(ArticleSchema.Country), new(ArticleSchema.Date)];
        foreach (PlanNode query in (PlanNode[])[Word("port"), MatchAllNode.Instance, Parse("body:po*"), Parse("country=_missing")])
        {
            Assert.Equal(0, snapshot.Search(new QueryPlan { Query = query, Facets = facets }, CancellationToken.None).Total);
        }

        Assert.Null(snapshot.Get(Sample[0].Id));
    }

    [Fact]
    public void Search_PastItsBudget_SaysSo()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        QueryPlan plan = new() { Query = Word("port"), Budget = TimeSpan.FromTicks(-1), Facets = [new FacetSpec(ArticleSchema.Country)] };
        SearchResults results = snapshot.Search(plan, CancellationToken.None);
        Assert.True(results.TimedOut);
        Assert.False(results.Exact);
        Assert.Equal(0, results.Total);
    }

    [Fact]
    public async Task Search_WhenCancelled_Throws()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await snapshot.SearchAsync(new QueryPlan(), cancelled.Token));
    }

    [Fact]
    public void Search_OfATreeTooDeep_IsRefused()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        PlanNode node = Word("port");
        for (int i = 0; i < 100; i++)
        {
            node = new NotNode(node);
        }

        Assert.Throws<ArgumentException>(() => snapshot.Search(node));
    }

    [Fact]
    public void Snippets_ShowHeadlineAndBody_MarkedWhereTheyMatch()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        AndNode query = new(
            [Word("strikes"), new PhraseNode(ArticleSchema.Text, "new pact"), new NotNode(Word("zebra")), new PrefixNode(ArticleSchema.Body, "sec")]);
        Hit hit = Assert.Single(snapshot.Search(new QueryPlan { Query = query, Snippets = new SnippetSpec(2, 80) }, CancellationToken.None).Hits);
        Assert.Equal(
            ["headline: Port [strike] ends", "body: A [new] [pact] was signed by the [Securities] Board."],
            hit.Snippets.Select(Show));
    }

    [Fact]
    public void Snippets_WithoutAMatchInTheBody_ShowItsBeginning()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        QueryPlan plan = new() { Query = Parse("headline:port"), Snippets = new SnippetSpec(3, 40) };
        Assert.Equal(
            ["headline: [Port] strike ends", "body: Dockers at the port returned."],
            snapshot.Search(plan, CancellationToken.None).Hits[0].Snippets.Select(Show));
        Assert.Empty(snapshot.Search(plan with { Snippets = new SnippetSpec(0, 40) }, CancellationToken.None).Hits[0].Snippets);
    }

    [Theory]
    [InlineData("uni", "GB US")]
    [InlineData("kingd", "GB")]
    [InlineData("us", "US")]
    [InlineData("frank", "")]
    public void Facet_OfCodes_IsFoundByTheCountrysName(string prefix, string expected)
    {
        using EmbeddedSnapshot snapshot = Snapshot(Make(1, "Talks", countries: ["US", "GB"]), Make(2, "Trade", countries: ["GB", "FR"]));
        QueryPlan plan = new() { Size = 0, Facets = [new FacetSpec(ArticleSchema.Country, Prefix: prefix)] };
        ValueFacet facet = Assert.IsType<ValueFacet>(Assert.Single(snapshot.Search(plan, CancellationToken.None).Facets));
        Assert.Equal(expected, string.Join(' ', facet.Values.Select(v => v.Value)));
    }

    [Fact]
    public void Snippets_OfTheBeginning_LeaveOutADatelineParagraph()
    {
        Article wire = Make(1, "Port strike ends", "Baku, Nov. 21\n\nDockers went back.", "2018-11-21") with
        {
            Findings = [new Finding("location", "Baku, AZ", FindingIn.Body, 0, 4, "dateline-with-day")],
        };
        Article inline = Make(2, "Port strike begins", "BAKU, Nov. 21 - Dockers left.", "2018-11-20") with
        {
            Findings = [new Finding("location", "Baku, AZ", FindingIn.Body, 0, 4, "dateline-with-day")],
        };
        using EmbeddedSnapshot snapshot = Snapshot(wire, inline);
        QueryPlan plan = new() { Sort = SortOrder.Newest, Snippets = new SnippetSpec(1, 80) };
        Assert.Equal(
            ["body: Dockers went back.", "body: BAKU, Nov. 21 - Dockers left."],
            snapshot.Search(plan, CancellationToken.None).Hits.Select(h => Show(Assert.Single(h.Snippets))));
    }

    [Fact]
    public void Snippets_MarkTheBodyInTheUsersSpelling()
    {
        using EmbeddedSnapshot snapshot = Snapshot(Sample);
        Assert.Contains("İlham [Məmmədov] of the bank", Show(snapshot.Search(Word("mammadov")).Hits[0].Snippets[0]), StringComparison.Ordinal);
    }

    private static string Show(Snippet snippet)
    {
        string text = snippet.Text;
        foreach (TextSpan mark in snippet.Marks.Reverse())
        {
            text = text.Insert(mark.End, "]").Insert(mark.Start, "[");
        }

        return $"{snippet.Field}: {text}";
    }

    /// <summary>field:word, field:"phrase", field:prefix*, field=value; else a word.</summary>
    private static PlanNode Parse(string query)
    {
        if (query.Split('=') is [var valueField, var value])
        {
            return new ValueNode(ArticleSchema.Find(valueField)!, value);
        }

        if (query.Split(':') is not [var name, var words])
        {
            return Word(query);
        }

        ArticleField field = name == "text" ? ArticleSchema.Text : ArticleSchema.Find(name)!;
        return words[^1] switch
        {
            '*' => new PrefixNode(field, words[..^1]),
            '"' => new PhraseNode(field, words.Trim('"')),
            _ => new WordNode(field, words),
        };
    }
}
