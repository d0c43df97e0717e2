using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using SearchService.Archive.Articles;

namespace SearchService.Tests.Http;

public sealed class ResourceTests
{
    [Fact]
    public async Task An_article_has_every_field_and_its_evidence()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        JsonNode article = await server.JsonAsync("/v1/articles/" + TestArticles.Full.Id.Value.ToUpperInvariant());

        Assert.Equal(
            ["id", "headline", "url", "source", "language", "date", "location", "countries", "people", "byline", "section", "subjects",
                "body", "path", "record", "format", "charset", "sourceText", "mentioned", "places", "findings"],
            article.AsObject().Select(p => p.Key));
        Assert.Equal("""{"field":"people","value":"Leyla Məmmədova","in":"body","start":64,"length":15,"rule":"said-name"}""", Compact(article["findings"]![0]!));
        Assert.Equal("""{"name":"Baku","country":"AZ","mentions":2}""", Compact(article["places"]![0]!));
    }

    [Fact]
    public async Task Absent_values_are_left_out()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Plain(1)));

        JsonNode article = await server.JsonAsync("/v1/articles/" + TestArticles.Plain(1).Id);

        Assert.Equal(
            ["id", "headline", "countries", "people", "subjects", "body", "path", "record", "format", "charset", "mentioned", "places", "findings"],
            article.AsObject().Select(p => p.Key));
    }

    [Theory]
    [InlineData("/v1/articles/000000000000000000000000", "urn:searchservice:problem:article-not-found")]
    [InlineData("/v1/articles/nonsense", "urn:searchservice:problem:article-not-found")]
    [InlineData("/v1/facets/headline", "urn:searchservice:problem:unknown-facet")]
    [InlineData("/v1/facets/contry", "urn:searchservice:problem:unknown-facet")]
    [InlineData("/v1/nothing", "urn:searchservice:problem:not-found")]
    [InlineData("/v1/articles/../../etc/passwd", "urn:searchservice:problem:not-found")]
    [InlineData("/%2e%2e/secret", "urn:searchservice:problem:not-found")]
    public async Task What_is_not_there_is_a_404_with_a_reason(string path, string type)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        JsonNode problem = await server.JsonAsync(path, HttpStatusCode.NotFound);

        Assert.Equal(type, (string?)problem["type"]);
        Assert.NotEmpty((string)problem["detail"]!);
    }

    [Theory]
    [InlineData("/search?q=oil", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("/search?q=oil", "*/*", "application/problem+json")]
    [InlineData("/search?q=oil", "application/json", "application/problem+json")]
    [InlineData("/v1/nothing", "text/html", "application/problem+json")]
    public async Task A_lost_person_gets_a_page_and_a_program_a_problem(string path, string accept, string type)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, path, ("Accept", accept));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        if (type == "text/html")
        {
            Assert.Contains("There is no page under this address", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Status_says_what_serves_and_names_no_path()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        JsonNode status = await server.JsonAsync("/v1/status");

        Assert.Equal("serving", (string?)status["status"]);
        Assert.Equal("7.2", (string?)status["generation"]);
        Assert.Equal(4096, (long)status["bytes"]!);
        Assert.Equal(1234, (long)status["memoryBytes"]!);
        Assert.DoesNotContain("secret", status.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_ready_degraded_or_unavailable()
    {
        FakeIndex index = new(TestArticles.Full);
        await using TestServer server = await TestServer.StartAsync(index);

        Assert.Equal("live", (string?)(await server.JsonAsync("/health/live"))["status"]);
        Assert.Equal("""{"status":"ready","generation":"7.2"}""", Compact(await server.JsonAsync("/health/ready")));
        index.Degraded = "generation 8 is damaged, run: searchservice reindex";
        Assert.Equal("degraded", (string?)(await server.JsonAsync("/health/ready"))["status"]);
        index.Commit = null;
        Assert.Equal(index.Degraded, (string?)(await server.JsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable))["detail"]);
        Assert.Equal("live", (string?)(await server.JsonAsync("/health/live"))["status"]);
    }

    [Theory]
    [InlineData("/v1/search")]
    [InlineData("/v1/search.atom")]
    [InlineData("/v1/export")]
    [InlineData("/v1/facets/country")]
    [InlineData("/v1/articles/000000000000000000000000")]
    [InlineData("/health/ready")]
    public async Task With_nothing_published_the_command_to_run_is_named(string path)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex { Commit = null });

        using HttpResponseMessage response = await server.GetAsync(path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("urn:searchservice:problem:nothing-published", (string?)problem["type"]);
        Assert.Contains("searchservice reindex", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_unknown_facet_is_named_with_those_there_are()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        JsonNode problem = await server.JsonAsync("/v1/facets/contry", HttpStatusCode.NotFound);

        Assert.StartsWith("unknown facet 'contry', want one of date, location, ", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/facets/person")]
    [InlineData("/articles/000000000000000000000000")]
    public async Task The_page_says_why_there_is_nothing_to_search(string path)
    {
        await using TestServer server = await TestServer.StartAsync(
            new FakeIndex { Commit = null, Degraded = "index was built by schema 99, this program reads 1: run searchservice reindex" });

        using HttpResponseMessage response = await server.GetAsync(path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("index was built by schema 99, this program reads 1", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_facet_is_counted_alone()
    {
        FakeIndex index = new(TestArticles.Full);
        await using TestServer server = await TestServer.StartAsync(index);

        JsonNode answer = await server.JsonAsync("/v1/facets/country?q=harbour&prefix=Az&facetSize=5");

        Assert.Equal(
            """{"field":"country","generation":"7.2","exact":true,"facet":{"values":[{"value":"AZ","label":"Azerbaijan","count":1,"selected":false}],"total":1,"missing":0,"other":0}}""",
            Compact(answer));
        Assert.Equal("Az", index.LastPlan!.Facets.Single().Prefix);
        Assert.Equal(5, index.LastPlan.Facets.Single().Size);
    }

    [Fact]
    public async Task A_feed_is_newest_first_and_well_formed_whatever_the_text_holds()
    {
        FakeIndex index = new(
            TestArticles.Full,
            TestArticles.Plain(1) with { Headline = "a\u0001b\uD800c <script>", Url = "javascript:alert(1)" });
        await using TestServer server = await TestServer.StartAsync(index);

        using HttpResponseMessage response = await server.GetAsync("/v1/search.atom?q=harbour%3Cb%3E");

        Assert.Equal("application/atom+xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string feed = await response.Content.ReadAsStringAsync();
        using XmlReader xml = XmlReader.Create(new StringReader(feed));
        List<string> titles = [];
        while (xml.ReadToFollowing("title", "http://www.w3.org/2005/Atom"))
        {
            titles.Add(xml.ReadElementContentAsString());
        }

        Assert.Equal("Harbour reopens after storm", titles[1]);
        Assert.Equal("a\uFFFDb\uFFFDc <script>", titles[2]);
        Assert.Contains("<updated>2018-11-21T14:20:00+04:00</updated>", feed, StringComparison.Ordinal);
        Assert.Contains($"<link rel=\"alternate\" href=\"/articles/{TestArticles.Full.Id}\" type=\"text/html\" />", feed, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"alternate\" href=\"/?q=harbour%3Cb%3E&amp;sort=newest\" type=\"text/html\" />", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", feed, StringComparison.Ordinal);
        Assert.Equal(Archive.Index.SortOrder.Newest, index.LastPlan!.Sort);
    }

    [Fact]
    public async Task The_search_box_description_names_absolute_addresses()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        string description = await server.Client.GetStringAsync("/opensearch.xml");

        Assert.Contains($"template=\"{server.Address}?q={{searchTerms}}\"", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_streams_every_hit()
    {
        Article[] articles = [.. Enumerable.Range(0, 2500).Select(TestArticles.Plain)];
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(articles));

        using HttpResponseMessage response = await server.GetAsync("/v1/export?q=article");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=export-7.2.ndjson", response.Content.Headers.ContentDisposition!.ToString());
        string[] lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(articles.Select(a => a.Id.Value), lines.Select(l => (string)JsonNode.Parse(l)!["id"]!));
    }

    [Fact]
    public async Task An_export_that_runs_out_of_time_breaks_off()
    {
        FakeIndex index = new([.. Enumerable.Range(0, 2500).Select(TestArticles.Plain)]);
        index.OnSearch = (plan, _) => ValueTask.FromResult(index.Results(plan) with { TimedOut = plan.After is not null });
        await using TestServer server = await TestServer.StartAsync(index);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.GetAsync("/v1/export?format=csv"));
    }

    private static string Compact(JsonNode node) => node.ToJsonString(new System.Text.Json.JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
