// Measured: a query text to what can be run. SearchService: lexer, parser, planner; its words are analysed when the plan is run.
// Corpora: words of generated, and of wire where SEARCHSERVICE_DATA is set. Baseline: Lucene.NET's classic QueryParser, which
// analyses the words at once.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *ParseBenchmarks*
using BenchmarkDotNet.Attributes;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Archive.Querying;
using SearchService.Benchmarks.Corpus;
using ClassicParser = Lucene.Net.QueryParsers.Classic.QueryParser;

namespace SearchService.Benchmarks.Queries;

/// <summary>Parsing and planning.</summary>
public class ParseBenchmarks : CorpusBenchmarks
{
    private static readonly DateOnly Today = new(2010, 12, 31);

    private readonly ClassicParser _classic = Classic();
    private string[] _texts = [];

    [Benchmark(Baseline = true)]
    public Query Stock() => _classic.Parse(Next(_texts));

    [Benchmark]
    public PlannedQuery SearchService() => Plan(Next(_texts));

    /// <summary>Parses and plans as a search does.</summary>
    internal static PlannedQuery Plan(string text) =>
        QueryParser.Parse(text) is { Success: true } parsed
            ? QueryPlanner.Plan(parsed.Query, MatchMode.All, Today)
            : throw new InvalidOperationException($"'{text}' is not understood");

    /// <summary>A classic parser as programs set it up: every word required.</summary>
    internal static ClassicParser Classic() =>
        new(LuceneVersion.LUCENE_48, StockIndex.TextField, new StockAnalyzer()) { DefaultOperator = Lucene.Net.QueryParsers.Classic.Operator.AND };

    private protected override void Prepare() => _texts = QueryTexts.Of(Archive.Queries);
}
