using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace SearchService.Tests.Http;

public sealed class ProtectionTests
{
    private static readonly string[] Paths =
    [
        "/", "/v1/search", "/v1/search?q=%22", "/v1/search.atom", "/v1/export", "/v1/export?format=csv", "/v1/facets/country", "/v1/facets/x", "/v1/status",
        "/v1/articles/000000000000000000000000", $"/v1/articles/{TestArticlesId}", "/openapi/v1.json", "/opensearch.xml", "/health/live", "/health/ready", "/nothing",
        "/v1/search?q=" + "((((((((((((", "/v1/search?" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];

    private static readonly string[] MethodNames = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"];

    private static string TestArticlesId => TestArticles.Full.Id.Value;

    [Fact]
    public async Task Every_answer_carries_the_security_headers_and_no_server_name()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));
        foreach (string path in Paths)
        {
            foreach (string method in MethodNames)
            {
                using HttpResponseMessage response = await server.SendAsync(new HttpMethod(method), path);
                string at = $"{method} {path} ({(int)response.StatusCode})";

                Assert.True(Header(response, "Content-Security-Policy").Contains("default-src 'none'", StringComparison.Ordinal), at);
                Assert.True(Header(response, "Content-Security-Policy").Contains("frame-ancestors 'none'", StringComparison.Ordinal), at);
                Assert.True(Header(response, "X-Content-Type-Options") == "nosniff", at);
                Assert.True(Header(response, "Referrer-Policy") == "no-referrer", at);
                Assert.True(Header(response, "Cross-Origin-Opener-Policy") == "same-origin", at);
                Assert.True(Header(response, "Cross-Origin-Resource-Policy") == "same-origin", at);
                Assert.False(response.Headers.Contains("Server"), at);
                Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"), at);
                Assert.True((int)response.StatusCode < 500, at);
                if (method is not ("GET" or "HEAD"))
                {
                    Assert.True(response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, at);
                }
            }
        }
    }

    [Fact]
    public async Task Head_answers_as_get_without_a_body()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));
        foreach (string path in Paths)
        {
            using HttpResponseMessage get = await server.SendAsync(HttpMethod.Get, path);
            using HttpResponseMessage head = await server.SendAsync(HttpMethod.Head, path);

            Assert.True(get.StatusCode == head.StatusCode, path);
            Assert.True(get.Content.Headers.ContentType?.ToString() == head.Content.Headers.ContentType?.ToString(), path);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Another_method_is_a_405_that_names_the_allowed_ones()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/v1/search");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("GET, HEAD", string.Join(", ", response.Content.Headers.Allow));
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("urn:searchservice:problem:method-not-allowed", (string?)problem["type"]);
        Assert.Equal("got POST, want GET or HEAD", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5080", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]:80", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("10.0.0.1", false)]
    public async Task A_loopback_server_answers_only_to_its_own_names(string host, bool answered)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, "/v1/status", ("Host", host));

        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_name_in_AllowedHosts_is_answered_too()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full), ("AllowedHosts", "archive.example"));

        using HttpResponseMessage named = await server.SendAsync(HttpMethod.Get, "/v1/status", ("Host", "archive.example"));
        using HttpResponseMessage local = await server.SendAsync(HttpMethod.Get, "/v1/status", ("Host", "localhost"));
        using HttpResponseMessage other = await server.SendAsync(HttpMethod.Get, "/v1/status", ("Host", "evil.example"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest), (named.StatusCode, local.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task A_failure_is_a_trace_id_to_the_client_and_a_line_in_the_log()
    {
        FakeIndex index = new(TestArticles.Full) { OnSearch = (_, _) => throw new InvalidOperationException("secret /srv/archive") };
        await using TestServer server = await TestServer.StartAsync(index);

        using HttpResponseMessage response = await server.GetAsync("/v1/search?q=harbour");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        string body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", body, StringComparison.Ordinal);
        string traceId = (string)JsonNode.Parse(body)!["traceId"]!;
        Assert.Contains(server.Logs.Lines, line => line.Contains(traceId, StringComparison.Ordinal));
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_a_503()
    {
        FakeIndex index = new(TestArticles.Full)
        {
            OnSearch = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("not reached");
            },
        };
        await using TestServer server = await TestServer.StartAsync(index, ("SearchService:RequestTimeout", "00:00:00.200"));

        JsonNode problem = await server.JsonAsync("/v1/search?q=harbour", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("urn:searchservice:problem:timed-out", (string?)problem["type"]);
    }

    [Fact]
    public async Task Too_many_searches_at_once_are_told_to_come_back_and_health_still_answers()
    {
        TaskCompletionSource release = new();
        TaskCompletionSource running = new();
        FakeIndex index = new(TestArticles.Full);
        index.OnSearch = async (plan, _) =>
        {
            running.TrySetResult();
            await release.Task;
            return index.Results(plan);
        };
        await using TestServer server = await TestServer.StartAsync(
            index, ("SearchService:ConcurrentSearches", "1"), ("SearchService:QueuedSearches", "1"), ("SearchService:QueueWait", "00:00:00.050"));
        Task<HttpResponseMessage> first = server.GetAsync("/v1/search?q=harbour");
        await running.Task;

        using HttpResponseMessage second = await server.GetAsync("/v1/search?q=harbour");
        using HttpResponseMessage health = await server.GetAsync("/health/ready");
        release.SetResult();
        using HttpResponseMessage done = await first;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal("1", Header(second, "Retry-After"));
        Assert.Contains("overloaded", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Theory]
    [InlineData("GET /v1/search?q=%FF%FE HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/search?q=%ED%A0%80 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/search?q=% HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/search?&&=&=x& HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task A_malformed_request_is_answered_below_500(string raw)
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex(TestArticles.Full));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(raw));
        byte[] buffer = new byte[64];

        int read = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false);

        string head = Encoding.ASCII.GetString(buffer, 0, read);
        Assert.Matches("^HTTP/1.1 [234]", head);
        Assert.Empty(server.Logs.Lines);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:5080")]
    [InlineData("http://archive.example:80")]
    [InlineData("http://localhost:5080;http://[::]:5080")]
    public void An_address_that_others_reach_needs_public(string urls)
    {
        SearchService.Http.ServerSettingsException refused = Assert.Throws<SearchService.Http.ServerSettingsException>(
            () => SearchService.Http.SearchHost.Build(new FakeIndex(), new SearchService.Http.ServeSettings(urls, Public: false, JsonLogs: false), TimeProvider.System));

        Assert.Contains("--public", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SearchService:QueueWait", "soon", "setting SearchService:QueueWait is 'soon', want 00:00:00 to 00:00:30")]
    [InlineData("SearchService:RequestsPerSecond", "0", "setting SearchService:RequestsPerSecond is '0', want 1 to 1000000")]
    [InlineData("SearchService:MaxConections", "5", null)]
    public async Task A_wrong_setting_stops_the_start_with_one_line(string key, string value, string? message)
    {
        SearchService.Http.ServerSettingsException refused = await Assert.ThrowsAsync<SearchService.Http.ServerSettingsException>(
            () => TestServer.StartAsync(new FakeIndex(), (key, value)));

        Assert.Equal(message ?? refused.Message, refused.Message);
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : "";
}
