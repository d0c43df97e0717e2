using System.ComponentModel.DataAnnotations;

namespace SearchService.Archive.Ingestion;

/// <summary>How much a run does at once. The outcome does not depend on any of it.</summary>
public sealed class IngestionOptions
{
    /// <summary>Threads that parse, extract and index, beside the one that reads.</summary>
    [Range(1, 256)]
    public int Workers { get; set; } = Environment.ProcessorCount;

    /// <summary>Most bytes of input read ahead of the oldest record that is not done yet.</summary>
    [Range(1, int.MaxValue)]
    public int MaxBytesInFlight { get; set; } = 64 * 1024 * 1024;

    /// <summary>Most batches read ahead of the oldest record that is not done yet.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchesInFlight { get; set; } = 4096;

    /// <summary>Records handed to a worker at once.</summary>
    [Range(1, 10_000)]
    public int BatchRecords { get; set; } = 32;

    /// <summary>Bytes of input from which a batch is handed over though it has fewer records.</summary>
    [Range(1, int.MaxValue)]
    public int BatchBytes { get; set; } = 256 * 1024;

    /// <summary>Time between two reports of progress.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
