namespace SearchService.Archive.Reading;

/// <summary>
/// Reads inputs of every known format: opens, unpacks, detects and cuts. It never throws for what an input contains or for
/// what the operating system says about it; each input yields at least one article or reason. Thread-safe.
/// </summary>
public sealed class InputReader(ReadingOptions options)
{
    /// <summary>Reads a file, record for record.</summary>
    public IEnumerable<ReadResult> Read(InputFile file) => Records(file).Select(record => record.Read());

    /// <summary>Reads a stream as if it were the file of that path; the stream stays open.</summary>
    public IEnumerable<ReadResult> Read(string path, Stream content) => Records(path, content).Select(record => record.Read());

    /// <summary>Cuts a file into records, as they are asked for; parsing is up to the caller and may happen on other threads.</summary>
    public IEnumerable<PendingRecord> Records(InputFile file) => file.SkipReason is { } reason
        ? [PendingRecord.Of(new ReadResult.Rejected(file.Path, 0, RejectKind.Skipped, reason))]
        : Records(file.Path, () => RegularFile.Open(file.FullPath));

    /// <summary>Cuts a stream into records as if it were the file of that path; the stream stays open.</summary>
    public IEnumerable<PendingRecord> Records(string path, Stream content) => Records(path, () => new CountingStream(content));

    private IEnumerable<PendingRecord> Records(string path, Func<Stream> open)
    {
        using var cutting = new InputCutting(path, open, options);
        while (cutting.Next() is { } record)
        {
            yield return record;
        }
    }
}
