// Measured: the ten best, the exact total, the twenty most frequent countries and people and all months over all matches, by the engine alone. No hit is read.
// Corpus: generated articles. Baseline: the same by Lucene.NET's IndexSearcher and its doc values, counted as its facet module does, hits read.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *EngineFacetBenchmarks*
using BenchmarkDotNet.Attributes;

namespace SearchService.Benchmarks.Engine;

/// <summary>Three facets by class of query.</summary>
public class EngineFacetBenchmarks : EngineQueries
{
    [Params(EngineKind.TermFrequent, EngineKind.TermMiddling, EngineKind.AndFrequent, EngineKind.OrFrequent)]
    public EngineKind Query { get; set; }

    private protected override EngineKind Kind => Query;

    [Benchmark(Baseline = true)]
    public int Stock()
    {
        EnginePair pair = Next();
        return Archive.Stock.Search(pair.Query, pair.Filter, 10, facets: true).Total;
    }

    [Benchmark]
    public long SearchService() => Archive.SearchFaceted(Next().Clause).Result.Total;
}
