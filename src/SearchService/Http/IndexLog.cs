using SearchService.Archive.Index;

namespace SearchService.Http;

/// <summary>
/// Says what happens to the index while the server runs, one line each: another generation serves, something is wrong and why, all is
/// well again. What it finds at the start the command has said.
/// </summary>
internal sealed partial class IndexLog(IArticleIndex index, TimeProvider clock, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>Category of the lines, shown by default.</summary>
    public const string Category = "SearchService.Index";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    private readonly ILogger _logger = loggers.CreateLogger(Category);
    private IndexState _last = index.State;

    /// <summary>Says what has changed since the last look. For one thread.</summary>
    public void Look()
    {
        (IndexState before, IndexState now) = (_last, index.State);
        _last = now;
        string serves = NameOf(now);
        if (now is { Commit: not null, Manifest: { } manifest } && now.Commit != before.Commit)
        {
            string replaced = NameOf(before);
            LogServes(_logger, serves, manifest.Articles, replaced);
        }

        if (now.Degraded is { } reason)
        {
            if (reason != before.Degraded || now.Commit != before.Commit)
            {
                LogDegraded(_logger, serves, reason);
            }
        }
        else if (before is { Degraded: not null, Commit: not null })
        {
            LogRecovered(_logger, serves);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private static string NameOf(IndexState state) => state.Commit?.ToString() ?? "nothing";

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "generation {Generation} with {Articles} articles serves, before it {Before}")]
    private static partial void LogServes(ILogger logger, string generation, long articles, string before);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "degraded, {Generation} serves: {Reason}")]
    private static partial void LogDegraded(ILogger logger, string generation, string reason);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "recovered, {Generation} serves")]
    private static partial void LogRecovered(ILogger logger, string generation);
}
