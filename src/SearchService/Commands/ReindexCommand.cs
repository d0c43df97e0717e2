using System.CommandLine;
using SearchService.Archive.Index;
using SearchService.Archive.Reading;
using SearchService.Contracts;

namespace SearchService.Commands;

/// <summary><c>reindex [paths…]</c>: builds, verifies and publishes a new generation. Without paths: what the published one was built from.</summary>
internal static class ReindexCommand
{
    private static readonly Argument<string[]> Paths = new("paths")
    {
        Description = "files and folders to read; default: those the published index was built from",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "publish even with no article, or with less than half of the published ones",
    };

    private static readonly Option<string?> Mapping = new("--mapping")
    {
        Description = "which properties of a json record mean which field: headline=title,body=content.text|text",
        HelpName = "MAP",
    };

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "threads that read, extract and index; default: one a core",
        HelpName = "N",
    };

    private static readonly Option<string?> Rejects = new("--rejects")
    {
        Description = "file for rejected records; default: rejects/GENERATION.ndjson in the index folder",
        HelpName = "FILE",
    };

    static ReindexCommand() => Workers.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int workers) && workers is < 1 or > 256)
        {
            result.AddError($"got {workers}, want 1 to 256");
        }
    });

    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        Command command = new("reindex", "build a new index beside the published one, verify and publish it")
        {
            Paths, Force, Mapping, Workers, Rejects,
        };
        command.SetAction((line, _) => RunAsync(line, terminal, clock));
        return command;
    }

    /// <summary>Runs one order with progress and says how it ended.</summary>
    public static async Task<int> RunAsync(string folder, IGenerations generations, ReindexOrder order, bool json, Terminal terminal, TimeProvider clock)
    {
        using Termination termination = Termination.Listen();
        Reindexing reindexing = new(folder, generations, clock);
        ReindexSummary summary;
        try
        {
            summary = terminal.ErrorIsTerminal
                ? await BarProgress.RunAsync(progress => reindexing.RunAsync(order, progress, termination.Token))
                : await reindexing.RunAsync(order, new LineProgress(terminal, clock), termination.Token);
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            throw new CommandFailedException("aborted, the published index stays as it was");
        }

        if (json)
        {
            terminal.Json(summary, ContractsJson.Readable.ReindexSummary);
        }
        else
        {
            Print(summary, terminal);
        }

        return ExitCode.Done;
    }

    private static Task<int> RunAsync(ParseResult line, Terminal terminal, TimeProvider clock)
    {
        string folder = CommonOptions.IndexFolderOf(line);
        IGenerations generations = Backend.Writing(folder, clock);
        FieldMapping? mapping = FieldMapping.Default;
        if (line.GetValue(Mapping) is { } text && !FieldMapping.TryParse(text, out mapping, out string? error))
        {
            throw new CommandFailedException(error);
        }

        ReindexOrder order = OrderOf(line.GetValue(Paths) ?? [], generations) with
        {
            Force = line.GetValue(Force),
            Mapping = mapping,
            Workers = line.GetValue(Workers),
            RejectsFile = line.GetValue(Rejects) is { } file ? Path.GetFullPath(file) : null,
        };
        return RunAsync(folder, generations, order, line.GetValue(CommonOptions.Json), terminal, clock);
    }

    private static ReindexOrder OrderOf(string[] paths, IGenerations generations)
    {
        if (paths.Length != 0)
        {
            return new ReindexOrder(paths, Sample: false);
        }

        return PublishedManifest(generations) is { Roots.Count: > 0 } published
            ? new ReindexOrder(published.Roots, published.Sample)
            : throw new CommandFailedException("no path given and none known from an earlier run, want: searchservice reindex PATH");
    }

    /// <summary>What serves, or would if this program could read it: an index of another version still says what it was built from.</summary>
    private static GenerationManifest? PublishedManifest(IGenerations generations)
    {
        try
        {
            return generations.Current();
        }
        catch (IndexUnusableException unusable)
        {
            return unusable.Manifest;
        }
    }

    private static void Print(ReindexSummary summary, Terminal terminal)
    {
        terminal.Line($"{Quantity.Of(summary.Articles, "article", "articles")} from {Quantity.Bytes(summary.BytesRead)} in {Quantity.Seconds(summary.Seconds)}");
        if (summary.Rejected != 0)
        {
            string kinds = string.Join(", ", (summary.RejectedByKind ?? new Dictionary<string, long>()).Select(k => $"{Quantity.Count(k.Value)} {k.Key}"));
            terminal.Line($"{Quantity.Of(summary.Rejected, "record", "records")} rejected ({kinds})");
        }

        if (summary.Warnings + summary.Skipped != 0)
        {
            terminal.Line($"{Quantity.Of(summary.Skipped, "entry", "entries")} skipped, {Quantity.Of(summary.Warnings, "warning", "warnings")}");
        }

        if (summary.ReportFile is { } report)
        {
            terminal.Line($"each is listed in {Printable.Line(report)}");
        }

        terminal.Line($"published {summary.Published}, running servers switch within 2 s");
    }
}
