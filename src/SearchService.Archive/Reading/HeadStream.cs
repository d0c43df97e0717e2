using System.Runtime.ExceptionServices;

namespace SearchService.Archive.Reading;

/// <summary>
/// Reads the first bytes of a stream ahead, so that they can be looked at, and then delivers the stream from its beginning.
/// An error met while reading ahead is thrown only after the bytes before it have been delivered.
/// </summary>
internal sealed class HeadStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly byte[] _head;
    private readonly int _headBytes;
    private readonly ExceptionDispatchInfo? _error;
    private int _delivered;

    public HeadStream(Stream inner, int maxBytes)
    {
        _inner = inner;
        _head = new byte[maxBytes];
        try
        {
            for (int read; _headBytes < maxBytes && (read = inner.Read(_head.AsSpan(_headBytes))) > 0;)
            {
                _headBytes += read;
            }
        }
        catch (IOException e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
    }

    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _headBytes);

    /// <summary>Whether the head is the whole stream.</summary>
    public bool Complete => _headBytes < _head.Length && _error is null;

    public override int Read(Span<byte> buffer)
    {
        if (_delivered < _headBytes)
        {
            int count = Math.Min(buffer.Length, _headBytes - _delivered);
            _head.AsSpan(_delivered, count).CopyTo(buffer);
            _delivered += count;
            return count;
        }

        _error?.Throw();
        return _inner.Read(buffer);
    }
}
