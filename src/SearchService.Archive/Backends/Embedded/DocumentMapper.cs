using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Lucene.Net.Documents;
using SearchService.Archive.Articles;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Makes the Lucene document of an article. The document borrows the mapper's buffers: it is to be indexed before the
/// next is made. Not thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "token streams over buffers hold nothing that must be released")]
internal sealed class DocumentMapper
{
    private static readonly ArticleField[] WordFields =
        [.. ArticleSchema.ValueFields.Where(f => f.HasWords)];

    private readonly ArticleAnalyzer _analyzer;
    private readonly AnalyzedText _text = new();
    private readonly TermStream _terms;
    private readonly TermStream _forms;
    private readonly TermStream _headlineTerms;
    private readonly TermStream _headlineForms;
    private readonly AnalyzedText[] _words = [.. WordFields.Select(_ => new AnalyzedText())];

    public DocumentMapper(ArticleAnalyzer analyzer)
    {
        _analyzer = analyzer;
        _terms = new TermStream(_text, forms: false, IndexFields.HeadlineWeight);
        _forms = new TermStream(_text, forms: true, IndexFields.HeadlineWeight);
        _headlineTerms = new TermStream(_text, forms: false);
        _headlineForms = new TermStream(_text, forms: true);
    }

    /// <summary>Makes the document.</summary>
    /// <param name="stored">The article's stored form, compressed.</param>
    public Document Map(Article article, byte[] stored)
    {
        Document document =
        [
            new StringField(IndexFields.Id, article.Id.Value, Field.Store.NO),
            new StoredField(IndexFields.Article, stored),
        ];
        AddText(article, document);
        if (article.Date is { } date)
        {
            document.Add(new NumericDocValuesField(IndexFields.Date, PackedDate(date)));
        }

        for (int i = 0; i < WordFields.Length; i++)
        {
            AddWords(ArticleSchema.ValuesOf(article, WordFields[i]), WordFields[i].Name, _words[i], document);
        }

        foreach (ArticleField field in ArticleSchema.ValueFields)
        {
            string name = IndexFields.Values(field);
            foreach (string value in ArticleSchema.ValuesOf(article, field))
            {
                document.Add(new StringField(name, IndexFields.Cut(value), Field.Store.NO));
            }
        }

        return document;
    }

    /// <summary>The date as its column holds it.</summary>
    public static long PackedDate(ArticleDate date) => DateColumn.Pack(
        date.First.DayNumber,
        (int)date.Local.TimeOfDay.TotalSeconds,
        date.Precision switch
        {
            DatePrecision.Year => CivilPeriod.Year,
            DatePrecision.Month => CivilPeriod.Month,
            _ => CivilPeriod.Day,
        });

    /// <summary>Order of dated articles in an index: civil date and time, as far as they are known.</summary>
    public static long SortKey(ArticleDate date) => date.Local.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>Why an article cannot be indexed; null where it can.</summary>
    public static string? Refusal(Article article) => article.Headline is { Length: > ArticleSchema.MaxHeadlineChars } headline
        ? string.Create(CultureInfo.InvariantCulture, $"headline has {headline.Length} characters, want at most {ArticleSchema.MaxHeadlineChars}")
        : null;

    private void AddText(Article article, Document document)
    {
        _text.Clear();
        _analyzer.Analyze(article.Headline ?? "", 0, _text);
        int headline = _text.Count;
        _analyzer.Analyze(article.Body, IndexFields.BodyStart, _text);
        (_terms.Count, _terms.RepeatedCount) = (_text.Count, headline);
        (_forms.Count, _forms.RepeatedCount) = (_text.Count, headline);
        _headlineTerms.Count = headline;
        _headlineForms.Count = headline;
        document.Add(new Field(IndexFields.Text, _terms, IndexFields.Words));
        document.Add(new Field(IndexFields.TextExact, _forms, IndexFields.ExactWords));
        document.Add(new Field(IndexFields.Headline, _headlineTerms, IndexFields.Words));
        document.Add(new Field(IndexFields.HeadlineExact, _headlineForms, IndexFields.ExactWords));
    }

    private void AddWords(IReadOnlyList<string> values, string field, AnalyzedText words, Document document)
    {
        words.Clear();
        foreach (string value in values)
        {
            _analyzer.Analyze(IndexFields.Cut(value), words.Count == 0 ? 0 : words.NextPosition + IndexFields.ValueGap, words);
        }

        if (words.Count > 0)
        {
            document.Add(new Field(field, new TermStream(words, forms: true) { Count = words.Count }, IndexFields.ValueWords));
        }
    }
}
