using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks;

/// <summary>Runs the benchmarks that BenchmarkDotNet's own arguments choose.</summary>
internal static class SwitcherCommand
{
    /// <summary>Runs; 0 where every chosen benchmark gave a result, else 1.</summary>
    public static int Run(string[] args)
    {
        try
        {
            Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, Config(Job.Default.WithMaxIterationCount(20), ConsoleLogger.Default))];
            return FailedReports.Print(summaries, Console.Error) == 0 ? 0 : 1;
        }
        finally
        {
            Corpora.Close();
        }
    }

    /// <summary>
    /// The benchmarks' configuration: in this process, so that a corpus is indexed once for all of them, and with allocated bytes.
    /// </summary>
    public static ManualConfig Config(Job job, ILogger log) => ManualConfig.CreateEmpty()
        .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(log)
        .AddAnalyser(DefaultConfig.Instance.GetAnalysers().ToArray())
        .AddValidator(DefaultConfig.Instance.GetValidators().ToArray());
}
