// Measured: ten hits with up to three snippets each, the query's words marked.
// Corpora: generated, and wire where SEARCHSERVICE_DATA is set. Baseline: what Lucene.NET's own highlighter does at the least, that is,
// reading the stored bodies of the hits and analysing them again; choosing and marking passages is not in it.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *SnippetBenchmarks*
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using SearchService.Archive.Index;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Queries;

/// <summary>A page of hits with snippets.</summary>
public class SnippetBenchmarks : CorpusBenchmarks
{
    private readonly StockAnalyzer _analyzer = new();
    private SearchPair[] _pairs = [];

    [Params(QueryKind.Term, QueryKind.Phrase)]
    public QueryKind Query { get; set; }

    [Benchmark(Baseline = true)]
    public int Stock()
    {
        int tokens = 0;
        foreach (Document hit in Next(_pairs).SearchStock(Archive).Hits)
        {
            using TokenStream stream = _analyzer.GetTokenStream(StockIndex.TextField, hit.Get(StockIndex.BodyField, CultureInfo.InvariantCulture));
            stream.Reset();
            while (stream.IncrementToken())
            {
                tokens++;
            }

            stream.End();
        }

        return tokens;
    }

    [Benchmark]
    public int SearchService() => Next(_pairs).SearchOwn(Archive).Hits.Sum(h => h.Snippets.Count);

    private protected override void Prepare() =>
        _pairs = [.. SearchPair.Of(Query, Archive.Queries).Select(p => p with { Plan = p.Plan with { Snippets = new SnippetSpec(3, 160) } })];
}
