using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Benchmarks.Corpus;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;

namespace SearchService.Benchmarks.Engine;

/// <summary>
/// The engine's own index of articles, with nothing of the archive around it: text with positions, countries and people as terms, the date as a
/// number. One segment, analysed as the baseline's (<see cref="StockIndex"/>), under the same names of fields.
/// </summary>
internal static class EngineIndex
{
    /// <summary>Indexes articles in the order given.</summary>
    /// <param name="folder">A folder without an index.</param>
    public static void Build(IEnumerable<Article> articles, string folder)
    {
        RetrievalCodec.Register();
        System.IO.Directory.CreateDirectory(folder);
        using MappedDirectory directory = new(folder, NoLockFactory.GetNoLockFactory());
        using StockAnalyzer analyzer = new();
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, analyzer)
        {
            OpenMode = OpenMode.CREATE,
            Codec = new RetrievalCodec(),
            Similarity = new Bm25(),
            RAMBufferSizeMB = 128,
            MergePolicy = new LogDocMergePolicy(),
        };
        using IndexWriter writer = new(directory, config);
        foreach (Article article in articles)
        {
            writer.AddDocument(DocumentOf(article));
        }

        writer.ForceMerge(1);
        writer.Commit();
    }

    /// <summary>The date as the archive keeps it, which is in the order of dates; null where there is none.</summary>
    public static long? PackedDate(Article article) => article.Date is { } date ? DocumentMapper.PackedDate(date) : null;

    private static Document DocumentOf(Article article)
    {
        Document document =
        [
            new TextField(StockIndex.TextField, article.Headline ?? "", Field.Store.NO),
            new TextField(StockIndex.TextField, article.Body, Field.Store.NO),
            new NumericDocValuesField(StockIndex.DateField, PackedDate(article) ?? 0),
        ];
        AddValues(document, StockIndex.CountryField, ArticleSchema.ValuesOf(article, ArticleSchema.Country));
        AddValues(document, StockIndex.PersonField, ArticleSchema.ValuesOf(article, ArticleSchema.Person));
        return document;
    }

    private static void AddValues(Document document, string field, IReadOnlyList<string> values)
    {
        foreach (string value in values)
        {
            document.Add(new StringField(field, value, Field.Store.NO));
        }
    }
}
