using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>A directory on a disk that is full after so many bytes, or whose operations fail from one on. Once failed, it fails for good.</summary>
/// <param name="room">Bytes that can be written in all.</param>
/// <param name="operations">Files made, closed and flushed before the first that fails.</param>
internal sealed class FailingDirectory(Lucene.Net.Store.Directory inner, long room, int operations) : FilterDirectory(inner)
{
    public const string Full = "No space left on device";
    public const string Broken = "Input/output error";

    private readonly System.Threading.Lock _gate = new();
    private long _room = room;
    private int _operations = operations;

    /// <summary>Whether anything failed.</summary>
    public bool Failed { get; private set; }

    public override IndexOutput CreateOutput(string name, IOContext context)
    {
        // Only a hint to find the newest commit by, and Lucene does without it where it cannot be written.
        if (name == IndexFileNames.SEGMENTS_GEN)
        {
            return base.CreateOutput(name, context);
        }

        Operate(name);
        return new Output(this, name, base.CreateOutput(name, context));
    }

    public override void Sync(ICollection<string> names)
    {
        foreach (string name in names.Where(n => n != IndexFileNames.SEGMENTS_GEN))
        {
            Operate(name);
        }

        base.Sync(names);
    }

    private void Operate(string name)
    {
        lock (_gate)
        {
            if (_operations-- <= 0)
            {
                Fail(Broken, name);
            }
        }
    }

    private void Write(string name, int bytes)
    {
        lock (_gate)
        {
            _room -= bytes;
            if (_room < 0)
            {
                Fail(Full, name);
            }
        }
    }

    private void Fail(string what, string name)
    {
        Failed = true;
        throw new IOException($"{what} : '{name}'");
    }

    private sealed class Output(FailingDirectory disk, string name, IndexOutput inner) : IndexOutput
    {
        public override long Position => inner.Position;

        public override long Length => inner.Length;

        public override long Checksum => inner.Checksum;

        public override void Flush() => inner.Flush();

        [Obsolete("Lucene's own.")]
        public override void Seek(long pos) => inner.Seek(pos);

        public override void WriteByte(byte b)
        {
            disk.Write(name, 1);
            inner.WriteByte(b);
        }

        public override void WriteBytes(byte[] b, int offset, int length)
        {
            disk.Write(name, length);
            inner.WriteBytes(b, offset, length);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                try
                {
                    disk.Operate(name);
                }
                finally
                {
                    inner.Dispose();
                }
            }
        }
    }
}
