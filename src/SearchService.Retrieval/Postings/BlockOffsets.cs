using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Where a term's blocks begin: 16 bits each, counted from the first of eight, and 32 bits for the first of every eight but the first; where 16 bits do not suffice,
/// 32 bits each.
/// </summary>
internal readonly unsafe struct BlockOffsets
{
    private const int GroupShift = 3;

    private readonly uint* _groups;
    private readonly byte* _each;
    private readonly bool _wide;

    private BlockOffsets(byte* start, int blocks, bool wide)
    {
        // the first group begins at 0, which is not stored
        _groups = (uint*)start - 1;
        _each = wide ? start : start + (4 * GroupsBeyondFirst(blocks));
        _wide = wide;
    }

    public uint this[int block]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_wide)
            {
                return ((uint*)_each)[block];
            }

            uint offset = ((ushort*)_each)[block];
            return block >> GroupShift == 0 ? offset : offset + _groups[block >> GroupShift];
        }
    }

    /// <summary>Those of so many blocks, stored from <paramref name="start"/> on.</summary>
    public static BlockOffsets At(byte* start, int blocks, bool wide) => new(start, blocks, wide);

    /// <summary>Bytes they take.</summary>
    public static long BytesFor(int blocks, bool wide) => wide ? 4L * blocks : (2L * blocks) + (4L * GroupsBeyondFirst(blocks));

    /// <param name="offsets">Rising from 0.</param>
    /// <returns>Whether they are stored at 32 bits each.</returns>
    public static bool Write(ReadOnlySpan<uint> offsets, ByteWriter target)
    {
        bool wide = false;
        for (int i = 0; i < offsets.Length; i++)
        {
            wide |= offsets[i] - offsets[i >> GroupShift << GroupShift] > ushort.MaxValue;
        }

        for (int i = wide ? offsets.Length : 1 << GroupShift; i < offsets.Length; i += 1 << GroupShift)
        {
            target.Int32(offsets[i]);
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            if (wide)
            {
                target.Int32(offsets[i]);
            }
            else
            {
                uint beyond = offsets[i] - offsets[i >> GroupShift << GroupShift];
                target.Byte((byte)beyond);
                target.Byte((byte)(beyond >> 8));
            }
        }

        return wide;
    }

    private static int GroupsBeyondFirst(int blocks) => (blocks - 1) >> GroupShift;
}
