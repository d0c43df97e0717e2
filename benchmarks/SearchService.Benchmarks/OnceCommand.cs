using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using SearchService.Benchmarks.Corpus;
using SearchService.Benchmarks.Guards;

namespace SearchService.Benchmarks;

/// <summary>
/// Every benchmark one time over small generated archives, so that none of them breaks unseen, then the guards over the same archives.
/// Times of a single run say nothing and are not printed.
/// </summary>
internal static class OnceCommand
{
    /// <summary>Enough articles for ratios to show, few enough to be indexed in seconds.</summary>
    private const int Articles = 10_000;

    /// <summary>0 where every benchmark gave a result and every guard holds, else 1.</summary>
    public static int Run()
    {
        Stopwatch clock = Stopwatch.StartNew();
        Corpora.Names = [Corpora.Generated];
        Corpora.Size = Articles;
        try
        {
            BenchmarkArchive archive = Corpora.Open(Corpora.Generated);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Articles:N0} generated articles indexed twice in {clock.Elapsed.TotalSeconds:0} s"));
            LogCapture log = new();
            Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).RunAll(SwitcherCommand.Config(Job.Dry, log))];
            int failed = FailedReports.Print(summaries, Console.Out);
            if (failed > 0)
            {
                Console.WriteLine(string.Concat(log.CapturedOutput.Select(line => line.Text)));
            }

            int ran = summaries.Sum(s => s.Reports.Length);
            failed += ran == 0 ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran} benchmarks ran once, {failed} failed ({clock.Elapsed.TotalSeconds:0} s)"));
            int broken = AllocationGuards.Check(archive, Console.Out) + RatioGuards.Check(archive, Console.Out) + EngineGuards.Check(Corpora.OpenEngine(), Console.Out);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(broken == 0 ? "all guards hold" : $"{broken} guards do not hold")} ({clock.Elapsed.TotalSeconds:0} s)"));
            return failed == 0 && broken == 0 ? 0 : 1;
        }
        finally
        {
            Corpora.Close();
        }
    }
}
