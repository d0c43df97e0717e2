using System.IO.Compression;

namespace SearchService.Archive.Reading;

/// <summary>
/// Unpacks gzip data of one or more members and notices where they are cut off, which GZipStream passes over in silence: a
/// member of our own is put behind the data, and only where they end at the end of a member does its content come out last.
/// Bytes after the last member count as damage.
/// </summary>
internal sealed class GzipStream : ForwardStream
{
    private static readonly byte[] Sentinel = "\u0017\u0003end of data\u0003\u0017"u8.ToArray();
    private static readonly byte[] SentinelMember = Pack(Sentinel);

    private readonly WithSentinel _packed;
    private readonly GZipStream _unpacked;
    private bool _ended;

    /// <param name="packed">Stays open.</param>
    public GzipStream(Stream packed)
    {
        _packed = new WithSentinel(packed);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <exception cref="EndOfStreamException">The data are cut off.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or something follows them.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        // The decoder asks for more only when it has given out all there is: what comes after it took the sentinel is the sentinel.
        int read = _unpacked.Read(buffer);
        if (_packed.SentinelTaken)
        {
            ExpectSentinel(buffer, read);
            _ended = true;
            return 0;
        }

        return read > 0 ? read : throw new InvalidDataException();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ExpectSentinel(Span<byte> buffer, int read)
    {
        ReadOnlySpan<byte> expected = Sentinel;
        for (; read > 0; read = _unpacked.Read(buffer))
        {
            if (!expected.StartsWith(buffer[..read]))
            {
                throw new EndOfStreamException();
            }

            expected = expected[read..];
        }

        if (!expected.IsEmpty)
        {
            throw new EndOfStreamException();
        }
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The packed data and behind them the sentinel's member.</summary>
    private sealed class WithSentinel(Stream packed) : ForwardStream
    {
        private int _sentinelBytes;

        public bool SentinelTaken { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (!SentinelTaken && packed.Read(buffer) is int read and > 0)
            {
                return read;
            }

            SentinelTaken = true;
            int count = Math.Min(buffer.Length, SentinelMember.Length - _sentinelBytes);
            SentinelMember.AsSpan(_sentinelBytes, count).CopyTo(buffer);
            _sentinelBytes += count;
            return count;
        }
    }
}
