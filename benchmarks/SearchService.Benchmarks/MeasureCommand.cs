using System.Globalization;
using SearchService.Archive.Index;
using SearchService.Benchmarks.Corpus;
using SearchService.Benchmarks.Measurements;
using SearchService.Commands;

namespace SearchService.Benchmarks;

/// <summary>
/// Indexes and searches real archives, prints the result and keeps it in <c>benchmarks/results/DATE/NAME.md</c>. A measurement, not a
/// test: missed targets are shown and do not fail.
/// </summary>
internal static class MeasureCommand
{
    private const string DefaultName = "archive";

    /// <summary>0 where everything could be measured, 2 where the data are missing or the name is none.</summary>
    /// <param name="name">Name of the result's file; null for <c>archive</c>.</param>
    /// <param name="note">A sentence for the result; null for none.</param>
    public static async Task<int> RunAsync(string? name, string? note)
    {
        if (Corpora.DataFolder is not { } data)
        {
            await Console.Error.WriteLineAsync($"{Corpora.DataVariable} is not set, want the folder of the measuring data");
            return 2;
        }

        if (name is not null && Path.GetFileName(name) != name)
        {
            await Console.Error.WriteLineAsync($"'{name}' is a path, want a name for the result");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("searchservice-measure-").FullName;
        try
        {
            string page = ResultPage.Write(await MeasureAsync(data, folder, note));
            Console.WriteLine(page);
            string results = Path.Combine(ResultsFolder(), TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(results);
            await File.WriteAllTextAsync(Path.Combine(results, $"{name ?? DefaultName}.md"), page);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<MeasuredRun> MeasureAsync(string data, string folder, string? note)
    {
        DateOnly date = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        double load = Machine.Load;
        IngestionFigures ingestion = await IngestionMeasurement.RunAsync(data, folder);
        Machine.ResetPeak();
        await using IArticleIndex index = Backend.Reading(folder, TimeProvider.System);
        using IArticleSnapshot snapshot = index.Acquire() ?? throw new InvalidOperationException(index.State.Degraded);
        IReadOnlyList<SampleQuery> sample = QuerySample.Load(data, snapshot, out int asked);
        LatencyMeasurement latency = new(index, sample);
        IReadOnlyList<LatencyFigures> searches = latency.Run();
        return new MeasuredRun(date, note, load, Machine.Load, ingestion, latency.Found(), searches, asked, Machine.PeakResidentMiB);
    }

    /// <summary><c>benchmarks/results</c> of the solution that this program was built in.</summary>
    private static string ResultsFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "SearchService.sln")))
            {
                return Path.Combine(at.FullName, "benchmarks", "results");
            }
        }

        return Path.Combine(Environment.CurrentDirectory, "results");
    }
}
