using System.Diagnostics;
using System.Numerics;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Packs unsigned values of one width, least significant bit first, without gaps: value i has bits [i·w, i·w + w) of a little-endian
/// bit string. Width 0 means all values are 0 and takes no bytes.
/// </summary>
internal static class BitPacking
{
    /// <summary>Widths above this are stored as 32, so that four bytes from any bit offset hold a whole value.</summary>
    public const int MaxPackedWidth = 25;

    /// <summary>Bytes that a reader may touch behind the last packed byte.</summary>
    public const int ReadAhead = 64;

    /// <summary>The width to store values with these bits in common use.</summary>
    /// <param name="union">The bitwise or of all values.</param>
    public static int WidthFor(uint union)
    {
        int width = 32 - BitOperations.LeadingZeroCount(union);
        return width > MaxPackedWidth ? 32 : width;
    }

    /// <summary>Bytes that <paramref name="count"/> values take.</summary>
    public static int BytesFor(int count, int width) => (int)(((long)count * width + 7) >> 3);

    /// <summary>Packs all values into <paramref name="target"/> and returns the number of bytes written.</summary>
    public static int Pack(ReadOnlySpan<uint> values, int width, Span<byte> target)
    {
        Debug.Assert(width is >= 0 and <= MaxPackedWidth or 32, "width is one that WidthFor gives");
        int at = 0;
        int filled = 0;
        ulong pending = 0;
        foreach (uint value in values)
        {
            pending |= (ulong)value << filled;
            filled += width;
            while (filled >= 8)
            {
                target[at++] = (byte)pending;
                pending >>= 8;
                filled -= 8;
            }
        }

        if (filled > 0)
        {
            target[at++] = (byte)pending;
        }

        return at;
    }
}
