using SearchService.Commands;

namespace SearchService.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("frobnicate", "unknown command 'frobnicate', want one of serve, reindex, status, verify, search, read; see searchservice --help")]
    [InlineData("--frobnicate", "unknown option '--frobnicate', want one of --help, --index, --json, --log, --public, --urls, --version; see searchservice --help")]
    [InlineData("status x", "got 'x', which status does not take; see searchservice status --help")]
    [InlineData("status --index", "option --index wants a value; see searchservice status --help")]
    [InlineData("status --index a --index b", "option --index is given twice, want it once; see searchservice status --help")]
    [InlineData("reindex --forse x", "unknown option '--forse', want one of --force, --help, --index, --json, --mapping, --rejects, --workers; see searchservice reindex --help")]
    [InlineData("reindex --workers many x", "option --workers got 'many', want a whole number; see searchservice reindex --help")]
    [InlineData("reindex --workers 0 x", "option --workers: got 0, want 1 to 256; see searchservice reindex --help")]
    [InlineData("reindex --workers 257 x", "option --workers: got 257, want 1 to 256; see searchservice reindex --help")]
    [InlineData("serve --log loud", "option --log: got 'loud', want plain or json; see searchservice serve --help")]
    [InlineData("serve --urls nonsense", "address 'nonsense' is not one to listen on, want one like http://localhost:5080")]
    [InlineData("serve --urls http://0.0.0.0:0", "address 'http://0.0.0.0:0' can be reached from other machines, want --public to allow it")]
    [InlineData("search --sise 5 storm", "unknown option '--sise', want -- before a query that begins with a minus; see searchservice search --help")]
    [InlineData("search -war", "unknown option '-war', want -- before a query that begins with a minus; see searchservice search --help")]
    [InlineData("search --size 101 x", "size must be 0 to 100, got 101")]
    [InlineData("search --size 1 --size 2 x", "size is given 2 times, want it once")]
    [InlineData("search --size", "option --size wants a value; see searchservice search --help")]
    [InlineData("search --sort sideways x", "sort must be one of relevance, newest, oldest, got 'sideways'")]
    [InlineData("read", "no file given, want: searchservice read FILE…")]
    [InlineData("read --mapping title", "no file given, want: searchservice read FILE…")]
    [InlineData("read --mapping title x", "'title' in the field mapping, want field=property")]
    [InlineData("reindex --mapping colour=red x", "unknown field 'colour' in the field mapping, want one of id, headline, body, date, dateline, location, locationCountry, country, person, source, language, byline, section, subject, url")]
    [InlineData("reindex /no/such/folder", "no file or folder '/no/such/folder'")]
    [InlineData("reindex", "no path given and none known from an earlier run, want: searchservice reindex PATH")]
    public async Task A_wrong_command_line_is_one_line_and_exit_code_2(string line, string message)
    {
        using TempFolder folder = new();
        string[] args = line.Split(' ');
        string[] index = line.Contains("--index", StringComparison.Ordinal) ? [] : ["--index", folder["index"]];

        CommandRun run = await CommandRun.InProcessAsync([.. index, .. args]);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal($"searchservice: {message}\n", run.Error);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("search --help")]
    [InlineData("--version")]
    public async Task Help_and_version_are_results(string line)
    {
        CommandRun run = await CommandRun.InProcessAsync(line.Split(' '));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.NotEqual("", run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_search_of_nothing_names_the_command_to_run()
    {
        using TempFolder folder = new();

        CommandRun run = await CommandRun.InProcessAsync("search", "storm", "--index", folder["index"]);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("searchservice: there is no index yet: run searchservice reindex", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_verify_of_nothing_are_exit_code_1()
    {
        using TempFolder folder = new();

        CommandRun status = await CommandRun.InProcessAsync("status", "--index", folder["index"]);
        CommandRun verify = await CommandRun.InProcessAsync("verify", "--index", folder["index"]);

        Assert.Equal((ExitCode.NothingFound, ExitCode.NothingFound), (status.ExitCode, verify.ExitCode));
        Assert.Contains("empty: there is no index yet: run searchservice reindex PATH", status.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["index"]), "looking creates nothing");
    }

    [Fact]
    public async Task Status_of_a_damaged_index_says_so()
    {
        using TestArchive archive = await TestArchive.CreateAsync(2);
        Assert.Equal(ExitCode.Done, (await archive.RunAsync("status")).ExitCode);
        await File.WriteAllTextAsync(Path.Combine(archive.Index, "generations", "1", "segments_1"), "no list of segments");

        CommandRun run = await archive.RunAsync("status");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("unusable: generation 1 of the index is damaged", run.Out, StringComparison.Ordinal);
        Assert.Contains("articles     2", run.Out, StringComparison.Ordinal);
    }
}
