using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Ingestion;

/// <summary>Records that travel together from the reading thread to a worker, and what became of them.</summary>
/// <param name="sequence">Place in the input's order, from 0.</param>
internal sealed class RecordBatch(long sequence)
{
    public long Sequence { get; } = sequence;

    public List<PendingRecord> Records { get; } = [];

    public long Bytes { get; private set; }

    /// <summary>Position of the last record in the input.</summary>
    public long Position { get; private set; }

    /// <summary>The records parsed, in order.</summary>
    public List<ReadResult> Results { get; } = [];

    /// <summary>Ids of the articles among <see cref="Results"/>.</summary>
    public HashSet<ArticleId> Ids { get; } = [];

    /// <summary>Lines for the report, in order.</summary>
    public List<ReportLine> Lines { get; } = [];

    public int Indexed { get; set; }

    public Dictionary<RejectKind, long> Rejected { get; } = [];

    /// <summary>Earlier batches that hold one of the same ids: this one is indexed after them.</summary>
    public HashSet<RecordBatch> After { get; } = [];

    /// <summary>Whether every record is indexed or rejected.</summary>
    public bool Finished { get; set; }

    public void Add(PendingRecord record)
    {
        // A rejected record holds no input but still costs memory.
        const int BytesOfRecord = 256;
        Records.Add(record);
        Bytes += record.Bytes + BytesOfRecord;
        Position = record.Position;
    }

    /// <summary>Parses the records.</summary>
    public void Parse()
    {
        foreach (PendingRecord record in Records)
        {
            ReadResult result = record.Read();
            Results.Add(result);
            if (result is ReadResult.Read read)
            {
                Ids.Add(read.Article.Id);
            }
        }

        Records.Clear();
    }

    public void Reject(ReadResult.Rejected rejected)
    {
        Rejected[rejected.Kind] = Rejected.GetValueOrDefault(rejected.Kind) + 1;
        Lines.Add(new ReportLine(rejected.Path, rejected.Record, rejected.Kind.Name(), rejected.Reason));
    }

    public void Warn(Article article, string reason) =>
        Lines.Add(new ReportLine(article.Origin.Path, article.Origin.Record, ReportLine.Warning, reason));
}
