using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>One field's numbers in one segment, see <see cref="BlockNumbersFormat"/>; 0 for a document without. Remembers the block read last: one thread.</summary>
internal sealed unsafe class FieldNumbers : NumericDocValues
{
    /// <summary>Documents in a block; the last one may have fewer.</summary>
    public const int BlockSize = 128;

    /// <summary>Stands for a width: numbers of eight bytes each.</summary>
    public const int Plain = 0xFF;

    /// <summary>Widest differences that are packed: eight bytes from the byte that one begins in hold all of it.</summary>
    public const int MostWidth = 56;

    private const int HeaderBytes = 18;
    private const int PlainHeaderBytes = 9;

    private readonly FileBytes _file;
    private readonly byte* _blocks;
    private readonly long _length;
    private readonly byte* _offsets;
    private readonly byte* _present;
    private readonly int _maxDoc;
    private readonly long[] _read = new long[BlockSize];
    private int _readBlock = -1;

    public FieldNumbers(FileBytes file, int maxDoc, ref ByteReader line)
    {
        _file = file;
        _maxDoc = maxDoc;
        long at = line.Variable();
        _length = line.Variable();
        file.CheckData(at, _length);
        long offsets = at + _length;
        long blocks = ((long)maxDoc + BlockSize - 1) / BlockSize;
        file.CheckData(offsets, blocks * sizeof(uint));
        _blocks = file.Start + at;
        _offsets = _blocks + _length;
        if (line.Byte() != 0)
        {
            long present = offsets + (blocks * sizeof(uint));
            file.CheckData(present, (maxDoc + 7L) / 8);
            _present = file.Start + present;
        }
    }

    /// <summary>The same numbers for another thread.</summary>
    public FieldNumbers(FieldNumbers other)
    {
        _file = other._file;
        _maxDoc = other._maxDoc;
        _blocks = other._blocks;
        _length = other._length;
        _offsets = other._offsets;
        _present = other._present;
    }

    /// <summary>Documents that have a number.</summary>
    public IBits Present => _present == null ? new Bits.MatchAllBits(_maxDoc) : new PresentBits(this);

    /// <exception cref="CorruptIndexException">The block is damaged.</exception>
    public override long Get(int docID)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)docID, (uint)_maxDoc);
        int block = docID / BlockSize;
        if (block != _readBlock)
        {
            _readBlock = -1;
            ReadBlock(block, _read.AsSpan(0, Math.Min(BlockSize, _maxDoc - (block * BlockSize))));
            _readBlock = block;
        }

        long number = Has(docID) ? _read[docID % BlockSize] : 0;
        GC.KeepAlive(_file);
        return number;
    }

    /// <summary>Reads the numbers of all documents.</summary>
    /// <param name="into">A place for each.</param>
    /// <exception cref="CorruptIndexException">A block is damaged.</exception>
    // at once as fast as it gets: this runs when an index is opened, long before the runtime would look at it again
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadAll(Span<long> into)
    {
        into = into[.._maxDoc];
        for (int start = 0; start < into.Length; start += BlockSize)
        {
            ReadBlock(start / BlockSize, into[start..Math.Min(into.Length, start + BlockSize)]);
        }

        for (int doc = 0; _present != null && doc < into.Length; doc++)
        {
            into[doc] = Has(doc) ? into[doc] : 0;
        }

        GC.KeepAlive(_file);
    }

    private bool Has(int doc) => _present == null || (_present[doc >> 3] >> (doc & 7) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadBlock(int block, Span<long> into)
    {
        long offset = Unsafe.ReadUnaligned<uint>(_offsets + (block * (long)sizeof(uint)));
        if (offset > _length - PlainHeaderBytes)
        {
            Throw(block);
        }

        byte* at = _blocks + offset;
        long last = Unsafe.ReadUnaligned<long>(at);
        int width = at[sizeof(long)];
        into[0] = last;
        if (width == Plain)
        {
            if (offset > _length - PlainHeaderBytes - ((into.Length - 1) * sizeof(long)))
            {
                Throw(block);
            }

            new ReadOnlySpan<long>(at + PlainHeaderBytes, into.Length - 1).CopyTo(into[1..]);
            return;
        }

        // the file goes on for eight bytes behind the blocks at least
        if (width > MostWidth || offset > _length - HeaderBytes - BitPacking.BytesFor(into.Length - 1, width))
        {
            Throw(block);
        }

        int shift = at[sizeof(long) + 1];
        long least = Unsafe.ReadUnaligned<long>(at + sizeof(long) + 2);
        byte* packed = at + HeaderBytes;
        ulong mask = (1UL << width) - 1;
        int bit = 0;
        for (int i = 1; i < into.Length; i++)
        {
            ulong difference = Unsafe.ReadUnaligned<ulong>(packed + (bit >> 3)) >> (bit & 7) & mask;
            last += (long)(difference << shift) + least;
            into[i] = last;
            bit += width;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int block) => throw new CorruptIndexException($"block {block} of a field's numbers is damaged");

    private sealed class PresentBits(FieldNumbers numbers) : IBits
    {
        public int Length => numbers._maxDoc;

        public bool Get(int index)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)numbers._maxDoc);
            bool has = numbers.Has(index);
            GC.KeepAlive(numbers._file);
            return has;
        }
    }
}
