using SearchService.Archive.Reading;

namespace SearchService.Archive.Ingestion;

/// <summary>The counts of a run. Thread-safe: retiring batches add, progress and the report read.</summary>
internal sealed class IngestionTally(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private readonly SortedDictionary<RejectKind, long> _rejected = [];
    private long _indexed;
    private long _warnings;
    private long _position;

    private long Rejected => _rejected.Where(kind => kind.Key != RejectKind.Skipped).Sum(kind => kind.Value);

    public void Add(RecordBatch batch)
    {
        lock (_gate)
        {
            _indexed += batch.Indexed;
            _position = batch.Position;
            foreach ((RejectKind kind, long count) in batch.Rejected)
            {
                _rejected[kind] = _rejected.GetValueOrDefault(kind) + count;
            }

            _warnings += batch.Lines.Count(line => line.Kind == ReportLine.Warning);
        }
    }

    public IngestionProgress Progress(long totalBytes)
    {
        lock (_gate)
        {
            return new IngestionProgress(_indexed, Rejected, _position, totalBytes, time.GetElapsedTime(_started));
        }
    }

    public IngestionReport Report(string? file)
    {
        lock (_gate)
        {
            return new IngestionReport(
                _indexed + Rejected,
                _indexed,
                Rejected,
                _rejected.GetValueOrDefault(RejectKind.Skipped),
                _warnings,
                new Dictionary<RejectKind, long>(_rejected),
                _position,
                time.GetElapsedTime(_started),
                file);
        }
    }
}
