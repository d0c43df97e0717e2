using System.CommandLine;
using System.Globalization;
using SearchService.Archive.Index;
using SearchService.Contracts;
using SearchService.Http;

namespace SearchService.Commands;

/// <summary><c>status</c>: what is published, how old and how big, and what is wrong. 1 where nothing is published, 2 where it cannot be used.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        Command command = new("status", "what is published, how old and how big, and what is wrong");
        command.SetAction(async (line, _) =>
        {
            StatusSummary summary = await SummariseAsync(CommonOptions.IndexFolderOf(line), clock);
            if (line.GetValue(CommonOptions.Json))
            {
                terminal.Json(summary, ContractsJson.Readable.StatusSummary);
            }
            else
            {
                Print(summary, terminal, clock);
            }

            return summary.Status switch
            {
                "published" => ExitCode.Done,
                "empty" => ExitCode.NothingFound,
                _ => ExitCode.Failed,
            };
        });
        return command;
    }

    private static async Task<StatusSummary> SummariseAsync(string folder, TimeProvider clock)
    {
        StatusSummary summary = new()
        {
            Index = folder,
            Status = "empty",
            Program = Versions.Program,
            Runtime = Versions.Runtime,
            RuntimeWarning = Versions.RuntimeWarning,
        };
        try
        {
            if (Backend.Writing(folder, clock).Current() is not { } manifest)
            {
                return summary with { Reason = Problem.NoIndexYet };
            }

            // A manifest says what was built; whether it can be served shows in the opening.
            await using IArticleIndex index = Backend.Reading(folder, clock);
            string? wrong = index.State.Degraded;
            return summary with
            {
                Status = wrong is null ? "published" : "unusable",
                Reason = wrong,
                Generation = manifest.Generation,
                Articles = manifest.Articles,
                Sample = manifest.Sample,
                BuiltAt = manifest.BuiltAt,
                Bytes = manifest.Bytes,
                Roots = manifest.Roots,
                Digest = manifest.Digest,
                Versions = new IndexVersions(manifest.Schema, manifest.Analyzer, manifest.Extractor, manifest.Program),
            };
        }
        catch (IndexUnusableException unusable)
        {
            return summary with { Status = "unusable", Reason = unusable.Message };
        }
    }

    private static void Print(StatusSummary summary, Terminal terminal, TimeProvider clock)
    {
        void Row(string name, string value) => terminal.Line($"{name,-12} {Printable.Line(value)}");

        Row("index", summary.Index);
        Row("status", summary.Reason is null ? summary.Status : $"{summary.Status}: {summary.Reason}");
        if (summary.Generation is { } generation)
        {
            Row("generation", generation.ToString(CultureInfo.InvariantCulture));
            Row("articles", Quantity.Count(summary.Articles ?? 0) + (summary.Sample == true ? " (the sample archive)" : ""));
            Row("built", $"{summary.BuiltAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {Quantity.Age(clock.GetUtcNow() - summary.BuiltAt.Value)} ago");
            Row("size", Quantity.Bytes(summary.Bytes ?? 0));
            Row("versions", $"schema {summary.Versions!.Schema}, analyzer {summary.Versions.Analyzer}, extractor {summary.Versions.Extractor}, built by {summary.Versions.Program}");
            foreach (string root in summary.Roots ?? [])
            {
                Row("source", root);
            }
        }

        Row("program", $"{summary.Program} on .NET {summary.Runtime}");
        if (summary.RuntimeWarning is { } warning)
        {
            Row("warning", warning);
        }
    }
}
