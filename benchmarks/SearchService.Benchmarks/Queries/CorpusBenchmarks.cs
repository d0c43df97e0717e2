using BenchmarkDotNet.Attributes;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Queries;

/// <summary>Benchmarks over the run's corpora, each of their calls with the next of several queries.</summary>
public abstract class CorpusBenchmarks
{
    private BenchmarkArchive? _archive;
    private int _next;

    public static IEnumerable<string> Corpora => SearchService.Benchmarks.Corpus.Corpora.Names;

    [ParamsSource(nameof(Corpora))]
    public string Corpus { get; set; } = "";

    private protected BenchmarkArchive Archive => _archive ?? throw new InvalidOperationException("not set up");

    [GlobalSetup]
    public void Open()
    {
        _archive = SearchService.Benchmarks.Corpus.Corpora.Open(Corpus);
        Prepare();
    }

    /// <summary>Makes ready what the benchmark calls need; the corpus is open.</summary>
    private protected abstract void Prepare();

    /// <summary>The queries in turn.</summary>
    private protected T Next<T>(T[] queries) => queries[_next++ % queries.Length];
}
