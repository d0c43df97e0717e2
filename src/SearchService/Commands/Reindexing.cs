using System.Diagnostics;
using SearchService.Archive.Extraction;
using SearchService.Archive.Index;
using SearchService.Archive.Ingestion;
using SearchService.Archive.Reading;
using SearchService.Contracts;

namespace SearchService.Commands;

/// <summary>What a reindex is to do.</summary>
/// <param name="Paths">Files and folders to read.</param>
/// <param name="Sample">Whether they are the bundled sample archive.</param>
internal sealed record ReindexOrder(IReadOnlyList<string> Paths, bool Sample)
{
    /// <summary>Publish even a generation with no article or far fewer than the one before.</summary>
    public bool Force { get; init; }

    /// <summary>Which properties of a json record mean which field.</summary>
    public FieldMapping Mapping { get; init; } = FieldMapping.Default;

    /// <summary>Threads beside the one that reads; null for one a core.</summary>
    public int? Workers { get; init; }

    /// <summary>Where rejected records are listed, absolute; null for a file of the generation's number in the index folder.</summary>
    public string? RejectsFile { get; init; }
}

/// <summary>
/// Builds a new generation beside the published one, verifies and publishes it. Whatever stops it on the way leaves the published one as
/// it was.
/// </summary>
/// <param name="folder">The index folder.</param>
/// <param name="generations">Its admin side.</param>
internal sealed class Reindexing(string folder, IGenerations generations, TimeProvider clock)
{
    /// <summary>Runs to the end.</summary>
    /// <exception cref="CommandFailedException">A path does not exist.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ReindexSummary> RunAsync(ReindexOrder order, IReindexProgress progress, CancellationToken cancellationToken)
    {
        if (!InputWalker.TryCreate(order.Paths, [], out InputWalker? walker, out string? error))
        {
            throw new CommandFailedException(error);
        }

        long started = clock.GetTimestamp();
        await using IGenerationWriter writer = generations.Begin(new GenerationSource(walker.Roots, order.Sample));
        string rejectsFile = order.RejectsFile ?? DefaultRejectsFile(writer.Generation);
        InputReader reader = new(new ReadingOptions { Mapping = order.Mapping });
        IngestionOptions options = new();
        options.Workers = order.Workers ?? options.Workers;
        IngestionPipeline pipeline = new(new ArticleExtractor().Extract, options, clock);
        IngestionReport report = await pipeline.RunAsync(
            IngestionInput.FromFiles(walker, reader, cancellationToken), writer, rejectsFile, progress, cancellationToken);
        GenerationManifest manifest = await writer.PublishAsync(order.Force, progress, cancellationToken);
        Debug.Assert(manifest.Generation == writer.Generation, "what was built is published");
        return new ReindexSummary
        {
            Published = manifest.Generation,
            Articles = manifest.Articles,
            Rejected = report.Rejected,
            RejectedByKind = report.Rejected == 0 ? null : new SortedDictionary<string, long>(
                report.RejectedByKind.Where(k => k.Key != RejectKind.Skipped).ToDictionary(k => k.Key.Name(), k => k.Value), StringComparer.Ordinal),
            Skipped = report.Skipped,
            Warnings = report.Warnings,
            BytesRead = report.Bytes,
            Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3),
            ReportFile = report.ReportFile,
        };
    }

    private string DefaultRejectsFile(long generation)
    {
        string rejects = Path.Combine(folder, "rejects");
        Directory.CreateDirectory(rejects);
        return Path.Combine(rejects, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{generation}.ndjson"));
    }
}
