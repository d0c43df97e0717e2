using Lucene.Net.Store;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// Writes a file of a <see cref="MappedDirectory"/> through one buffer. Its last bytes are with the operating system and the file is
/// closed before the directory hears of it: a sync that runs at the same time can never miss the tail.
/// </summary>
internal sealed class MappedDirectoryOutput : BufferedIndexOutput
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;
    private readonly Action _written;
    private bool _closed;

    /// <param name="path">The file; it must not exist.</param>
    /// <param name="written">Called once, after the file was flushed and closed without an error.</param>
    public MappedDirectoryOutput(string path, Action written)
        : base(BufferBytes)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        _written = written;
    }

    public override long Length => _file.Length;

    [Obsolete("Index files are written front to back.")]
    public override void Seek(long pos) => throw new NotSupportedException("index files are written front to back");

    protected override void FlushBuffer(byte[] b, int offset, int len)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _file.Write(b, offset, len);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        try
        {
            base.Dispose(disposing);
        }
        finally
        {
            _closed = true;
            _file.Dispose();
        }

        _written();
    }
}
