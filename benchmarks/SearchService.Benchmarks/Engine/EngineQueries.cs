using BenchmarkDotNet.Attributes;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Engine;

/// <summary>Benchmarks of the engine alone, each of their calls with the next query of a class.</summary>
public abstract class EngineQueries
{
    private EngineArchive? _archive;
    private EnginePair[] _pairs = [];
    private int _next;

    private protected EngineArchive Archive => _archive ?? throw new InvalidOperationException("not set up");

    /// <summary>The class.</summary>
    private protected abstract EngineKind Kind { get; }

    [GlobalSetup]
    public void Open()
    {
        _archive = Corpora.OpenEngine();
        _pairs = EnginePair.Of(Kind, _archive.Queries);
        Array.ForEach(_pairs, p => p.Verify(_archive));
    }

    private protected EnginePair Next() => _pairs[_next++ % _pairs.Length];
}
