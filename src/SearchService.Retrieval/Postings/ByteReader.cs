using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>Reads what <see cref="ByteWriter"/> wrote, checked against the end.</summary>
/// <remarks>Whoever holds one also holds the owner of the memory.</remarks>
internal unsafe ref struct ByteReader(byte* at, byte* end)
{
    public byte* At = at;

    private readonly byte* _end = end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte()
    {
        if (At >= _end)
        {
            ThrowEnd();
        }

        return *At++;
    }

    public uint Int32() => Unsafe.ReadUnaligned<uint>(Bytes(4));

    public ulong Int64() => Unsafe.ReadUnaligned<ulong>(Bytes(8));

    /// <summary>The next bytes, which are then behind the reader.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Bytes(long count)
    {
        if ((ulong)(_end - At) < (ulong)count)
        {
            ThrowEnd();
        }

        byte* start = At;
        At += count;
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Variable()
    {
        long value = Byte();
        if (value < 0x80)
        {
            return value;
        }

        long next = Byte();
        value = (value & 0x7F) | (next << 7);
        return next < 0x80 ? value : Longer(value & 0x3FFF);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Longer(long value)
    {
        for (int shift = 14; shift < 64; shift += 7)
        {
            long next = Byte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new CorruptIndexException("a number runs over 64 bits");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowEnd() => throw new CorruptIndexException("data ends inside a record");
}
