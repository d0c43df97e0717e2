using System.CommandLine;
using SearchService.Archive.Index;
using SearchService.Contracts;
using SearchService.Http;

namespace SearchService.Commands;

/// <summary><c>verify</c>: reads the published generation through. 1 where nothing is published, 2 where something is wrong.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        Command command = new("verify", "read the published index through: checksums, structure, counts");
        command.SetAction((line, _) =>
        {
            using Termination termination = Termination.Listen();
            string folder = CommonOptions.IndexFolderOf(line);
            VerifyReport report = Backend.Writing(folder, clock).Verify(termination.Token);
            if (line.GetValue(CommonOptions.Json))
            {
                terminal.Json(
                    new VerifySummary(folder, report.Generation?.ToString(), report.Articles, report.Problems, Math.Round(report.Elapsed.TotalSeconds, 3)),
                    ContractsJson.Readable.VerifySummary);
            }
            else
            {
                Print(report, terminal);
            }

            return Task.FromResult(report switch
            {
                { Problems.Count: > 0 } => ExitCode.Failed,
                { Generation: null } => ExitCode.NothingFound,
                _ => ExitCode.Done,
            });
        });
        return command;
    }

    private static void Print(VerifyReport report, Terminal terminal)
    {
        foreach (string problem in report.Problems)
        {
            terminal.Complain(problem);
        }

        if (report.Generation is not { } generation)
        {
            terminal.Complain(Problem.NoIndexYet);
        }
        else if (report.Problems.Count == 0)
        {
            terminal.Line($"generation {generation} is sound: {Quantity.Of(report.Articles, "article", "articles")} read through in {Quantity.Seconds(report.Elapsed.TotalSeconds)}");
        }
    }
}
