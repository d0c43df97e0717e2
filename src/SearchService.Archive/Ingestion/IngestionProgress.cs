namespace SearchService.Archive.Ingestion;

/// <summary>How far a run has come: what is done, not what is only read.</summary>
/// <param name="Articles">Articles indexed.</param>
/// <param name="Rejected">Records and inputs rejected.</param>
/// <param name="Bytes">Bytes of input behind what is done.</param>
/// <param name="TotalBytes">Bytes of all inputs; 0 where unknown.</param>
public readonly record struct IngestionProgress(long Articles, long Rejected, long Bytes, long TotalBytes, TimeSpan Elapsed)
{
    /// <summary>Articles a second since the beginning; 0 at the beginning.</summary>
    public double ArticlesPerSecond => Elapsed > TimeSpan.Zero ? Articles / Elapsed.TotalSeconds : 0;

    /// <summary>0 to 1 by bytes; null where the total is unknown.</summary>
    public double? Fraction => TotalBytes > 0 ? Math.Min(1, (double)Bytes / TotalBytes) : null;

    /// <summary>Time left at the speed so far; null at the beginning and where the total is unknown.</summary>
    public TimeSpan? Remaining => Fraction is > 0 and { } fraction ? (Elapsed / fraction) - Elapsed : null;
}
