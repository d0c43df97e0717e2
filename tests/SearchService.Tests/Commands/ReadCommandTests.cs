using System.Text.Json.Nodes;
using SearchService.Commands;

namespace SearchService.Tests.Commands;

public sealed class ReadCommandTests
{
    private const string Story = "Port reopens\n\nBAKU, Azerbaijan (Wire) - The port reopened on Monday after two days of wind, its director said.\n";

    [Fact]
    public async Task Json_is_an_article_view_a_line_with_the_rejected_between()
    {
        using TempFolder folder = new();
        string good = folder.Write("good.txt", Story);
        string empty = folder.Write("empty.txt", "");
        string lines = folder.Write("lines.ndjson", "{\"id\":\"1\",\"headline\":\"One\",\"body\":\"The first text.\"}\n{broken\n");

        CommandRun run = await CommandRun.InProcessAsync("read", good, empty, lines, "--json");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        JsonNode[] printed = [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(4, printed.Length);
        Assert.Equal("Port reopens", (string?)printed[0]["headline"]);
        Assert.Equal("AZ", (string?)printed[0]["location"]!["country"]);
        Assert.Equal("empty.txt", (string?)printed[1]["rejected"]!["path"]);
        Assert.Equal("One", (string?)printed[2]["headline"]);
        Assert.Equal(1, (int)printed[3]["rejected"]!["record"]!);
        Assert.Equal(["path", "record", "reason"], printed[3]["rejected"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Every_finding_of_the_view_points_at_its_evidence()
    {
        using TempFolder folder = new();

        CommandRun run = await CommandRun.InProcessAsync("read", folder.Write("good.txt", Story), "--json");

        JsonNode article = JsonNode.Parse(run.Out)!;
        Assert.NotEmpty(article["findings"]!.AsArray());
        foreach (JsonNode? finding in article["findings"]!.AsArray())
        {
            string? text = (string)finding!["in"]! switch
            {
                "headline" => (string?)article["headline"],
                "body" => (string?)article["body"],
                "source" => (string?)article["sourceText"],
                _ => null,
            };
            Assert.True(text is null || (int)finding["start"]! + (int)finding["length"]! <= text.Length, finding.ToJsonString());
        }
    }

    [Fact]
    public async Task People_see_each_finding_with_rule_and_evidence()
    {
        using TempFolder folder = new();

        CommandRun run = await CommandRun.InProcessAsync("read", folder.Write("good.txt", Story));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("Port reopens\n", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"\n  location   .*Baku", run.Out);
        Assert.Matches(@"\n  location +\S.* body \d+\+\d+  'BAKU", run.Out);
    }

    [Fact]
    public async Task A_missing_file_is_a_message_and_the_rest_is_read()
    {
        using TempFolder folder = new();

        CommandRun run = await CommandRun.InProcessAsync("read", folder["none.txt"], folder.Write("good.txt", Story), "--json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal($"searchservice: no file or folder '{folder["none.txt"]}'\n", run.Error);
        Assert.Single(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Nothing_but_rejects_is_exit_code_1()
    {
        using TempFolder folder = new();

        CommandRun run = await CommandRun.InProcessAsync("read", folder.Write("empty.txt", ""));

        Assert.Equal(ExitCode.NothingFound, run.ExitCode);
        Assert.StartsWith("searchservice: empty.txt (record 0): empty: ", run.Error, StringComparison.Ordinal);
    }
}
