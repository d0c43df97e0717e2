using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchService.Commands;

namespace SearchService.Tests;

/// <summary>A small archive on disk and an index built from it by the command.</summary>
internal sealed class TestArchive : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Index => _folder["index-data"];

    public string Input => _folder["archive"];

    public string Folder => _folder.Path;

    /// <summary>Writes a number of articles of a marker and indexes them.</summary>
    public static async Task<TestArchive> CreateAsync(int articles, string marker = "alpha")
    {
        TestArchive archive = new();
        archive.WriteArticles(articles, marker);
        CommandRun run = await archive.RunAsync("reindex", archive.Input);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return archive;
    }

    /// <summary>Replaces the input by articles of a marker, one a day from 2001 on, filed from Baku.</summary>
    public void WriteArticles(int articles, string marker)
    {
        if (Directory.Exists(Input))
        {
            Directory.Delete(Input, recursive: true);
        }

        _folder.Write("archive/wire.ndjson", string.Concat(Enumerable.Range(0, articles).Select(i => JsonSerializer.Serialize(new
        {
            id = $"{i}",
            headline = $"Harbour report {i} {marker}",
            body = $"The harbour of the city handled {i} ships, the {marker} office said on Monday.",
            date = new DateTime(2001, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            location = "Baku, Azerbaijan",
            source = i % 2 == 0 ? "Even Wire" : "Odd Wire",
            people = new[] { $"Person {i % 7}" },
        }) + "\n")));
    }

    /// <summary>Makes the index one of a program with another schema.</summary>
    public void ChangeSchema() => ChangeSchema(Index);

    public static void ChangeSchema(string index)
    {
        string manifest = Directory.EnumerateFiles(index, "*manifest*", SearchOption.AllDirectories).First();
        JsonObject changed = JsonNode.Parse(File.ReadAllText(manifest))!.AsObject();
        string key = changed.First(p => p.Key.Equals("schema", StringComparison.OrdinalIgnoreCase)).Key;
        changed[key] = 99;
        File.WriteAllText(manifest, changed.ToJsonString());
    }

    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Runs a command line in this process, over this index.</summary>
    public Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(["--index", Index, .. args]);

    public void Dispose() => _folder.Dispose();
}

/// <summary>How a command line ended.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    public static async Task<CommandRun> InProcessAsync(params string[] args)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int exitCode = await CommandLine.RunAsync(args, new Terminal(output, error, OutIsTerminal: false, ErrorIsTerminal: false, Colours: false), TimeProvider.System);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
