using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The published generation of an index folder, for reading. Follows CURRENT: looks at it twice a second, opens and warms
/// a new generation in the background and then serves it; what cannot be opened leaves the old one serving, degraded.
/// Never writes.
/// </summary>
/// <remarks>
/// A generation's files are compared with their checksums before it serves, but for a large one at the start: that serves
/// at once, is compared while it does, and is withdrawn if it fails.
/// </remarks>
public sealed class EmbeddedIndex : IArticleIndex
{
    /// <summary>How long a superseded commit can still be named.</summary>
    public static readonly TimeSpan HoldSuperseded = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>After a failure, how long until the same generation is tried again: first, and at most after doubling again and again.</summary>
    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastRetryAfter = TimeSpan.FromMinutes(10);

    private readonly GenerationFolders _folders;
    private readonly GenerationOpener _opener;
    private readonly TimeProvider _time;
    private readonly HeldSnapshots _held;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _following;
    private (long? Generation, bool Damaged, DateTime Written)? _seen;
    private readonly long _checkFirstBytes;
    private EmbeddedSnapshot? _unchecked;
    private long? _failedAt;
    private TimeSpan _retryAfter = FirstRetryAfter;
    private volatile IndexState _state = new(null, null, Advice.NothingPublished, null, 0);

    private EmbeddedIndex(string directory, TimeProvider time, long checkFirstBytes)
    {
        _checkFirstBytes = checkFirstBytes;
        _folders = new GenerationFolders(directory);
        _opener = new GenerationOpener(_folders, time);
        _time = time;
        _held = new HeldSnapshots(time, HoldSuperseded);
        Refresh();
        _following = Task.Run(FollowAsync);
    }

    public IndexState State => _state;

    /// <summary>
    /// Opens what is published, or an older published generation where that cannot be opened, and follows it until disposed. The
    /// folder need not exist. Does not fail for what it finds: <see cref="State"/> says what is wrong.
    /// </summary>
    /// <param name="directory">The index folder.</param>
    public static EmbeddedIndex Open(string directory, TimeProvider time) => Open(directory, time, 1L << 30);

    /// <inheritdoc cref="Open(string, TimeProvider)"/>
    /// <param name="checkFirstBytes">Size up to which a generation's files are compared before it serves at the start.</param>
    internal static EmbeddedIndex Open(string directory, TimeProvider time, long checkFirstBytes) => new(directory, time, checkFirstBytes);

    public IArticleSnapshot? Acquire(CommitId? commit = null) => _held.Acquire(commit);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _held.Dispose();
        _closing.Dispose();
    }

    /// <summary>Looks at what is published and opens it if it is new. Not to be called by two threads at once.</summary>
    /// <exception cref="OperationCanceledException">The index is being closed.</exception>
    internal void Refresh()
    {
        _held.DropExpired();
        (long? Generation, bool Damaged, DateTime Written) now;
        try
        {
            (long? generation, bool damaged) = _folders.ReadCurrent();
            now = (generation, damaged, _folders.CurrentWritten());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            now = (null, true, default);
        }

        bool retry = _failedAt is { } failed && _time.GetElapsedTime(failed) >= _retryAfter;
        if (now == _seen && !retry)
        {
            CheckServed(now.Generation);
            return;
        }

        _retryAfter = retry ? TimeSpan.FromTicks(Math.Min(_retryAfter.Ticks * 2, LastRetryAfter.Ticks)) : FirstRetryAfter;
        _seen = now;
        _failedAt = null;
        string? problem = now.Damaged ? Advice.CurrentDamaged : now.Generation is { } current ? TryServe(current) : MissingCurrent();
        if (problem is not null)
        {
            _failedAt = _time.GetTimestamp();
            ServeOlder(now.Generation);
        }

        Report(problem);
    }

    private async Task FollowAsync()
    {
        using PeriodicTimer timer = new(PollEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    Refresh();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The disk failed under the looking: what serves goes on serving, and the next look may go better.
                    _seen = null;
                    Report($"the index folder cannot be read ({e.GetType().Name}): run searchservice verify");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    /// <summary>Serves a generation; answers what is wrong with it, if anything.</summary>
    private string? TryServe(long generation)
    {
        EmbeddedSnapshot? snapshot = null;
        try
        {
            // An index that was removed and built again counts its generations from 1 again: the number alone does not tell.
            if (_held.Newest is { } newest && newest.Commit.Generation == generation && newest.Manifest.IsOfOneBuildWith(_folders.ReadManifest(generation)))
            {
                return null;
            }

            // Before they are opened: opening reads the columns, and files known to have changed are not read.
            bool check = _held.Newest is not null || _folders.ReadUsableManifest(generation).Bytes <= _checkFirstBytes;
            if (check)
            {
                _opener.CheckFiles(generation, _closing.Token);
            }

            snapshot = _opener.Open(generation);
            SnapshotWarmer.Warm(snapshot, awaited: _held.Newest is null);
            _held.Add(snapshot);
            _unchecked = check ? null : snapshot;
            snapshot = null;
            return null;
        }
        catch (IndexUnusableException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            // Damaged files show as almost any exception of Lucene's.
            return Advice.Damaged(generation, $"it cannot be searched ({e.GetType().Name})");
        }
        finally
        {
            snapshot?.Dispose();
        }
    }

    /// <summary>Compares the files of what serves, if that has not been done, and withdraws it if they have changed.</summary>
    private void CheckServed(long? current)
    {
        if (_unchecked is not { } snapshot)
        {
            return;
        }

        _unchecked = null;
        try
        {
            _opener.CheckFiles(snapshot.Commit.Generation, _closing.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _held.Withdraw(snapshot);
            _failedAt = _time.GetTimestamp();
            ServeOlder(current);
            Report(e is IndexUnusableException ? e.Message : Advice.Damaged(snapshot.Commit.Generation, $"its files cannot be read ({e.GetType().Name})"));
        }
    }

    /// <summary>Where nothing serves yet: the newest other generation that has served before and can be opened.</summary>
    private void ServeOlder(long? failed)
    {
        if (_held.Newest is not null)
        {
            return;
        }

        foreach (long generation in _folders.Numbers().Reverse().Where(n => n != failed && _folders.IsPublished(n)))
        {
            if (TryServe(generation) is null)
            {
                return;
            }
        }
    }

    private string? MissingCurrent() =>
        _held.Newest is not null || _folders.Numbers().Any(_folders.IsPublished) ? Advice.CurrentMissing : null;

    private void Report(string? problem)
    {
        EmbeddedSnapshot? serving = _held.Newest;
        _state = serving is null
            ? new IndexState(null, null, problem ?? Advice.NothingPublished, null, 0)
            : new IndexState(
                serving.Manifest,
                serving.Commit,
                problem,
                _state.Commit == serving.Commit ? _state.OpenedAt : _time.GetUtcNow(),
                serving.MemoryBytes);
    }
}
