using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Ingestion;

/// <summary>What a run reads.</summary>
/// <param name="Records">In input order, cut as they are asked for, by one thread. <see cref="PendingRecord.Position"/> grows over the whole input.</param>
/// <param name="TotalBytes">What positions grow to, for progress; 0 where unknown.</param>
public sealed record IngestionInput(IEnumerable<PendingRecord> Records, long TotalBytes)
{
    /// <summary>The files below a walker's roots. Walks them once to add up their bytes.</summary>
    public static IngestionInput FromFiles(InputWalker walker, InputReader reader, CancellationToken cancellationToken) =>
        new(FileRecords(walker, reader), walker.CountBytes(cancellationToken));

    /// <summary>Articles that are read already, as those stored in an index; positions and total count articles.</summary>
    public static IngestionInput FromArticles(IEnumerable<Article> articles, long count) => new(
        articles.Select((article, index) =>
        {
            PendingRecord record = PendingRecord.Of(article);
            record.Position = index + 1;
            return record;
        }),
        count);

    private static IEnumerable<PendingRecord> FileRecords(InputWalker walker, InputReader reader)
    {
        long before = 0;
        foreach (InputFile file in walker.Walk())
        {
            foreach (PendingRecord record in reader.Records(file))
            {
                record.Position += before;
                yield return record;
            }

            before += file.Bytes;
        }
    }
}
