// Measured: a whole request on a kept connection, from the client's call to the last byte of the answer: ten hits and the facets date,
// country and person, by real Kestrel servers of this process on loopback; once without and once with three snippets a hit.
// Corpora: generated, and wire where SEARCHSERVICE_DATA is set. Baseline: a minimal API over stock Lucene.NET, without snippets.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *HttpBenchmarks*
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SearchService.Http;

namespace SearchService.Benchmarks.Queries;

/// <summary>A search over HTTP.</summary>
public class HttpBenchmarks : CorpusBenchmarks
{
    private readonly HttpClient _client = new();
    private WebApplication? _own;
    private WebApplication? _stock;
    private Uri[] _plain = [];
    private Uri[] _withSnippets = [];
    private Uri[] _baseline = [];

    [Benchmark(Baseline = true)]
    public Task<int> Stock() => GetAsync(Next(_baseline));

    [Benchmark]
    public Task<int> SearchService() => GetAsync(Next(_plain));

    [Benchmark]
    public Task<int> SearchServiceWithSnippets() => GetAsync(Next(_withSnippets));

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _own!.DisposeAsync();
        await _stock!.DisposeAsync();
    }

    private protected override void Prepare()
    {
        _own = SearchHost.Build(
            Archive.Index, new ServeSettings("http://127.0.0.1:0", Public: false, JsonLogs: false), TimeProvider.System, b => b.Logging.ClearProviders());
        _own.StartAsync().GetAwaiter().GetResult();
        _stock = StockServer.Build(Archive.Stock);
        _stock.StartAsync().GetAwaiter().GetResult();
        string[] texts = [.. QueryTexts.Of(Archive.Queries).Select(Uri.EscapeDataString)];
        string search = $"{_own.Urls.First()}/v1/search?match=all&size=10&facet=date&facet=country&facet=person&dateInterval=month";
        _plain = [.. texts.Select(q => new Uri($"{search}&snippets=0&q={q}"))];
        _withSnippets = [.. texts.Select(q => new Uri($"{search}&snippets=3&q={q}"))];
        _baseline = [.. texts.Select(q => new Uri($"{_stock.Urls.First()}/search?q={q}"))];
    }

    /// <summary>Bytes of the answer's body.</summary>
    private async Task<int> GetAsync(Uri address)
    {
        byte[] body = await _client.GetByteArrayAsync(address);
        return body.Length;
    }
}
