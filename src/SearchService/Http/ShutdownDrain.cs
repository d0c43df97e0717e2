namespace SearchService.Http;

/// <summary>
/// The first thing that happens when the server is asked to stop: readiness turns to 503, and the door stays open for as long as
/// <see cref="ServerOptions.Drain"/> says, so that a load balancer stops sending before connections are refused.
/// </summary>
internal sealed class ShutdownDrain(ServerOptions options, TimeProvider clock) : IHostedLifecycleService
{
    private volatile bool _stopping;

    /// <summary>Whether the server was asked to stop.</summary>
    public bool Stopping => _stopping;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (options.Drain > TimeSpan.Zero)
        {
            await Task.Delay(options.Drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
