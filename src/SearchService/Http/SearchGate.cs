namespace SearchService.Http;

/// <summary>
/// Lets a limited number of searches run at once and a limited number wait a short while; the rest is told to come back. Under overload
/// the answers that are given stay fast. Thread-safe.
/// </summary>
/// <param name="running">Searches that run at once.</param>
/// <param name="waiting">Searches that may wait.</param>
/// <param name="patience">Longest wait.</param>
internal sealed class SearchGate(int running, int waiting, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(running, running);
    private int _queued;

    /// <summary>Takes a turn; false where there is none in time. Each true is followed by one <see cref="Leave"/>.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (_turns.Wait(0, CancellationToken.None))
        {
            return true;
        }

        try
        {
            return Interlocked.Increment(ref _queued) <= waiting && await _turns.WaitAsync(patience, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    public void Leave() => _turns.Release();

    public void Dispose() => _turns.Dispose();
}
