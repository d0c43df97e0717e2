// Measured: the engine alone, without the archive around it: the ten best, the ten best with the exact total, the total alone, by class of query. No hit is read.
// Corpus: generated articles. Baseline: Lucene.NET's IndexSearcher for the ten best over the same articles; it counts what it has seen anyway.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *EngineBenchmarks*
using BenchmarkDotNet.Attributes;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Engine;

/// <summary>Ranking and counting by class of query.</summary>
public class EngineBenchmarks
{
    private EngineArchive? _archive;
    private EnginePair[] _pairs = [];
    private int _next;

    [ParamsAllValues]
    public EngineKind Query { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _archive = Corpora.OpenEngine();
        _pairs = EnginePair.Of(Query, _archive.Queries);
        Array.ForEach(_pairs, p => p.Verify(_archive));
    }

    [Benchmark(Baseline = true)]
    public int Stock() => Next().Stock(_archive!).TotalHits;

    [Benchmark]
    public int Best() => Next().Best(_archive!).Hits.Count;

    [Benchmark]
    public long BestWithTotal() => Next().BestWithTotal(_archive!).Total;

    [Benchmark]
    public long Count() => Next().Count(_archive!);

    private EnginePair Next() => _pairs[_next++ % _pairs.Length];
}
