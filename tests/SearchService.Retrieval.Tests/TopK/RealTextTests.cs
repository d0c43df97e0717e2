using System.Text.RegularExpressions;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Against stock <see cref="IndexSearcher"/> on news text (Reuters-21578, found under SEARCHSERVICE_DATA): words as frequent and as unevenly
/// spread as they really are.</summary>
public sealed partial class RealTextTests : IDisposable
{
    private const int Files = 3;

    private readonly string _path = Path.Combine(Path.GetTempPath(), "real-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (System.IO.Directory.Exists(_path))
        {
            System.IO.Directory.Delete(_path, recursive: true);
        }
    }

    [SkippableFact]
    public void Hits_and_totals_equal_stock_Lucene()
    {
        string? data = Environment.GetEnvironmentVariable("SEARCHSERVICE_DATA");
        Skip.If(data is null, "SEARCHSERVICE_DATA is not set");
        string[] files = [.. System.IO.Directory.GetFiles(Path.Combine(data!, "reuters21578"), "*.sgm").Order(StringComparer.Ordinal).Take(Files)];
        Skip.If(files.Length == 0, "SEARCHSERVICE_DATA has no reuters21578/*.sgm");

        RetrievalCodec.Register();
        List<string[]> texts = [.. files.SelectMany(f => File.ReadAllText(f, System.Text.Encoding.Latin1).Split("<BODY>").Skip(1)).Select(t => Words().Matches(t[..Math.Max(0, t.IndexOf("</BODY>", StringComparison.Ordinal))].ToLowerInvariant()).Select(m => m.Value).ToArray()).Where(w => w.Length > 5)];
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        using (IndexWriter writer = new(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48)) { Codec = new RetrievalCodec(), Similarity = new Bm25() }))
        {
            foreach (string[] words in texts)
            {
                writer.AddDocument([new TextField("text", string.Join(' ', words), Field.Store.NO)]);
            }

            writer.ForceMerge(1);
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        IndexSearcher stock = new(reader) { Similarity = new Bm25() };
        TopKSearcher own = new(reader);
        Random random = new(11);
        for (int i = 0; i < 600; i++)
        {
            (Clause clause, Query query) = Next(texts[random.Next(texts.Count)], random, i % 5);
            TopDocs expected = stock.Search(query, 10);
            TopKResult plain = own.Search(clause, new TopKRequest(), default);
            TopKResult counted = own.Search(clause, new TopKRequest { Total = TotalCount.Exact }, default);
            Assert.Equal(expected.ScoreDocs.Select(d => new Hit(d.Doc, d.Score)), plain.Hits);
            Assert.Equal(plain.Hits, counted.Hits);
            Assert.Equal(expected.TotalHits, counted.Total);
        }
    }

    private static (Clause Own, Query Stock) Next(string[] text, Random random, int kind)
    {
        if (kind == 0)
        {
            int start = random.Next(text.Length - 3);
            int length = 2 + random.Next(2);
            PhraseQuery phrase = [];
            foreach (string word in text.AsSpan(start, length))
            {
                phrase.Add(new Term("text", word));
            }

            return (new PhraseClause("text", [.. text.Skip(start).Take(length).Select((w, i) => new PhraseTerm(w, i))]), phrase);
        }

        string[] words = [.. Enumerable.Range(0, kind == 1 ? 1 : 2 + random.Next(kind * 2)).Select(_ => text[random.Next(text.Length)])];
        if (words.Length == 1)
        {
            return (new TermClause("text", words[0]), new TermQuery(new Term("text", words[0])));
        }

        BooleanQuery stock = [];
        foreach (string word in words)
        {
            stock.Add(new TermQuery(new Term("text", word)), kind % 2 == 0 ? Occur.MUST : Occur.SHOULD);
        }

        Clause[] clauses = [.. words.Select(w => new TermClause("text", w))];
        return (kind % 2 == 0 ? new Retrieval.TopK.BooleanClause { Must = clauses } : new Retrieval.TopK.BooleanClause { Should = clauses }, stock);
    }

    [GeneratedRegex("[a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
