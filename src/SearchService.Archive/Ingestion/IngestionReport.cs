using SearchService.Archive.Reading;

namespace SearchService.Archive.Ingestion;

/// <summary>What a run did. Read = indexed + rejected; skipped entries (links, hidden files) are not read.</summary>
/// <param name="Warnings">Lines about articles that were indexed with a loss: values cut or left out, bytes that are no text.</param>
/// <param name="RejectedByKind">Count of each kind that occurred, <see cref="RejectKind.Skipped"/> included.</param>
/// <param name="Bytes">Bytes of input files read.</param>
/// <param name="ReportFile">The file with a line for each rejected record, skipped entry and warning; null where there are none or none was asked for.</param>
public sealed record IngestionReport(
    long Read,
    long Indexed,
    long Rejected,
    long Skipped,
    long Warnings,
    IReadOnlyDictionary<RejectKind, long> RejectedByKind,
    long Bytes,
    TimeSpan Elapsed,
    string? ReportFile);
