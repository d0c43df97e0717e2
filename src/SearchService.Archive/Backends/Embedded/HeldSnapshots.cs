using System.Diagnostics;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The snapshots a server holds: the newest, and for a while those before it. Each is closed when it is neither held nor in
/// use. Thread-safe.
/// </summary>
internal sealed class HeldSnapshots(TimeProvider time, TimeSpan holdSuperseded) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Held> _held = [];

    /// <summary>The newest snapshot; null where there is none. Not counted as used.</summary>
    public EmbeddedSnapshot? Newest
    {
        get
        {
            lock (_gate)
            {
                return _held.Count == 0 ? null : _held[^1].Snapshot;
            }
        }
    }

    /// <summary>Makes a snapshot the newest.</summary>
    public void Add(EmbeddedSnapshot snapshot)
    {
        lock (_gate)
        {
            if (_held.Count > 0)
            {
                _held[^1].SupersededAt = time.GetTimestamp();
            }

            _held.Add(new Held(snapshot));
        }
    }

    /// <summary>The newest snapshot or that of a commit, until disposed; null where it is not held.</summary>
    public IArticleSnapshot? Acquire(CommitId? commit)
    {
        lock (_gate)
        {
            Held? held = commit is null ? _held.LastOrDefault() : _held.FindLast(h => h.Snapshot.Commit == commit);
            if (held is null)
            {
                return null;
            }

            held.Uses++;
            return new Lease(this, held);
        }
    }

    /// <summary>Lets go of a snapshot that must not serve any more.</summary>
    public void Withdraw(EmbeddedSnapshot snapshot)
    {
        Drop(h => h.Snapshot == snapshot);
        lock (_gate)
        {
            if (_held.Count > 0)
            {
                _held[^1].SupersededAt = null;
            }
        }
    }

    /// <summary>Lets go of what was superseded long enough ago.</summary>
    public void DropExpired() => Drop(h => h.SupersededAt is { } at && time.GetElapsedTime(at) >= holdSuperseded);

    /// <summary>Lets go of everything; what is in use closes with its last use.</summary>
    public void Dispose() => Drop(_ => true);

    private void Drop(Predicate<Held> expired)
    {
        List<Held> dropped;
        lock (_gate)
        {
            dropped = _held.FindAll(expired);
            _held.RemoveAll(dropped.Contains);
        }

        dropped.ForEach(Release);
    }

    private void Release(Held held)
    {
        bool last;
        lock (_gate)
        {
            held.Uses--;
            Debug.Assert(held.Uses >= 0);
            last = held.Uses == 0;
        }

        if (last)
        {
            held.Snapshot.Dispose();
        }
    }

    private sealed class Held(EmbeddedSnapshot snapshot)
    {
        public EmbeddedSnapshot Snapshot { get; } = snapshot;

        /// <summary>Users, the holder itself being one.</summary>
        public int Uses { get; set; } = 1;

        public long? SupersededAt { get; set; }
    }

    private sealed class Lease(HeldSnapshots owner, Held held) : IArticleSnapshot
    {
        private int _disposed;

        public CommitId Commit => held.Snapshot.Commit;

        public long Articles => Open.Articles;

        private EmbeddedSnapshot Open
        {
            get
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
                return held.Snapshot;
            }
        }

        public ValueTask<long?> CountAsync(PlanNode query, TimeSpan budget, CancellationToken cancellationToken) =>
            Open.CountAsync(query, budget, cancellationToken);

        public ValueTask<SearchResults> SearchAsync(QueryPlan plan, CancellationToken cancellationToken) => Open.SearchAsync(plan, cancellationToken);

        public ValueTask<Article?> GetAsync(ArticleId id, CancellationToken cancellationToken) => Open.GetAsync(id, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                owner.Release(held);
            }
        }
    }
}
