using System.Text.Json.Nodes;
using SearchService.Archive.Querying;

namespace SearchService.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_parameter_of_a_search_is_described()
    {
        JsonNode document = await DocumentAsync();

        JsonArray parameters = document["paths"]!["/v1/search"]!["get"]!["parameters"]!.AsArray();

        Assert.Equal(SearchParameters.All.Order(StringComparer.Ordinal), parameters.Select(p => (string)p!["name"]!).Order(StringComparer.Ordinal));
        foreach (JsonNode? parameter in parameters)
        {
            Assert.NotEmpty((string)parameter!["description"]!);
            Assert.NotNull(parameter["schema"]!["type"]);
            Assert.Equal("query", (string?)parameter["in"]);
        }

        JsonNode size = parameters.Single(p => (string?)p!["name"] == "size")!["schema"]!;
        Assert.Equal((0, 100, 20), ((int)size["minimum"]!, (int)size["maximum"]!, (int)size["default"]!));
        JsonNode sort = parameters.Single(p => (string?)p!["name"] == "sort")!["schema"]!;
        Assert.Equal(["relevance", "newest", "oldest"], sort["enum"]!.AsArray().Select(v => (string)v!));
        JsonNode facet = parameters.Single(p => (string?)p!["name"] == "facet")!["schema"]!;
        Assert.Equal("array", (string?)facet["type"]);
        Assert.Equal(10, (int)facet["maxItems"]!);
    }

    [Theory]
    [InlineData("/v1/search", "200,304,400,410,414,429,500,503")]
    [InlineData("/v1/articles/{id}", "200,304,400,404,414,429,500,503")]
    [InlineData("/v1/facets/{field}", "200,304,400,404,410,414,429,500,503")]
    [InlineData("/v1/export", "200,400,410,414,429,500,503")]
    [InlineData("/v1/search.atom", "200,304,400,410,414,429,500,503")]
    [InlineData("/v1/status", "200,400,414,500")]
    [InlineData("/health/live", "200,400,414,500")]
    [InlineData("/health/ready", "200,400,414,500,503")]
    public async Task Every_resource_describes_its_answers(string path, string statuses)
    {
        JsonNode document = await DocumentAsync();

        JsonObject responses = document["paths"]![path]!["get"]!["responses"]!.AsObject();

        Assert.Equal(statuses, string.Join(',', responses.Select(r => r.Key).Order(StringComparer.Ordinal)));
        foreach ((string status, JsonNode? response) in responses.Where(r => r.Key[0] is '4' or '5'))
        {
            Assert.True(response!["content"]!["application/problem+json"]!["schema"] is not null, $"{path} {status}");
        }
    }

    [Fact]
    public async Task Every_default_example_and_limit_is_accepted_by_the_reader()
    {
        JsonNode document = await DocumentAsync();
        foreach (JsonNode? parameter in document["paths"]!["/v1/search"]!["get"]!["parameters"]!.AsArray())
        {
            string name = (string)parameter!["name"]!;
            JsonNode schema = parameter["schema"]!;
            IEnumerable<JsonNode?> values = new[] { schema["default"], schema["minimum"], schema["maximum"] }
                .Concat(parameter["example"] is JsonArray several ? several.AsEnumerable() : new[] { parameter["example"] })
                .Concat(schema["enum"]?.AsArray() ?? [])
                .Concat(schema["items"]?["enum"]?.AsArray() ?? []);
            foreach (JsonNode? value in values.Where(v => v is not null))
            {
                RequestReadResult read = SearchRequestReader.Read([KeyValuePair.Create(name, value!.ToString())]);

                Assert.True(read.Success, $"{name}={value}: {read.Error?.Message}");
            }
        }
    }

    [Fact]
    public async Task Just_outside_a_limit_the_reader_refuses()
    {
        JsonNode document = await DocumentAsync();
        foreach (JsonNode? parameter in document["paths"]!["/v1/search"]!["get"]!["parameters"]!.AsArray())
        {
            if (parameter!["schema"]!["minimum"] is { } minimum && parameter["schema"]!["maximum"] is { } maximum)
            {
                string name = (string)parameter["name"]!;
                Assert.False(SearchRequestReader.Read([KeyValuePair.Create(name, $"{(int)minimum - 1}")]).Success, name);
                Assert.False(SearchRequestReader.Read([KeyValuePair.Create(name, $"{(int)maximum + 1}")]).Success, name);
            }
        }
    }

    [Fact]
    public async Task Contracts_and_their_properties_are_described()
    {
        JsonNode document = await DocumentAsync();

        JsonObject schemas = document["components"]!["schemas"]!.AsObject();

        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        Assert.Equal("/", (string?)document["servers"]![0]!["url"]);
        Assert.NotEmpty((string)schemas["SearchResponse"]!["description"]!);
        Assert.NotEmpty((string)schemas["SearchResponse"]!["properties"]!["total"]!["description"]!);
        Assert.NotNull(schemas["ProblemResponse"]!["properties"]!["traceId"]);
    }

    private static async Task<JsonNode> DocumentAsync()
    {
        await using TestServer server = await TestServer.StartAsync(new FakeIndex());
        return await server.JsonAsync("/openapi/v1.json");
    }
}
