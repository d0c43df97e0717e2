using Microsoft.Extensions.Logging;
using SearchService.Archive.Index;
using SearchService.Http;

namespace SearchService.Tests.Http;

/// <summary>What the log says of the index while it serves.</summary>
public sealed class IndexLogTests
{
    private readonly FakeIndex _index = new(TestArticles.Full);
    private readonly LogCollector _lines = new(LogLevel.Information);

    [Fact]
    public void A_switch_a_degradation_and_a_recovery_are_one_line_each()
    {
        using LoggerFactory loggers = new([_lines]);
        using IndexLog log = new(_index, TimeProvider.System, loggers);
        log.Look();
        Assert.Empty(_lines.Lines);

        _index.Commit = new CommitId(8, 1);
        log.Look();
        log.Look();
        Assert.Equal(["generation 8.1 with 1 articles serves, before it 7.2"], _lines.Lines);

        _index.Degraded = "generation 9 of the index is damaged, _0.bpd has changed: run searchservice reindex";
        log.Look();
        log.Look();
        Assert.Equal("degraded, 8.1 serves: generation 9 of the index is damaged, _0.bpd has changed: run searchservice reindex", _lines.Lines[^1]);

        _index.Degraded = "the index's CURRENT file is missing: run searchservice reindex";
        log.Look();
        Assert.Equal("degraded, 8.1 serves: the index's CURRENT file is missing: run searchservice reindex", _lines.Lines[^1]);

        _index.Degraded = null;
        log.Look();
        log.Look();
        Assert.Equal("recovered, 8.1 serves", _lines.Lines[^1]);
        Assert.Equal(4, _lines.Lines.Count);
    }

    [Fact]
    public void A_recovery_by_a_new_generation_says_both()
    {
        _index.Degraded = "generation 7 of the index is missing: run searchservice reindex";
        using LoggerFactory loggers = new([_lines]);
        using IndexLog log = new(_index, TimeProvider.System, loggers);
        _index.Degraded = null;
        _index.Commit = new CommitId(9, 1);
        log.Look();
        Assert.Equal(["generation 9.1 with 1 articles serves, before it 7.2", "recovered, 9.1 serves"], _lines.Lines);
    }

    [Fact]
    public void A_first_generation_and_the_loss_of_the_last_are_said()
    {
        _index.Commit = null;
        _index.Degraded = "there is no index yet: run searchservice reindex";
        using LoggerFactory loggers = new([_lines]);
        using IndexLog log = new(_index, TimeProvider.System, loggers);
        _index.Commit = new CommitId(1, 1);
        _index.Degraded = null;
        log.Look();
        Assert.Equal(["generation 1.1 with 1 articles serves, before it nothing"], _lines.Lines);
        _index.Commit = null;
        _index.Degraded = "generation 1 of the index is damaged, _0.bpd has changed: run searchservice reindex";
        log.Look();
        Assert.Equal("degraded, nothing serves: generation 1 of the index is damaged, _0.bpd has changed: run searchservice reindex", _lines.Lines[^1]);
    }

    [Fact]
    public async Task The_server_says_it_by_itself_and_nothing_of_requests()
    {
        await using TestServer server = await TestServer.StartAsync(_index);
        using HttpResponseMessage answer = await server.GetAsync("/v1/search?q=harbour");
        Assert.Empty(server.Logs.Lines);
        _index.Degraded = "the index's CURRENT file is missing: run searchservice reindex";
        for (int i = 0; i < 200 && server.Logs.Lines.Count == 0; i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal(["degraded, 7.2 serves: the index's CURRENT file is missing: run searchservice reindex"], server.Logs.Lines);
    }
}
