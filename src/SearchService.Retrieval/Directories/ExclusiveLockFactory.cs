using Lucene.Net.Store;
using Lock = Lucene.Net.Store.Lock;

namespace SearchService.Retrieval.Directories;

/// <summary>Lucene's write lock as an <see cref="ExclusiveFile"/> in the index's folder.</summary>
/// <param name="folder">The index's folder; it must exist.</param>
public sealed class ExclusiveLockFactory(string folder) : LockFactory
{
    public override Lock MakeLock(string lockName) => new FileLock(Path.Combine(folder, lockName));

    /// <summary>Nothing to clear: the operating system drops the lock of a process that is gone.</summary>
    public override void ClearLock(string lockName)
    {
    }

    private sealed class FileLock(string path) : Lock
    {
        private ExclusiveFile? _held;

        public override bool Obtain()
        {
            if (_held is not null)
            {
                return false;
            }

            _held = ExclusiveFile.TryTake(path);
            return _held is not null;
        }

        public override bool IsLocked()
        {
            if (_held is not null)
            {
                return true;
            }

            using ExclusiveFile? probe = ExclusiveFile.TryTake(path);
            return probe is null;
        }

        protected override void Dispose(bool disposing)
        {
            _held?.Dispose();
            _held = null;
        }
    }
}
