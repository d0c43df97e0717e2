using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;

namespace SearchService.Benchmarks.Corpus;

/// <summary>What the baseline answers.</summary>
/// <param name="Hits">The stored fields of the best hits.</param>
/// <param name="Facets">Null where none were asked for.</param>
internal sealed record StockPage(int Total, IReadOnlyList<Document> Hits, StockFacets? Facets);

/// <summary>
/// The baseline's search, the classic way: an <see cref="IndexSearcher"/> with BM25, top hits and exact total in one pass, hits from
/// stored fields, facets from doc values. Thread-safe.
/// </summary>
internal sealed class StockSearch : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly IndexSearcher _searcher;

    private StockSearch(string folder)
    {
        _directory = FSDirectory.Open(folder);
        Reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(Reader) { Similarity = new BM25Similarity() };
    }

    public DirectoryReader Reader { get; }

    public static StockSearch Open(string folder) => new(folder);

    /// <summary>Searches.</summary>
    /// <param name="filter">Null for none.</param>
    /// <param name="size">Hits wanted; 0 only counts.</param>
    /// <param name="facets">Whether to count countries, months and people over all hits.</param>
    public StockPage Search(Query query, Filter? filter, int size, bool facets)
    {
        if (!facets && size > 0)
        {
            TopDocs best = Best(query, filter, size);
            return new StockPage(best.TotalHits, Stored(best), null);
        }

        StockMatches matches = new();
        TopScoreDocCollector? top = size > 0 ? TopScoreDocCollector.Create(size, docsScoredInOrder: false) : null;
        _searcher.Search(query, filter, top is null ? matches : MultiCollector.Wrap(top, matches));
        return new StockPage(matches.Count, top is null ? [] : Stored(top.GetTopDocs()), facets ? StockFacets.Count(matches) : null);
    }

    /// <summary>The best hits and how many match; no hit is read.</summary>
    /// <param name="filter">Null for none.</param>
    public TopDocs Best(Query query, Filter? filter, int size) => _searcher.Search(query, filter, size);

    private Document[] Stored(TopDocs best) => [.. best.ScoreDocs.Select(hit => _searcher.Doc(hit.Doc))];

    public void Dispose()
    {
        Reader.Dispose();
        _directory.Dispose();
    }
}
