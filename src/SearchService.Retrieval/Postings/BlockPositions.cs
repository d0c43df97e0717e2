using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// The positions of one block's documents: where each document's begin, and their reading. Opened for one block after the other by a
/// <see cref="PostingsCursor"/>. One thread.
/// </summary>
/// <remarks>A block is opened only if all its positions lie within the term's bytes, so no document of it needs a check of its own.</remarks>
internal sealed unsafe class BlockPositions
{
    /// <summary>A document that has a term more often than this is taken for damage.</summary>
    public const int MostPositions = 1 << 26;

    // room for what the unpackers write behind the last value
    private const int Room = BlockUnpack.BlockSize + 32;

    // positions without bits are not bounded by the bytes that are there
    private const int MostWithoutBits = 1 << 20;

    // blocks with more positions are read document by document
    private const int MostDecoded = 1 << 14;

    // what decoding a document costs, in steps of sixteen positions
    private const int StepsPerDoc = 3;

    private readonly int[] _buffer = GC.AllocateArray<int>(Room + PositionGroups.Most, pinned: true);
    private readonly long[] _bases = GC.AllocateArray<long>(PositionGroups.Most, pinned: true);
    private readonly int* _starts;
    private readonly int* _widths;
    private readonly long* _groupBits;
    private int[] _decoded = [];
    private int* _values;
    private int _count;
    private int _shift;
    private byte* _packed;

    public BlockPositions()
    {
        // pinned for good: the addresses stay
        fixed (int* start = _buffer)
        {
            _starts = start;
            _widths = start + Room;
        }

        fixed (long* bases = _bases)
        {
            _groupBits = bases;
        }
    }

    /// <summary>Begins with a block.</summary>
    /// <param name="start">Where the block's positions begin, their widths included.</param>
    /// <param name="bytes">Bytes from there to the end of the term's positions.</param>
    /// <param name="width">The block's width.</param>
    /// <param name="freqs">The frequencies of the <paramref name="count"/> documents.</param>
    /// <param name="grouped">Whether widths of groups stand before the positions.</param>
    /// <returns>Whether the positions are all there.</returns>
    public bool Open(byte* start, long bytes, int width, int* freqs, int count, bool grouped)
    {
        int header = grouped ? PositionGroups.HeaderBytes(count) : 0;
        _packed = start + header;
        _values = null;
        _count = count;
        AreNarrow = width <= BitPacking.MaxPackedWidth;
        long bits = (bytes - header) * 8;
        if (width > 32 || bits < 0 || !Sum(freqs, count))
        {
            return false;
        }

        long bit = 0;
        for (int first = 0, g = 0; first < count; first += PositionGroups.DocsPerGroup, g++)
        {
            int own = header == 0 ? width : width - ((start[g >> 1] >> (4 * (g & 1))) & PositionGroups.MostLess);
            int end = Math.Min(count, first + PositionGroups.DocsPerGroup);
            _widths[g] = own;
            int total = _starts[end] - _starts[first];
            _groupBits[g] = bit - ((long)_starts[first] * own);
            bit += (long)total * own;
            if (own < 0 || (own == 0 && total > MostWithoutBits))
            {
                return false;
            }
        }

        return bit <= bits;
    }

    /// <summary>Positions of all the block's documents.</summary>
    public int Total => _starts[_count];

    /// <summary>Whether no position takes more than <see cref="BitPacking.MaxPackedWidth"/> bits.</summary>
    public bool AreNarrow { get; private set; }

    /// <summary>How often a document has the term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Freq(int index) => _starts[index + 1] - _starts[index];

    /// <summary>Where a document's positions are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedPositions At(int index)
    {
        int group = (int)((uint)index / PositionGroups.DocsPerGroup);
        int width = _widths[group];
        return new PackedPositions(_packed, _groupBits[group] + ((long)_starts[index] * width), width, Freq(index));
    }

    /// <summary>Decodes the positions of documents of the block, each plus <paramref name="shift"/>.</summary>
    /// <param name="indexes">The documents, <paramref name="docs"/> of them.</param>
    /// <param name="begins">Takes where each document's positions begin.</param>
    /// <param name="freqs">Takes how many they are.</param>
    /// <returns>The positions, until the next call.</returns>
    public int* Decode(int* indexes, int docs, int shift, int* begins, int* freqs)
    {
        int total = _starts[_count];
        bool whole = _values != null && _shift == shift;
        if (!whole && total <= MostDecoded && docs * StepsPerDoc >= PositionGroups.Most + (total / 16))
        {
            DecodeAll(total, shift);
            whole = true;
        }

        if (!whole)
        {
            return DecodeEach(indexes, docs, shift, begins, freqs);
        }

        for (int i = 0; i < docs; i++)
        {
            begins[i] = _starts[indexes[i]];
            freqs[i] = Freq(indexes[i]);
        }

        return _values;
    }

    private void DecodeAll(int total, int shift)
    {
        _values = Buffer(total);
        _shift = shift;
        for (int first = 0, g = 0; first < _count; first += PositionGroups.DocsPerGroup, g++)
        {
            int from = _starts[first];
            int to = _starts[Math.Min(_count, first + PositionGroups.DocsPerGroup)];
            BlockUnpack.Run(_packed, _groupBits[g] + ((long)from * _widths[g]), _widths[g], to - from, shift, _values + from);
        }
    }

    private int* DecodeEach(int* indexes, int docs, int shift, int* begins, int* freqs)
    {
        _values = null;
        int total = 0;
        for (int i = 0; i < docs; i++)
        {
            freqs[i] = Freq(indexes[i]);
            begins[i] = total;
            total += freqs[i];
        }

        int* values = Buffer(total);
        for (int i = 0; i < docs; i++)
        {
            At(indexes[i]).Read(shift, values + begins[i]);
        }

        return values;
    }

    private int* Buffer(int total)
    {
        if (_decoded.Length < total + 32)
        {
            _decoded = GC.AllocateUninitializedArray<int>(total + 1024, pinned: true);
        }

        fixed (int* values = _decoded)
        {
            return values;
        }
    }

    /// <summary>Sums the frequencies up; false where they cannot be true.</summary>
    private bool Sum(int* freqs, int count)
    {
        int union = BlockUnpack.Sums(freqs, count, _starts);
        if ((uint)union < MostPositions / 4)
        {
            // no sum of 128 of these leaves the range of an int
            return true;
        }

        long total = 0;
        for (int i = 0; i < count; i++)
        {
            total += freqs[i];
            if (freqs[i] <= 0 || freqs[i] > MostPositions || total > int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>One document's positions as they are packed.</summary>
internal readonly unsafe struct PackedPositions(byte* packed, long bit, int width, int count)
{
    public readonly byte* Packed = packed;

    /// <summary>Bit of <see cref="Packed"/> that the first one begins at.</summary>
    public readonly long Bit = bit;

    /// <summary>Bits of each position.</summary>
    public readonly int Width = width;

    /// <summary>How many there are.</summary>
    public readonly int Count = count;

    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            return (int)ScalarUnpack.Value(Packed, Bit + ((long)index * Width), Width);
        }
    }

    /// <summary>Writes all positions, each plus <paramref name="shift"/>; writes up to 15 integers more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int shift, int* target) => BlockUnpack.Run(Packed, Bit, Width, Count, shift, target);
}
