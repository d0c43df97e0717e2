// Measured: the engine alone, without the archive around it: the ten best, the ten best with the exact total, the total alone, by class of query. No hit is read.
// Corpus: generated articles. Baseline: Lucene.NET's IndexSearcher for the ten best over the same articles; it counts what it has seen anyway.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *EngineBenchmarks*
using BenchmarkDotNet.Attributes;

namespace SearchService.Benchmarks.Engine;

/// <summary>Ranking and counting by class of query.</summary>
public class EngineBenchmarks : EngineQueries
{
    [ParamsAllValues]
    public EngineKind Query { get; set; }

    private protected override EngineKind Kind => Query;

    [Benchmark(Baseline = true)]
    public int Stock() => Next().Stock(Archive).TotalHits;

    [Benchmark]
    public int Best() => Next().Best(Archive).Hits.Count;

    [Benchmark]
    public long BestWithTotal() => Next().BestWithTotal(Archive).Total;

    [Benchmark]
    public long Count() => Next().Count(Archive);
}
