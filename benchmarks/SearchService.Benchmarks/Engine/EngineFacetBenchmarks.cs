// Measured: the ten best, the exact total, the twenty most frequent countries and people and all months over all matches, by the engine alone. No hit is read.
// Corpus: generated articles. Baseline: the same by Lucene.NET's IndexSearcher and its doc values, counted as its facet module does, hits read.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *EngineFacetBenchmarks*
using BenchmarkDotNet.Attributes;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Engine;

/// <summary>Three facets by class of query.</summary>
public class EngineFacetBenchmarks
{
    private EngineArchive? _archive;
    private EnginePair[] _pairs = [];
    private int _next;

    [Params(EngineKind.TermFrequent, EngineKind.TermMiddling, EngineKind.AndFrequent, EngineKind.OrFrequent)]
    public EngineKind Query { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _archive = Corpora.OpenEngine();
        _pairs = EnginePair.Of(Query, _archive.Queries);
        Array.ForEach(_pairs, p => p.Verify(_archive));
    }

    [Benchmark(Baseline = true)]
    public int Stock()
    {
        EnginePair pair = Next();
        return _archive!.Stock.Search(pair.Query, pair.Filter, 10, facets: true).Total;
    }

    [Benchmark]
    public long SearchService() => _archive!.SearchFaceted(Next().Clause).Result.Total;

    private EnginePair Next() => _pairs[_next++ % _pairs.Length];
}
