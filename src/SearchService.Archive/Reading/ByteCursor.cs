namespace SearchService.Archive.Reading;

/// <summary>Reads a stream byte by byte or span by span.</summary>
internal sealed class ByteCursor(Stream content)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Offset of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes at hand, at least one; empty at the end.</summary>
    public ReadOnlySpan<byte> Available
    {
        get
        {
            if (_start == _end)
            {
                (_start, _end) = (0, content.Read(_buffer));
            }

            return _buffer.AsSpan(_start, _end - _start);
        }
    }

    /// <summary>The next byte; -1 at the end.</summary>
    public int Peek() => _start < _end ? _buffer[_start] : Available is [var next, ..] ? next : -1;

    public void Advance(int bytes)
    {
        _start += bytes;
        Offset += bytes;
    }
}
