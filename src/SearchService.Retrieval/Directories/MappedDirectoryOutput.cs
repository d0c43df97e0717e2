using Lucene.Net.Store;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// Writes a file of a <see cref="MappedDirectory"/> through one buffer. Closed, its last bytes are with the operating system.
/// </summary>
internal sealed class MappedDirectoryOutput : BufferedIndexOutput
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;
    private bool _closed;

    /// <param name="path">The file; it must not exist.</param>
    public MappedDirectoryOutput(string path)
        : base(BufferBytes)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
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
    }
}
