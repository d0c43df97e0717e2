// Measured: one page of ten hits with its exact total, by kind of query, the hits read from the index, without facets and snippets.
// Corpora: generated, and wire where SEARCHSERVICE_DATA is set. Baseline: Lucene.NET's IndexSearcher over the same articles.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *SearchBenchmarks*
using BenchmarkDotNet.Attributes;

namespace SearchService.Benchmarks.Queries;

/// <summary>A page of hits by kind of query.</summary>
public class SearchBenchmarks : CorpusBenchmarks
{
    private SearchPair[] _pairs = [];

    [Params(QueryKind.Term, QueryKind.And, QueryKind.Or, QueryKind.Phrase, QueryKind.LoosePhrase, QueryKind.Prefix, QueryKind.Filtered, QueryKind.DateRange)]
    public QueryKind Query { get; set; }

    [Benchmark(Baseline = true)]
    public int Stock() => Next(_pairs).SearchStock(Archive).Hits.Count;

    [Benchmark]
    public int SearchService() => Next(_pairs).SearchOwn(Archive).Hits.Count;

    private protected override void Prepare()
    {
        _pairs = [.. SearchPair.Of(Query, Archive.Queries)];
        foreach (SearchPair pair in _pairs)
        {
            pair.Verify(Archive);
        }
    }
}
