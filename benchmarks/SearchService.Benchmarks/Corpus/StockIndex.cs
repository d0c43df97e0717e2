using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Archive.Articles;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// The baseline's index: what a program makes with Lucene.NET as it comes. Stock codec, one merged segment, text with positions,
/// stored fields, sorted doc values for the facets, numbers for the date.
/// </summary>
internal static class StockIndex
{
    public const string TextField = "text";
    public const string ExactField = "exact";
    public const string HeadlineField = "headline";
    public const string BodyField = "body";
    public const string DateField = "date";
    public const string FirstDayField = "firstDay";
    public const string LastDayField = "lastDay";
    public const string MonthField = "month";
    public const string CountryField = "country";
    public const string PersonField = "person";

    private static readonly FieldType Exact = Frequencies();

    /// <summary>Indexes articles in the order given.</summary>
    /// <param name="folder">A folder without an index.</param>
    public static void Build(IEnumerable<Article> articles, string folder)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using StockAnalyzer analyzer = new();
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, analyzer)
        {
            OpenMode = OpenMode.CREATE,
            Similarity = new BM25Similarity(),
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

    /// <summary>The key of a month in <see cref="MonthField"/>.</summary>
    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Document DocumentOf(Article article)
    {
        string headline = article.Headline ?? "";
        Document document =
        [
            new TextField(TextField, headline, Field.Store.NO),
            new TextField(TextField, article.Body, Field.Store.NO),
            new Field(ExactField, headline, Exact),
            new Field(ExactField, article.Body, Exact),
            new TextField(HeadlineField, headline, Field.Store.YES),
            new StoredField(BodyField, article.Body),
        ];
        if (article.Date is { } date)
        {
            document.Add(new StoredField(DateField, date.Value));
            document.Add(new Int32Field(FirstDayField, date.First.DayNumber, Field.Store.NO));
            document.Add(new Int32Field(LastDayField, date.Last.DayNumber, Field.Store.NO));
            if (date.Precision >= DatePrecision.Month)
            {
                document.Add(new SortedDocValuesField(MonthField, new BytesRef(MonthOf(date.First))));
            }
        }

        AddValues(document, CountryField, ArticleSchema.ValuesOf(article, ArticleSchema.Country));
        AddValues(document, PersonField, ArticleSchema.ValuesOf(article, ArticleSchema.Person));
        return document;
    }

    private static void AddValues(Document document, string field, IReadOnlyList<string> values)
    {
        foreach (string value in values)
        {
            document.Add(new StringField(field, value, Field.Store.YES));
            document.Add(new SortedSetDocValuesField(field, new BytesRef(value)));
        }
    }

    private static FieldType Frequencies()
    {
        FieldType type = new() { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_AND_FREQS };
        type.Freeze();
        return type;
    }
}
