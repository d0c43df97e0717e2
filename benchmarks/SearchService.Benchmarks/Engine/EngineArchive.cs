using Lucene.Net.Index;
using Lucene.Net.Store;
using SearchService.Archive.Articles;
using SearchService.Benchmarks.Corpus;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.TopK;

namespace SearchService.Benchmarks.Engine;

/// <summary>Generated articles in order of date, indexed by the engine and by Lucene.NET as it comes. Both stay open until disposed. Thread-safe.</summary>
internal sealed class EngineArchive : IDisposable
{
    private readonly MappedDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly ValueField _countries;
    private readonly ValueField _people;
    private readonly DateField _dates;

    private EngineArchive(string own, string stock)
    {
        _directory = new MappedDirectory(own, NoLockFactory.GetNoLockFactory());
        _reader = DirectoryReader.Open(_directory);
        Searcher = new TopKSearcher(_reader);
        AtomicReader segment = _reader.Leaves[0].AtomicReader;
        _countries = new ValueField([ValueColumn.Load(segment, StockIndex.CountryField)]);
        _people = new ValueField([ValueColumn.Load(segment, StockIndex.PersonField)]);
        _dates = new DateField([DateColumn.Load(segment, StockIndex.DateField)]);
        Stock = StockSearch.Open(stock);
        Queries = QuerySet.Choose(Stock.Reader);
    }

    public TopKSearcher Searcher { get; }

    public StockSearch Stock { get; }

    public QuerySet Queries { get; }

    /// <param name="folder">An empty folder; the caller removes it.</param>
    public static EngineArchive Generate(int articles, string folder)
    {
        Article[] ordered = [.. new GeneratedArticles(articles).All().OrderBy(a => EngineIndex.PackedDate(a) ?? long.MaxValue)];
        string own = Path.Combine(folder, "engine");
        string stock = Path.Combine(folder, "stock");
        EngineIndex.Build(ordered, own);
        StockIndex.Build(ordered, stock);
        return new EngineArchive(own, stock);
    }

    /// <summary>The ten best and what the baseline's facets count: most frequent countries and people, all months.</summary>
    public EngineFacets SearchFaceted(Clause query)
    {
        TopKResult result = Searcher.Search(query, new TopKRequest { Total = TotalCount.Exact, Matches = true }, CancellationToken.None);
        using CountedDocuments matches = new([DocBits.Of(result.Matches!, 0, _reader.MaxDoc)]);
        return new EngineFacets(
            result,
            _countries.Top(matches, StockFacets.TopValues),
            _people.Top(matches, StockFacets.TopValues),
            _dates.Count(matches, CivilInterval.Month));
    }

    public void Dispose()
    {
        Stock.Dispose();
        _reader.Dispose();
        _directory.Dispose();
    }
}

/// <summary>The hits of a search and the counts over all of them.</summary>
internal sealed record EngineFacets(TopKResult Result, IReadOnlyList<ValueCount> Countries, IReadOnlyList<ValueCount> People, DateCounts Months);
