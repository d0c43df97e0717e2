using System.Numerics;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// A few large frequencies would widen a whole block: they are packed with their low bits only, and their high bits follow as pairs of bytes (index,
/// high bits) behind a count. A block that has any is marked in
/// its frequency width by <see cref="Mark"/>.
/// </summary>
internal static class FreqPatches
{
    public const int Mark = 0x40;

    /// <summary>Most patches of a block: all are looked at for a single frequency.</summary>
    public const int Most = 8;

    /// <summary>The width that stores the values (frequencies less one) in the fewest bytes.</summary>
    public static int WidthFor(ReadOnlySpan<uint> values)
    {
        Span<int> withBits = stackalloc int[33];
        withBits.Clear();
        foreach (uint value in values)
        {
            withBits[32 - BitOperations.LeadingZeroCount(value)]++;
        }

        int full = 32;
        while (full > 0 && withBits[full] == 0)
        {
            full--;
        }

        if (full > BitPacking.MaxPackedWidth)
        {
            return 32;
        }

        int best = full;
        int bestBytes = BitPacking.BytesFor(values.Length, full);
        int patches = 0;
        for (int width = full - 1; width >= 0 && width >= full - 8; width--)
        {
            patches += withBits[width + 1];
            int bytes = BitPacking.BytesFor(values.Length, width) + 1 + (2 * patches);
            if (patches <= Most && bytes < bestBytes)
            {
                (best, bestBytes) = (width, bytes);
            }
        }

        return best;
    }
}
