// Measured: what `reindex` does with 73,000 articles, from input files to a verified and published generation: records, rejects, speed,
// memory, size. Corpus: SEARCHSERVICE_DATA/reuters21578 (15 SGML files of 1987) and wire (58,049 stories of 2006 to 2010, ndjson.zst).
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- measure
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using SearchService.Archive.Index;
using SearchService.Commands;
using SearchService.Contracts;

namespace SearchService.Benchmarks.Measurements;

/// <summary>What came of indexing.</summary>
/// <param name="InputRecords">Records that the files have, counted apart from the readers.</param>
/// <param name="Reasons">Reasons of rejected records with their numbers, most frequent first.</param>
/// <param name="Publishing">The part of <see cref="Elapsed"/> after the last record was read: building, merging, verifying.</param>
/// <param name="ProcessorTime">Time on all cores together.</param>
/// <param name="PeakMiB">Most memory resident at once.</param>
/// <param name="IndexBytes">Bytes of the index files.</param>
internal sealed record IngestionFigures(
    ReindexSummary Summary,
    long InputRecords,
    long InputBytes,
    IReadOnlyList<(string Reason, int Records)> Reasons,
    TimeSpan Elapsed,
    TimeSpan Publishing,
    TimeSpan ProcessorTime,
    long PeakMiB,
    long IndexBytes)
{
    public long Accounted => Summary.Articles + Summary.Rejected;

    public double ArticlesPerSecond => Summary.Articles / Elapsed.TotalSeconds;
}

/// <summary>Indexes real archives.</summary>
internal static partial class IngestionMeasurement
{
    /// <summary>Reads, extracts, indexes, verifies and publishes.</summary>
    /// <param name="data">The folder of measuring data.</param>
    /// <param name="index">The index folder to be made.</param>
    public static async Task<IngestionFigures> RunAsync(string data, string index)
    {
        string[] paths = [Path.Combine(data, "reuters21578"), Path.Combine(data, "wire")];
        IGenerations generations = Backend.Writing(index, TimeProvider.System);
        StepProgress progress = new();
        using Process process = Process.GetCurrentProcess();
        Machine.ResetPeak();
        TimeSpan before = process.TotalProcessorTime;
        Stopwatch clock = Stopwatch.StartNew();
        ReindexSummary summary = await new Reindexing(index, generations, TimeProvider.System)
            .RunAsync(new ReindexOrder(paths, Sample: false), progress, CancellationToken.None);
        TimeSpan elapsed = clock.Elapsed;
        process.Refresh();
        return new IngestionFigures(
            summary,
            InputFiles.CountRecords(paths),
            InputFiles.CountBytes(paths),
            ReasonsOf(summary.ReportFile),
            elapsed,
            elapsed - progress.ReadEnd,
            process.TotalProcessorTime - before,
            Machine.PeakResidentMiB,
            generations.Current()!.Bytes);
    }

    private static (string Reason, int Records)[] ReasonsOf(string? reportFile) =>
    [
        .. (reportFile is null ? [] : File.ReadLines(reportFile))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.GetProperty("kind").GetString() is not ("warning" or "skipped"))
            .Select(line => $"{line.GetProperty("kind").GetString()}: {WithoutPath().Replace(line.GetProperty("reason").GetString()!, "$1 another")}")
            .GroupBy(reason => reason, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count()))
            .OrderByDescending(reason => reason.Item2)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal),
    ];

    /// <summary>A reason that names the other record is the same reason for all of them.</summary>
    [GeneratedRegex("^(same id as) .*$", RegexOptions.NonBacktracking)]
    private static partial Regex WithoutPath();

    /// <summary>Says how far it is, and remembers when the input was at its end.</summary>
    private sealed class StepProgress : IReindexProgress
    {
        private readonly LineProgress _lines = new(Terminal.OfConsole(), TimeProvider.System);
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly Lock _gate = new();

        public TimeSpan ReadEnd { get; private set; }

        public void Report(Archive.Ingestion.IngestionProgress value)
        {
            lock (_gate)
            {
                ReadEnd = _clock.Elapsed;
            }

            _lines.Report(value);
        }

        public void Report(PublishProgress value) => _lines.Report(value);
    }
}
