namespace SearchService.Archive.Reading;

/// <summary>Gathers the bytes of one record up to a limit; over it they are forgotten.</summary>
internal sealed class RecordBuffer(int maxBytes)
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public bool TooLong { get; private set; }

    public void Clear() => (_length, TooLong) = (0, false);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (TooLong || bytes.Length > maxBytes - _length)
        {
            TooLong = true;
            return;
        }

        if (bytes.Length > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(maxBytes, Math.Max(_bytes.Length * 2L, _length + (long)bytes.Length)));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();
}
