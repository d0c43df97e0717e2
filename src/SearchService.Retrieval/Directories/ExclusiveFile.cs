namespace SearchService.Retrieval.Directories;

/// <summary>
/// A lock that one process holds at a time: a file opened with <see cref="FileShare.None"/>. The operating system drops
/// it when the process ends, however it ends; a second taker, in this process or another, is refused. Lucene's own
/// <c>NativeFSLockFactory</c> takes only a shared lock on Linux and lets a second process write.
/// </summary>
public sealed class ExclusiveFile : IDisposable
{
    // Linux's EWOULDBLOCK, that of macOS, and Windows' sharing violation
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);

    private FileStream? _file;

    private ExclusiveFile(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Takes the lock; null where somebody holds it. The file is made where it is missing and stays when the lock is dropped.</summary>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">The disk failed, is full or read-only.</exception>
    public static ExclusiveFile? TryTake(string path)
    {
        try
        {
            return new ExclusiveFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException e) when (e.HResult is HeldOnLinux or HeldOnMac or HeldOnWindows)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
