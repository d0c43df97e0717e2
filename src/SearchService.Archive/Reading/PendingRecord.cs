using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>
/// A record cut out of an input and not parsed yet. Cutting is sequential and cheap; <see cref="Read"/> does the work, may
/// be called on any thread, and only once is useful. It never throws: a mistake in a reader becomes a rejection.
/// </summary>
public sealed class PendingRecord
{
    private readonly Func<ReadResult> _read;

    /// <param name="path">As in <see cref="ArticleOrigin.Path"/>.</param>
    /// <param name="record">As in <see cref="ArticleOrigin.Record"/>.</param>
    /// <param name="bytes">Bytes of input it holds on to, for the bounds of the queues.</param>
    /// <param name="read">Parses it; without side effects.</param>
    public PendingRecord(string path, long record, int bytes, Func<ReadResult> read)
    {
        Path = path;
        Record = record;
        Bytes = bytes;
        _read = read;
    }

    public string Path { get; }

    public long Record { get; }

    public int Bytes { get; }

    /// <summary>Bytes of the input file that had been read when this record was cut: what progress counts.</summary>
    public long Position { get; set; }

    /// <summary>A record that is rejected already.</summary>
    public static PendingRecord Of(ReadResult.Rejected rejected) => new(rejected.Path, rejected.Record, 0, () => rejected);

    /// <summary>An article that needs no parsing, as one stored in an index.</summary>
    public static PendingRecord Of(Article article) =>
        new(article.Origin.Path, article.Origin.Record, BytesOf(article), () => new ReadResult.Read(article));

    private static int BytesOf(Article article) => sizeof(char) * (article.Body.Length + (article.SourceText?.Length ?? 0));

    /// <summary>Parses the record.</summary>
    public ReadResult Read()
    {
        try
        {
            return _read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new ReadResult.Rejected(Path, Record, RejectKind.Failed, Failure.Describe("reading", e));
        }
    }
}
