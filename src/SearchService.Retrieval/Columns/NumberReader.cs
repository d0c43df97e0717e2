using System.Numerics;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Reads numbers below <see cref="Limit"/> that <see cref="ByteWriter.Variable"/> wrote, without a branch on their length: lengths come in no order, and a
/// wrong guess costs more than the number. Up to <see cref="BitPacking.ReadAhead"/> bytes behind the end must be readable.
/// </summary>
/// <remarks>Whoever holds one also holds the owner of the memory.</remarks>
internal unsafe ref struct NumberReader(byte* at, long length)
{
    /// <summary>Numbers of four bytes at most.</summary>
    public const int Limit = 1 << 28;

    private readonly byte* _end = at + length;
    private byte* _at = at;

    /// <summary>Bytes left; negative where the last number ran over the end.</summary>
    public readonly long Left => _end - _at;

    /// <exception cref="CorruptIndexException">Nothing is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Next()
    {
        if (_at >= _end)
        {
            ThrowEnd();
        }

        uint four = Unsafe.ReadUnaligned<uint>(_at);

        // the last byte of a number is the first with a clear sign; without one the number is too long, and any will do: the end is missed
        uint stops = ~four & 0x80808080;
        _at += (BitOperations.TrailingZeroCount(stops) + 8) >> 3;
        four &= stops ^ (stops - 1);
        return (four & 0x7F) | ((four >> 1) & 0x3F80) | ((four >> 2) & 0x1F_C000) | ((four >> 3) & 0xFE0_0000);
    }

    /// <summary>Says that no more is to come.</summary>
    /// <exception cref="CorruptIndexException">More is there, or less.</exception>
    public readonly void CheckEnd()
    {
        if (_at != _end)
        {
            throw new CorruptIndexException($"a column ends {Left} bytes before its part does");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowEnd() => throw new CorruptIndexException("a column's part ends inside the column");
}
