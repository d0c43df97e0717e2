using System.Net;
using System.Text.Json.Nodes;
using SearchService.Archive.Index;

namespace SearchService.Tests.Http;

public sealed class SearchEndpointTests
{
    private const string FullAnswer = """
        {"query":{"text":"harbour","understood":"harbour","match":"all","warnings":[]},
        "generation":"7.2","total":1,"exact":true,"timedOut":false,"took":{"total":1.5,"match":0.13,"facets":0,"snippets":0},
        "hits":[{"id":"ID","headline":"Harbour reopens after storm","url":"https://news.example/2018/11/21/harbour","source":"Test Wire","language":"en",
        "date":{"value":"2018-11-21T14:20+04:00","precision":"minute","provenance":"stamp"},
        "location":{"text":"Baku, Azerbaijan","place":"Baku","country":"AZ","provenance":"dateline"},
        "countries":[{"code":"AZ","name":"Azerbaijan"}],"people":[{"name":"Leyla Məmmədova","mentions":1}],
        "byline":"A. Writer","section":"Ports","subjects":["shipping"],"score":7.1235,
        "snippets":[{"field":"body","html":"<mark>BAKU</mark>, Azerbaijan (Test Wire) - The harbour of Baku reopened, said Leyla Məmmədova.",
        "text":"BAKU, Azerbaijan (Test Wire) - The harbour of Baku reopened, said Leyla Məmmədova.","marks":[[0,4]]}]}],
        "facets":{"country":{"values":[{"value":"AZ","label":"Azerbaijan","count":1,"selected":false}],"total":1,"missing":0,"other":0},
        "date":{"interval":"month","buckets":[{"from":"2018-11-01","to":"2018-12-01","value":"2018-11","count":1,"archive":3,"selected":false}],"imprecise":0,"missing":0}}}
        """;

    [Fact]
    public async Task A_whole_answer_is_exactly_this_text()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        using HttpResponseMessage response = await server.GetAsync("/v1/search?q=harbour&facet=country&facet=date");

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string want = FullAnswer.ReplaceLineEndings("").Replace("\"ID\"", $"\"{TestArticles.Full.Id}\"", StringComparison.Ordinal);
        Assert.Equal(want, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/search?size=101", "bad-value", "size", "size must be 0 to 100, got 101")]
    [InlineData("/v1/search?size=abc", "bad-value", "size", "size must be 0 to 100, got abc")]
    [InlineData("/v1/search?facetSize=0", "bad-value", "facetSize", "facetSize must be 1 to 100, got 0")]
    [InlineData("/v1/search?snippets=11", "bad-value", "snippets", "snippets must be 0 to 10, got 11")]
    [InlineData("/v1/search?snippetLength=39", "bad-value", "snippetLength", "snippetLength must be 40 to 1000, got 39")]
    [InlineData("/v1/search?size=1&size=2", "duplicate-parameter", "size", "size is given 2 times, want it once")]
    [InlineData("/v1/search?size=1&SIZE=2", "duplicate-parameter", "size", "size is given 2 times, want it once")]
    [InlineData("/v1/search?cursor=nonsense", "bad-cursor", "cursor", null)]
    [InlineData("/v1/search?contry=AZ", "unknown-parameter", "contry", null)]
    [InlineData("/v1/search?facet=contry", "bad-value", "facet", null)]
    [InlineData("/v1/search?date=nonsense", "bad-value", "date", null)]
    [InlineData("/v1/search?country=Atlantis", "bad-value", "country", null)]
    [InlineData("/v1/search?ids=xyz", "bad-value", "ids", null)]
    [InlineData("/v1/search?q=colour:red", "query-syntax", "q", null)]
    [InlineData("/v1/search?q=%22open", "query-syntax", "q", null)]
    [InlineData("/v1/search?q=%22a%22~99", "query-syntax", "q", null)]
    [InlineData("/v1/export?format=xml", "bad-value", "format", "format must be ndjson or csv, got 'xml'")]
    [InlineData("/v1/export?size=5", "unknown-parameter", "size", null)]
    [InlineData("/v1/search.atom?facet=country", "unknown-parameter", "facet", null)]
    [InlineData("/v1/facets/country?prefix=a&prefix=b", "duplicate-parameter", "prefix", "prefix is given 2 times, want it once")]
    [InlineData("/v1/facets/country?size=5", "unknown-parameter", "size", null)]
    public async Task A_wrong_parameter_is_named_with_what_was_wanted(string path, string type, string parameter, string? detail)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        using HttpResponseMessage response = await server.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        string body = await response.Content.ReadAsStringAsync();
        JsonNode problem = JsonNode.Parse(body)!;
        Assert.Equal("urn:searchservice:problem:" + type, (string?)problem["type"]);
        Assert.Equal(400, (int)problem["status"]!);
        Assert.Equal(parameter, (string?)problem["parameter"]);
        Assert.NotEmpty((string)problem["traceId"]!);
        Assert.True(body.Length <= 1024, "a refusal is short");
        Assert.False(((string)problem["detail"]!).EndsWith('.'));
        if (detail is not null)
        {
            Assert.Equal(detail, (string?)problem["detail"]);
        }
    }

    [Fact]
    public async Task A_query_error_says_where()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        JsonNode problem = await server.JsonAsync("/v1/search?q=harbour+colour:red", HttpStatusCode.BadRequest);

        Assert.Equal(8, (int)problem["position"]!);
        Assert.Equal(7, (int)problem["length"]!);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    public async Task Many_parentheses_are_refused_with_a_message(int depth)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        JsonNode problem = await server.JsonAsync("/v1/search?q=" + new string('(', depth), HttpStatusCode.BadRequest);

        Assert.Equal("urn:searchservice:problem:query-syntax", (string?)problem["type"]);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("%28")]
    public async Task An_address_that_is_too_long_is_a_414_with_a_problem(string parenthesis)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        JsonNode problem = await server.JsonAsync(
            "/v1/search?q=" + string.Concat(Enumerable.Repeat(parenthesis, 10_000)), HttpStatusCode.RequestUriTooLong);

        Assert.Equal("urn:searchservice:problem:address-too-long", (string?)problem["type"]);
    }

    [Fact]
    public async Task An_entity_tag_is_answered_304_without_a_search()
    {
        FakeIndex index = new(TestArticles.Full);
        await using TestServer server = await TestServer.StartAsync(index);
        using HttpResponseMessage first = await server.GetAsync("/v1/search?q=harbour&size=5");
        string tag = first.Headers.ETag!.ToString();
        int searches = index.Searches;

        using HttpResponseMessage again = await server.SendAsync(HttpMethod.Get, "/v1/search?size=5&q=harbour", ("If-None-Match", tag));
        using HttpResponseMessage other = await server.SendAsync(HttpMethod.Get, "/v1/search?q=harbour&size=6", ("If-None-Match", tag));

        Assert.StartsWith("W/\"7.2-", tag, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(searches + 1, index.Searches);
    }

    [Fact]
    public async Task An_entity_tag_is_void_once_another_commit_serves()
    {
        FakeIndex index = new(TestArticles.Full);
        await using TestServer server = await TestServer.StartAsync(index);
        using HttpResponseMessage first = await server.GetAsync("/v1/search?q=harbour");
        index.Commit = new CommitId(8, 1);

        using HttpResponseMessage again = await server.SendAsync(HttpMethod.Get, "/v1/search?q=harbour", ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task An_entity_tag_is_void_once_a_generation_of_the_same_number_was_built_anew()
    {
        FakeIndex index = new(TestArticles.Full);
        await using TestServer server = await TestServer.StartAsync(index);
        string article = $"/v1/articles/{TestArticles.Full.Id}";
        foreach (string path in new[] { "/v1/search?q=harbour", "/v1/facets/country", "/v1/search.atom", article })
        {
            using HttpResponseMessage first = await server.GetAsync(path);
            index.Commit = index.Commit!.Value with { Build = index.Commit.Value.Build + 1 };

            using HttpResponseMessage again = await server.SendAsync(HttpMethod.Get, path, ("If-None-Match", first.Headers.ETag!.ToString()));

            Assert.True(again.StatusCode == HttpStatusCode.OK, path);
        }
    }

    [Theory]
    [InlineData("q=M%E9xico", "%E9")]
    [InlineData("q=a&person=%FF%FE", "%FF%FE")]
    [InlineData("q=%ED%A0%80", "%ED%A0%80")]
    [InlineData("q=%C3", "%C3")]
    [InlineData("%C3=%28%A9%A9%A9%A9", "%C3")]
    public async Task Codes_that_are_not_utf_8_are_refused(string query, string shown)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        JsonNode problem = await server.JsonAsync("/v1/search?" + query, HttpStatusCode.BadRequest);

        Assert.Equal($"got {shown} in the address, which is not UTF-8, want UTF-8", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("q=50%")]
    [InlineData("q=50%25")]
    [InlineData("q=a%zz")]
    [InlineData("q=M%C3%A9xico%2")]
    [InlineData("q=%F0%9F%98%80a")]
    public async Task Other_percent_signs_are_taken(string query)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        await server.JsonAsync("/v1/search?" + query);
    }

    [Fact]
    public async Task Pages_are_linked_to_the_end_and_hold_every_article_once()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex([.. Enumerable.Range(0, 25).Select(TestArticles.Plain)]));
        List<string> ids = [];
        string? path = "/v1/search?size=10&q=article&country=AZ";

        while (path is not null)
        {
            using HttpResponseMessage response = await server.GetAsync(path);
            JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            ids.AddRange(answer["hits"]!.AsArray().Select(h => (string)h!["id"]!));
            string? link = response.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? links.Single() : null;
            Assert.Equal(answer["next"] is not null, link is not null);
            path = link?[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
        }

        Assert.Equal(25, ids.Distinct().Count());
        Assert.Equal(25, ids.Count);
    }

    [Fact]
    public async Task A_cursor_of_a_commit_that_is_gone_is_a_410()
    {
        FakeIndex index = new([.. Enumerable.Range(0, 3).Select(TestArticles.Plain)]);
        await using TestServer server = await TestServer.StartAsync(index);
        JsonNode first = await server.JsonAsync("/v1/search?size=1");
        index.Commit = new CommitId(8, 1);

        JsonNode problem = await server.JsonAsync("/v1/search?size=1&cursor=" + (string)first["next"]!, HttpStatusCode.Gone);

        Assert.Equal("urn:searchservice:problem:commit-gone", (string?)problem["type"]);
        Assert.Contains("7.2", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_ran_out_of_time_says_so_and_is_not_to_be_kept()
    {
        FakeIndex index = new(TestArticles.Full);
        index.OnSearch = (plan, _) => ValueTask.FromResult(index.Results(plan) with { TimedOut = true, Exact = false });
        await using TestServer server = await TestServer.StartAsync(index);

        using HttpResponseMessage response = await server.GetAsync("/v1/search?q=harbour");

        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((bool)answer["timedOut"]!);
        Assert.False((bool)answer["exact"]!);
        Assert.Null(response.Headers.ETag);
    }
}
