using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Columns;

/// <summary>An index in memory, of one or several segments.</summary>
internal sealed class SegmentFixture : IDisposable
{
    private readonly RAMDirectory _directory = new();

    private SegmentFixture(IEnumerable<IEnumerable<Document>> segments)
    {
        RetrievalCodec.Register();
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec(), MergePolicy = NoMergePolicy.NO_COMPOUND_FILES };
        using (IndexWriter writer = new(_directory, config))
        {
            foreach (IEnumerable<Document> segment in segments)
            {
                foreach (Document document in segment)
                {
                    writer.AddDocument(document);
                }

                writer.Commit();
            }
        }

        Reader = DirectoryReader.Open(_directory);
    }

    public DirectoryReader Reader { get; }

    public IReadOnlyList<AtomicReader> Segments => [.. Reader.Leaves.Select(l => l.AtomicReader)];

    /// <summary>Segments of documents with values in the field "v".</summary>
    public static SegmentFixture OfValues(params string[][][] segments) =>
        new(segments.Select(s => s.Select(values =>
        {
            Document document = [];
            foreach (string value in values)
            {
                document.Add(new StringField("v", value, Field.Store.NO));
            }

            return document;
        })));

    /// <summary>Segments of documents with a packed date in the field "d"; 0 for none.</summary>
    public static SegmentFixture OfDates(params long[][] segments) =>
        new(segments.Select(s => s.Select(packed =>
        {
            Document document = [];
            if (packed != 0)
            {
                document.Add(new NumericDocValuesField("d", packed));
            }

            return document;
        })));

    public void Dispose()
    {
        Reader.Dispose();
        _directory.Dispose();
    }
}
