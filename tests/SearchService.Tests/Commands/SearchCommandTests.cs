using System.Text.Json.Nodes;
using SearchService.Archive.Index;
using SearchService.Commands;
using SearchService.Tests.Http;

namespace SearchService.Tests.Commands;

public sealed class SearchCommandTests
{
    [Fact]
    public async Task Json_is_the_body_of_the_api()
    {
        using TestArchive archive = await TestArchive.CreateAsync(12);
        await using IArticleIndex index = Backend.Reading(archive.Index, TimeProvider.System);
        await using TestServer server = await TestServer.StartAsync(index);

        CommandRun run = await archive.RunAsync("search", "harbour", "report", "--size", "2", "--facet", "source", "--facet", "date", "--source", "Even Wire", "--snippets", "1", "--json");
        JsonNode body = await server.JsonAsync("/v1/search?q=harbour+report&size=2&facet=source&facet=date&source=Even+Wire&snippets=1");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Error);
        JsonNode printed = JsonNode.Parse(run.Out)!;
        printed["took"] = null;
        body["took"] = null;
        Assert.Equal(body.ToJsonString(), printed.ToJsonString());
        Assert.Equal(6, (int)printed["total"]!);
    }

    [Theory]
    [InlineData("@name")]
    [InlineData("nothingofthekind")]
    [InlineData("-- -harbour")]
    [InlineData("harbour --country FR")]
    public async Task Nothing_found_is_exit_code_1(string line)
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);

        CommandRun run = await archive.RunAsync(["search", .. line.Split(' ')]);

        Assert.Equal(ExitCode.NothingFound, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_query_that_begins_with_a_minus_stands_behind_two()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);

        CommandRun run = await archive.RunAsync("search", "--json", "--", "-war");

        Assert.Equal((ExitCode.Done, 3), (run.ExitCode, (int)JsonNode.Parse(run.Out)!["total"]!));
    }

    [Theory]
    [InlineData("\"harbour", "(character 1 of the query: \"harbour)")]
    [InlineData("the red colour:red", "(character 9 of the query: colour:red)")]
    [InlineData("har*bour", "(character 4 of the query: *bour)")]
    [InlineData("of the city (oil gas coal peat wood", "(character 13 of the query: (oil gas coal peat w…)")]
    public async Task A_query_error_is_one_line_that_names_the_place(string query, string place)
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);

        CommandRun run = await archive.RunAsync("search", query);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("searchservice: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(place + "\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Ten_thousand_parentheses_are_refused()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);

        CommandRun run = await archive.RunAsync("search", new string('(', 10_000));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.True(run.Error.Length < 400, run.Error);
    }

    [Fact]
    public async Task People_see_count_hits_and_facets()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);

        CommandRun run = await archive.RunAsync("search", "harbour", "--size", "1", "--facet", "source");

        Assert.Matches("^3 articles for harbour, generation 1.1, .* ms\n\nHarbour report \\d alpha\n", run.Out);
        Assert.Contains("         2  Even Wire\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("more: --cursor ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_cursor_gives_the_next_page()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);
        CommandRun first = await archive.RunAsync("search", "harbour", "--size", "2", "--json");

        CommandRun second = await archive.RunAsync("search", "harbour", "--size", "2", "--json", "--cursor", (string)JsonNode.Parse(first.Out)!["next"]!);

        Assert.Single(JsonNode.Parse(second.Out)!["hits"]!.AsArray());
    }
}
