using System.Text.Json.Nodes;
using SearchService.Archive.Index;
using SearchService.Commands;

namespace SearchService.Tests.Commands;

public sealed class ReindexCommandTests
{
    [Fact]
    public async Task What_cannot_be_read_is_listed_and_the_rest_is_indexed()
    {
        using TestArchive archive = new();
        archive.Write("archive/good.txt", "Port reopens\n\nBAKU (Wire) - The port reopened on Monday after two days of wind, its director said.\n");
        archive.Write("archive/empty.txt", "");
        archive.Write("archive/lines.ndjson", "{\"id\":\"1\",\"headline\":\"One\",\"body\":\"The first text.\"}\n{broken\n{\"id\":\"1\",\"headline\":\"Again\",\"body\":\"The same id.\"}\n");
        File.WriteAllBytes(Path.Combine(archive.Input, "picture.png"), [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 13, 1, 2, 3, 0, 0]);
        string secret = archive.Write("archive/secret.txt", "Nobody may read this.");
        bool secretIsReadable = OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.None);
        }

        CommandRun run = await archive.RunAsync("reindex", "--json", archive.Input);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        JsonNode summary = JsonNode.Parse(run.Out)!;
        Assert.Equal((1, secretIsReadable ? 3 : 2), ((int)summary["published"]!, (int)summary["articles"]!));
        string report = (string)summary["reportFile"]!;
        Assert.Equal(Path.Combine(archive.Index, "rejects", "1.ndjson"), report);
        JsonNode[] lines = [.. File.ReadLines(report).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal((int)summary["rejected"]!, lines.Count(l => (string?)l["kind"] != "skipped" && (string?)l["kind"] != "warning"));
        Assert.Contains(lines, l => (string?)l["path"] == "empty.txt" && (string?)l["kind"] == "empty");
        Assert.Contains(lines, l => (string?)l["path"] == "lines.ndjson" && (int)l["record"]! == 1 && (string?)l["kind"] == "malformed");
        Assert.Contains(lines, l => (string?)l["path"] == "lines.ndjson" && (int)l["record"]! == 2 && (string?)l["kind"] == "duplicate");
        Assert.Contains(lines, l => (string?)l["path"] == "picture.png");
    }

    [Fact]
    public async Task It_ends_by_saying_what_was_published()
    {
        using TestArchive archive = new();
        archive.WriteArticles(3, "alpha");

        CommandRun run = await archive.RunAsync("reindex", archive.Input);

        Assert.Matches(@"^3 articles from \S+ k?B in \d+\.\d s\npublished 1, running servers switch within 2 s\n$", run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Without_paths_it_reads_again_what_the_published_one_was_built_from()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);
        archive.WriteArticles(4, "beta");

        CommandRun run = await archive.RunAsync("reindex", "--json");

        Assert.Equal((2, 4), ((int)JsonNode.Parse(run.Out)!["published"]!, (int)JsonNode.Parse(run.Out)!["articles"]!));
    }

    [Fact]
    public async Task Far_fewer_articles_are_not_published_without_force()
    {
        using TestArchive archive = await TestArchive.CreateAsync(10);
        archive.WriteArticles(2, "beta");

        CommandRun refused = await archive.RunAsync("reindex", archive.Input);
        CommandRun status = await archive.RunAsync("status", "--json");
        CommandRun forced = await archive.RunAsync("reindex", "--force", archive.Input);

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(10, (int)JsonNode.Parse(status.Out)!["articles"]!);
        Assert.Equal(ExitCode.Done, forced.ExitCode);
    }

    [Fact]
    public async Task A_second_one_at_the_same_time_is_refused_with_the_others_process()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);
        await using IGenerationWriter other = Backend.Writing(archive.Index, TimeProvider.System).Begin(new GenerationSource([archive.Input], Sample: false));

        CommandRun run = await archive.RunAsync("reindex", archive.Input);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal($"searchservice: another command (process {Environment.ProcessId}) is writing to this index, wait for it to end\n", run.Error);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("verify")]
    [InlineData("search harbour")]
    public async Task An_index_of_another_schema_version_is_refused_with_the_command_to_run(string line)
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);
        archive.ChangeSchema();

        CommandRun run = await archive.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("searchservice reindex", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_without_paths_builds_an_index_of_another_schema_version_again()
    {
        using TestArchive archive = await TestArchive.CreateAsync(3);
        archive.ChangeSchema();

        Assert.Equal(ExitCode.Done, (await archive.RunAsync("reindex")).ExitCode);
        Assert.Equal(ExitCode.Done, (await archive.RunAsync("search", "harbour")).ExitCode);
    }

    [Fact]
    public async Task A_report_file_can_be_named()
    {
        using TestArchive archive = new();
        archive.WriteArticles(1, "alpha");
        archive.Write("archive/empty.txt", "");
        string report = Path.Combine(archive.Folder, "report.ndjson");

        await archive.RunAsync("reindex", "--rejects", report, archive.Input);

        Assert.Contains("empty.txt", File.ReadAllText(report), StringComparison.Ordinal);
    }
}
