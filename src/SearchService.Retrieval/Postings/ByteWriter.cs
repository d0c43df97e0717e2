using System.Buffers.Binary;
using Lucene.Net.Store;

namespace SearchService.Retrieval.Postings;

/// <summary>A growing little-endian byte buffer of at most <see cref="Array.MaxLength"/> bytes, 2 GB.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(int value) => Room(1)[0] = (byte)value;

    public void Bytes(ReadOnlySpan<byte> source) => source.CopyTo(Room(source.Length));

    public void Int32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void Int64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void Variable(long value)
    {
        ulong rest = (ulong)value;
        while (rest >= 0x80)
        {
            Byte((int)rest | 0x80);
            rest >>= 7;
        }

        Byte((int)rest);
    }

    /// <summary>The next <paramref name="count"/> bytes, to be filled by the caller.</summary>
    /// <exception cref="NotSupportedException">It would be too large.</exception>
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, GrownLength(_bytes.Length, Length + (long)count));
        }

        Span<byte> room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    /// <summary>Forgets bytes at the end.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>A length with room for so many bytes: twice the present one where that is possible.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    internal static int GrownLength(int length, long wanted) => wanted <= Array.MaxLength
        ? (int)Math.Min(Array.MaxLength, Math.Max(2L * length, wanted))
        : throw new NotSupportedException($"a part of a segment takes {wanted} bytes, at most {Array.MaxLength} are supported");

    public void CopyTo(IndexOutput output) => output.WriteBytes(_bytes, 0, Length);
}
