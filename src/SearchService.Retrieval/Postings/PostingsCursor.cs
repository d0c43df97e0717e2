using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// A place in one term's postings in one segment, block by block. Made once and opened for one term after the other. One thread.
/// </summary>
/// <remarks>
/// <see cref="Block"/> is set by <see cref="Seek"/> or by the caller; nothing is decoded until asked for, and then once a block. Every block is checked
/// against the term's bytes and its own last document, so a damaged index ends in <see cref="CorruptIndexException"/>, not in stray memory.
/// </remarks>
internal sealed unsafe partial class PostingsCursor
{
    /// <summary>How a block's documents are stored: as a bitset.</summary>
    public const int BitsetCode = 128;

    /// <summary>Flag behind a term's arrays: <see cref="BlockOffsets"/> of blocks take 32 bits.</summary>
    public const int WideOffsets = 1;

    /// <summary>And those of positions.</summary>
    public const int WidePositionOffsets = 2;

    private const int BlockSize = BlockUnpack.BlockSize;

    // room for what the unpackers write behind the last value
    private const int Room = BlockSize + 32;

    // a longer bitset takes more than a quarter more than gaps of 32 bits
    private const int MostBitsetWords = 80;

    private readonly int[] _buffer = GC.AllocateUninitializedArray<int>((2 * Room) + MostBitsetWords + 32, pinned: true);
    private readonly BlockPositions _positions = new();
    private readonly int* _ranks;
    private readonly int* _one;

    private BlockTerms? _terms;
    private TermEntry _entry;
    private byte* _data;
    private long _dataBytes;
    private BlockOffsets _offsets;
    private BlockOffsets _positionOffsets;
    private int _headerBytes;
    private int _maxDoc;

    private int _headerBlock;
    private int _docsBlock;
    private int _freqsBlock;
    private int _positionsBlock;
    private int _ranksBlock;
    private int _code;
    private int _freqWidth;
    private int _patchCount;
    private byte* _patches;
    private int _first;
    private byte* _docBytes;
    private byte* _freqBytes;

    public PostingsCursor()
    {
        fixed (int* start = _buffer)
        {
            // pinned for good: the address stays
            Docs = start;
            Freqs = start + Room;
            _ranks = start + (2 * Room);
            _one = _ranks + MostBitsetWords;
        }
    }

    /// <summary>The block's documents, after <see cref="DecodeDocs"/>; behind the last one int.MaxValue up to 128.</summary>
    public int* Docs { get; }

    /// <summary>The block's frequencies, after <see cref="DecodeFreqs"/>.</summary>
    public int* Freqs { get; }

    /// <summary>Last document of each block.</summary>
    public int* Last { get; private set; }

    public int DocFreq => _entry.DocFreq;

    public ref readonly TermEntry Entry => ref _entry;

    public BlockTerms Terms => _terms!;

    public int Blocks { get; private set; }

    /// <summary>The current block, 0 to <see cref="Blocks"/> (none).</summary>
    public int Block { get; set; }

    /// <summary>Documents in the current block, after its header was read.</summary>
    public int Count { get; private set; }

    /// <summary>Document before the current block's first possible one.</summary>
    public int Before => Block == 0 ? -1 : Last[Block - 1];

    /// <summary>Whether the current block is a bitset, after its header was read.</summary>
    public bool IsBitset => _code == BitsetCode;

    /// <summary>Begins with a term.</summary>
    public void Open(BlockTerms terms, in TermEntry entry)
    {
        _terms = terms;
        _entry = entry;
        _maxDoc = terms.Reader.MaxDoc;
        _headerBlock = _docsBlock = _freqsBlock = _positionsBlock = _ranksBlock = -1;
        _headerBytes = 1 + (terms.HasFreqs ? 1 : 0) + (terms.HasPositions ? 1 : 0);
        Block = 0;
        Blocks = entry.Blocks;
        Last = _one;
        if (entry.DocFreq <= 0 || entry.DocFreq > _maxDoc)
        {
            throw new CorruptIndexException($"a term is in {entry.DocFreq} documents of {_maxDoc}");
        }

        if (entry.TotalFreq < entry.DocFreq || (entry.DocFreq == 1 && entry.TotalFreq > BlockPositions.MostPositions))
        {
            throw new CorruptIndexException($"a term occurs {entry.TotalFreq} times in {entry.DocFreq} documents");
        }

        terms.Reader.Docs.CheckData(entry.DocsAt, entry.DocsBytes);
        terms.Reader.Positions.CheckData(entry.PositionsAt, entry.PositionsBytes);
        _data = terms.Reader.Docs.Start + entry.DocsAt;
        _dataBytes = entry.DocsBytes;
        if (Blocks > 1)
        {
            OpenArrays(_dataBytes > 0 ? _data[_dataBytes - 1] : 0);
        }
        else
        {
            DecodeDocs();
            *_one = Docs[Count - 1];
        }
    }

    /// <summary>Finds the arrays behind a term's blocks; the bytes before them are the blocks'.</summary>
    private void OpenArrays(int flags)
    {
        bool wide = (flags & WideOffsets) != 0;
        bool widePositions = (flags & WidePositionOffsets) != 0;
        long lastBytes = 4L * Blocks;
        long offsetBytes = BlockOffsets.BytesFor(Blocks, wide);
        long positionBytes = _terms!.HasPositions ? BlockOffsets.BytesFor(Blocks, widePositions) : 0;
        _dataBytes -= lastBytes + offsetBytes + positionBytes + 1;
        if (_dataBytes < 0)
        {
            throw new CorruptIndexException("a term's block arrays are larger than its data");
        }

        byte* arrays = _data + _dataBytes;
        Last = (int*)arrays;
        _offsets = BlockOffsets.At(arrays + lastBytes, Blocks, wide);
        _positionOffsets = BlockOffsets.At(arrays + lastBytes + offsetBytes, Blocks, widePositions);
    }

    /// <summary>Moves to the first block from the current one on that ends at <paramref name="doc"/> or later; false where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Seek(int doc)
    {
        int block = Block;
        return (block < Blocks && Last[block] >= doc) || SeekOn(doc);
    }

    /// <summary>Decodes the current block's documents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecodeDocs()
    {
        if (_docsBlock != Block)
        {
            DecodeDocsNow();
        }
    }

    /// <summary>Decodes the current block's frequencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecodeFreqs()
    {
        if (_freqsBlock != Block)
        {
            DecodeFreqsNow();
        }
    }

    /// <summary>The current block's positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockPositions OpenPositions()
    {
        if (_positionsBlock != Block)
        {
            OpenPositionsNow();
        }

        return _positions;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OpenPositionsNow()
    {
        DecodeFreqs();
        byte* start = Terms.Reader.Positions.Start + _entry.PositionsAt;
        bool there;
        if (_entry.DocFreq > 1)
        {
            long offset = Blocks > 1 ? _positionOffsets[Block] : 0;
            int width = _data[(Blocks > 1 ? _offsets[Block] : 0) + _headerBytes - 1];
            there = _positions.Open(start + offset, _entry.PositionsBytes - offset, width, Freqs, Count, grouped: true);
        }
        else if (_entry.TotalFreq > 1)
        {
            // a term of one document keeps its positions behind their width
            there = _positions.Open(start + 1, _entry.PositionsBytes - 1, *start, Freqs, 1, grouped: false);
        }
        else
        {
            // or its only position in the dictionary
            _one[1] = _entry.SinglePosition;
            there = _positions.Open((byte*)(_one + 1), sizeof(int), 32, Freqs, 1, grouped: false);
        }

        if (!there || _positions.Total > _entry.TotalFreq)
        {
            throw new CorruptIndexException($"positions of block {Block} of a term in field '{Terms.Dictionary.Field.Name}' are damaged");
        }

        _positionsBlock = Block;
    }

    private bool SeekOn(int doc)
    {
        int* last = Last;
        int block = Block + 1;
        int near = Math.Min(block + 8, Blocks);
        for (; block < near; block++)
        {
            if (last[block] >= doc)
            {
                Block = block;
                return true;
            }
        }

        int step = 8;
        int low = block;
        while (block < Blocks && last[block] < doc)
        {
            low = block + 1;
            block += step;
            step <<= 1;
        }

        int high = Math.Min(block, Blocks);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (last[middle] < doc)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        Block = Math.Min(low, Blocks);
        return low < Blocks;
    }
}
