using System.Runtime.ExceptionServices;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Parts of one search that do not depend on each other. The searching thread does them from the first on; where the process runs no other search, a thread of the
/// pool takes parts from the last on. Nobody waits for that thread to begin: it finds what the searching thread has left, which may be nothing.
/// </summary>
internal sealed class SearchParts : IThreadPoolWorkItem
{
    private static readonly bool HasSecondCore = Environment.ProcessorCount > 1;

    // searches that the process runs
    private static int _running;

    private readonly int _count;
    private readonly Action<int> _part;
    private int _taken;
    private int _done;
    private ExceptionDispatchInfo? _failure;

    private SearchParts(int count, Action<int> part)
    {
        _count = count;
        _part = part;
    }

    /// <summary>Says that a search begins; to be ended by <see cref="End"/> in any case.</summary>
    public static void Begin() => Interlocked.Increment(ref _running);

    public static void End() => Interlocked.Decrement(ref _running);

    /// <summary>Whether a second thread would help: there is a core for it, and no other search that may want it.</summary>
    public static bool MayShare => HasSecondCore && Volatile.Read(ref _running) <= 1;

    /// <summary>Does all parts; what the first that fails throws is thrown here, and parts that have not begun by then are left out.</summary>
    /// <param name="count">Parts.</param>
    /// <param name="part">Does the part of a number. Called by two threads at once where shared.</param>
    /// <param name="share">Whether a second thread may take some.</param>
    public static void Run(int count, Action<int> part, bool share)
    {
        if (!share || count < 2)
        {
            for (int i = 0; i < count; i++)
            {
                part(i);
            }

            return;
        }

        SearchParts parts = new(count, part);
        ThreadPool.UnsafeQueueUserWorkItem(parts, preferLocal: false);
        for (int i = 0; parts.TakeOne(i); i++)
        {
        }

        // at most one part is still under way
        SpinWait wait = default;
        while (Volatile.Read(ref parts._done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        parts._failure?.Throw();
    }

    /// <summary>The second thread: leaves as soon as another search begins.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        for (int i = _count - 1; MayShare && TakeOne(i); i--)
        {
        }
    }

    /// <summary>Does a part unless as many as there are have been taken, from either end; then none is left at this one.</summary>
    private bool TakeOne(int part)
    {
        if (Interlocked.Increment(ref _taken) > _count)
        {
            return false;
        }

        try
        {
            if (Volatile.Read(ref _failure) is null)
            {
                _part(part);
            }
        }
        catch (Exception e) when (Keep(e))
        {
            // thrown again by the searching thread
        }
        finally
        {
            Interlocked.Increment(ref _done);
        }

        return true;
    }

    private bool Keep(Exception e)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        return true;
    }
}
