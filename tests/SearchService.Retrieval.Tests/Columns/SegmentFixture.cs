using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Columns;

/// <summary>An index in memory, of one or several segments.</summary>
internal sealed class SegmentFixture : IDisposable
{
    private readonly RAMDirectory _directory = new();

    private SegmentFixture(IEnumerable<IEnumerable<Document>> segments, bool keptColumns = true)
    {
        RetrievalCodec.Register();
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec(), MergePolicy = NoMergePolicy.NO_COMPOUND_FILES, UseCompoundFile = false };
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

        foreach (string file in _directory.ListAll().Where(f => !keptColumns && f.EndsWith(ColumnFile.Extension, StringComparison.Ordinal)))
        {
            _directory.DeleteFile(file);
        }

        Reader = DirectoryReader.Open(_directory);
    }

    public DirectoryReader Reader { get; }

    public IReadOnlyList<AtomicReader> Segments => [.. Reader.Leaves.Select(l => l.AtomicReader)];

    /// <summary>Segments of documents with values in the field "v".</summary>
    public static SegmentFixture OfValues(params string[][][] segments) => OfValues(keptColumns: true, segments);

    /// <inheritdoc cref="OfValues(string[][][])"/>
    /// <param name="keptColumns">Whether columns are kept in the index, else they are made of postings.</param>
    public static SegmentFixture OfValues(bool keptColumns, params string[][][] segments) =>
        new(segments.Select(s => s.Select(values =>
        {
            Document document = [];
            foreach (string value in values)
            {
                document.Add(new StringField("v", value, Field.Store.NO));
            }

            return document;
        })), keptColumns);

    /// <summary>A column made of postings, whatever is kept of it.</summary>
    public static ValueColumn Turned(AtomicReader segment, string field) => segment.GetTerms(field) is BlockTerms terms
        ? ValueColumnLoader.Of(TurnedPostings.Of(terms, segment.MaxDoc))
        : ValueColumnLoader.Load(segment, field);

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
