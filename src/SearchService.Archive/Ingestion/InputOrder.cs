using System.Diagnostics.CodeAnalysis;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Ingestion;

/// <summary>
/// Hands batches from the reading thread to the workers and keeps the outcome of a run independent of their timing. Batches are
/// parsed and indexed side by side, but ids are claimed in input order, so that of two records with the same id the
/// first one always wins; and batches retire in input order, so that the report is the same byte for byte. What is read ahead of
/// the oldest batch that has not retired is bounded in bytes and in batches. Thread-safe; after <see cref="Stop"/> every call
/// throws <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class InputOrder(IngestionOptions options, Action<RecordBatch> retire)
{
    private readonly object _gate = new();
    private readonly Queue<RecordBatch> _waiting = [];
    private readonly Dictionary<ArticleId, RecordBatch> _claims = [];
    private readonly Dictionary<long, RecordBatch> _finished = [];
    private long _bytes;
    private long _admitted;
    private long _claiming;
    private long _retired;
    private bool _complete;
    private bool _stopped;

    /// <summary>Takes a batch in; waits while too much is in flight. One batch is always let in, however large.</summary>
    public void Admit(RecordBatch batch)
    {
        lock (_gate)
        {
            WaitUntil(() => _admitted == _retired
                || (_bytes + batch.Bytes <= options.MaxBytesInFlight && _admitted - _retired < options.MaxBatchesInFlight));
            _waiting.Enqueue(batch);
            _bytes += batch.Bytes;
            _admitted++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No batch follows.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends all waiting: cancelled or failed.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The next batch in input order; false after the last.</summary>
    public bool TryTake([NotNullWhen(true)] out RecordBatch? batch)
    {
        lock (_gate)
        {
            WaitUntil(() => _waiting.Count > 0 || _complete);
            return _waiting.TryDequeue(out batch);
        }
    }

    /// <summary>
    /// Claims the ids of a parsed batch when its turn has come, and waits for earlier batches with the same ids. The batch
    /// before was taken before by another worker, which waits for no later one: there is no circle.
    /// </summary>
    public void Claim(RecordBatch batch)
    {
        lock (_gate)
        {
            WaitUntil(() => _claiming == batch.Sequence);
            foreach (ArticleId id in batch.Ids)
            {
                if (_claims.TryGetValue(id, out RecordBatch? earlier))
                {
                    batch.After.Add(earlier);
                }

                _claims[id] = batch;
            }

            _claiming++;
            Monitor.PulseAll(_gate);
            WaitUntil(() => batch.After.All(earlier => earlier.Finished));
            batch.After.Clear();
        }
    }

    /// <summary>Gives back a batch that is indexed; retires it and those behind it as far as there is no gap.</summary>
    public void Finish(RecordBatch batch)
    {
        lock (_gate)
        {
            batch.Finished = true;
            foreach (ArticleId id in batch.Ids)
            {
                if (ReferenceEquals(_claims[id], batch))
                {
                    _claims.Remove(id);
                }
            }

            _finished.Add(batch.Sequence, batch);
            while (_finished.Remove(_retired, out RecordBatch? next))
            {
                retire(next);
                _bytes -= next.Bytes;
                _retired++;
            }

            Monitor.PulseAll(_gate);
        }
    }

    private void WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            ThrowIfStopped();
            Monitor.Wait(_gate);
        }

        ThrowIfStopped();
    }

    private void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw new OperationCanceledException();
        }
    }
}
