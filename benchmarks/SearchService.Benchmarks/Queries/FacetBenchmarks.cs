// Measured: counting countries, months and people over all hits of a query, without hits and snippets.
// Corpora: generated, and wire where SEARCHSERVICE_DATA is set. Baseline: Lucene.NET's doc values, counted as its facet module does.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *FacetBenchmarks*
using BenchmarkDotNet.Attributes;

namespace SearchService.Benchmarks.Queries;

/// <summary>Three facets by kind of query.</summary>
public class FacetBenchmarks : CorpusBenchmarks
{
    private SearchPair[] _pairs = [];

    [Params(QueryKind.Term, QueryKind.Or, QueryKind.Filtered, QueryKind.All)]
    public QueryKind Query { get; set; }

    [Benchmark(Baseline = true)]
    public int Stock() => Next(_pairs).SearchStock(Archive).Total;

    [Benchmark]
    public long SearchService() => Next(_pairs).SearchOwn(Archive).Total;

    private protected override void Prepare()
    {
        // Strict: over the hits alone, which is all that the baseline can do.
        _pairs =
        [
            .. SearchPair.Of(Query, Archive.Queries, size: 0, facets: true)
                .Select(p => p with { Plan = p.Plan with { Facets = [.. p.Plan.Facets.Select(f => f with { Strict = true })] } }),
        ];
        foreach (SearchPair pair in _pairs)
        {
            pair.Verify(Archive);
        }
    }
}
