using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace SearchService.Benchmarks;

/// <summary>Finds what went wrong in runs of BenchmarkDotNet, which itself is content with a benchmark that throws.</summary>
internal static class FailedReports
{
    /// <summary>Prints a line for everything that failed and answers how many there are.</summary>
    public static int Print(IReadOnlyCollection<Summary> summaries, TextWriter output)
    {
        string[] failures = [.. summaries.SelectMany(Failures)];
        foreach (string failure in failures)
        {
            output.WriteLine("FAILED: " + failure);
        }

        return failures.Length;
    }

    private static IEnumerable<string> Failures(Summary summary)
    {
        foreach (ValidationError error in summary.ValidationErrors.Where(e => e.IsCritical))
        {
            yield return error.Message;
        }

        foreach (BenchmarkCase benchmark in summary.BenchmarksCases)
        {
            BenchmarkReport? report = summary.Reports.FirstOrDefault(r => r.BenchmarkCase == benchmark);
            if (report is not { Success: true, ResultStatistics: not null })
            {
                yield return $"{benchmark.DisplayInfo} gave no result";
            }
        }
    }
}
