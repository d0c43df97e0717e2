using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    // above this width the sum of 128 gaps can leave the range of an int
    private const int SafeGapWidth = 23;

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

    /// <summary>The index of a document in the current block, which must be the one that <see cref="Seek"/> found for it; -1 where the term is not in
    /// it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(int doc)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        return IsBitset ? Rank(doc) : Search(doc);
    }

    /// <summary>The frequency of one document of the current block, whose header was read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Freq(int index)
    {
        if (_freqsBlock == Block)
        {
            return Freqs[index];
        }

        if (_freqWidth < 0)
        {
            return SingleFreq();
        }

        int freq = (int)ScalarUnpack.Value(_freqBytes, (long)index * _freqWidth, _freqWidth) + 1;
        for (int i = 0; i < _patchCount; i++)
        {
            freq += _patches[2 * i] == index ? _patches[(2 * i) + 1] << _freqWidth : 0;
        }

        return freq;
    }

    /// <summary>
    /// Keeps those candidates that the current block has, up to its last document: moves them (with their tags) to the front, and <paramref name="next"/> behind
    /// the last one looked at. The block must be the one that <see cref="Seek"/> found for the first of them.
    /// </summary>
    /// <param name="tags">A number that goes with each candidate.</param>
    /// <param name="indexes">Takes each kept candidate's index in the block.</param>
    /// <returns>How many are kept.</returns>
    public int KeepIndexed(int* docs, int* tags, int* indexes, ref int next, int count)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        int last = Last[Block];
        int kept = 0;
        int i = next;
        if (IsBitset)
        {
            CheckFirst(docs, i, count);
            ulong* words = (ulong*)_docBytes;
            int* ranks = Ranks();
            for (int first = _first; i < count && docs[i] <= last; i++)
            {
                int bit = docs[i] - first;
                ulong word = words[bit >> 6] >> (bit & 63);

                // documents of the word behind this one, taken off those up to the word's end
                indexes[kept] = ranks[bit >> 6] - BitOperations.PopCount(word);
                docs[kept] = docs[i];
                tags[kept] = tags[i];
                kept += (int)word & 1;
            }
        }
        else
        {
            DecodeDocs();
            int* own = Docs;
            for (; i < count && docs[i] <= last; i++)
            {
                int doc = docs[i];
                uint found = Sixteen(own, doc, out int low);
                docs[kept] = doc;
                tags[kept] = tags[i];
                indexes[kept] = low + BitOperations.TrailingZeroCount(found);

                // found has 16 bits: its negative is below 0 unless it is 0
                kept += (int)((0 - found) >> 31);
            }
        }

        next = i;
        return kept;
    }

    /// <summary>Which of the sixteen documents around a document's place it is, without a branch: most guesses would fail.</summary>
    /// <param name="docs">The block's documents, then int.MaxValue.</param>
    /// <param name="low">The first of the sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sixteen(int* docs, int doc, out int low)
    {
        low = (docs[63] - doc) >> 31 & 64;
        low += (docs[low + 31] - doc) >> 31 & 32;
        low += (docs[low + 15] - doc) >> 31 & 16;
        return (uint)Vector512.Equals(Vector512.Load(docs + low), Vector512.Create(doc)).ExtractMostSignificantBits();
    }

    /// <summary>
    /// Seek found the block for the first of the candidates, which rise, so none is before the block's first document, unless the blocks' last documents do
    /// not rise.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckFirst(int* docs, int next, int count)
    {
        if (next < count && docs[next] < _first)
        {
            ThrowBlock();
        }
    }

    /// <summary>How many documents a bitset has up to the end of each word; damage must not count more than a block has.</summary>
    private int* Ranks()
    {
        if (_ranksBlock == Block)
        {
            return _ranks;
        }

        int words = (Last[Block] - _first + 64) >> 6;
        if (words > MostBitsetWords)
        {
            ThrowBlock();
        }

        int rank = 0;
        for (int i = 0; i < words; i++)
        {
            rank += BitOperations.PopCount(((ulong*)_docBytes)[i]);
            _ranks[i] = rank;
        }

        if (rank != Count)
        {
            ThrowBlock();
        }

        _ranksBlock = Block;
        return _ranks;
    }

    /// <summary>Sets the bit of each of the current block's documents; bit 0 of <paramref name="words"/> is document <paramref name="origin"/>.</summary>
    public void AddTo(ulong* words, int origin)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        if (IsBitset)
        {
            AddBitset(words, _first - origin);
            return;
        }

        DecodeDocs();
        int* docs = Docs;
        int i = 0;
        if (Count == BlockSize)
        {
            // neighbours lie in one word, and the next would wait for the one before: four places of the block take turns
            const int Part = BlockSize / 4;
            for (; i < Part; i++)
            {
                AddBit(words, docs[i] - origin);
                AddBit(words, docs[i + Part] - origin);
                AddBit(words, docs[i + (2 * Part)] - origin);
                AddBit(words, docs[i + (3 * Part)] - origin);
            }

            return;
        }

        for (; i < Count; i++)
        {
            AddBit(words, docs[i] - origin);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBit(ulong* words, int bit) => words[bit >> 6] |= 1UL << (bit & 63);

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadHeader()
    {
        int block = Block;
        Count = block == Blocks - 1 ? _entry.DocFreq - (BlockSize * (Blocks - 1)) : BlockSize;
        _first = Before + 1;
        if (_entry.DocFreq == 1)
        {
            _code = 0;
            _freqWidth = -1;
            _patchCount = 0;
            _headerBlock = block;
            return;
        }

        uint offset = Blocks > 1 ? _offsets[block] : 0;
        if (offset + _headerBytes > _dataBytes)
        {
            ThrowBlock();
        }

        byte* header = _data + offset;
        _code = header[0];
        _freqWidth = Terms.HasFreqs ? header[1] & ~FreqPatches.Mark : -1;
        bool patched = Terms.HasFreqs && (header[1] & FreqPatches.Mark) != 0;
        _docBytes = header + _headerBytes;
        long docBytes = IsBitset ? ((Last[block] - _first + 64L) >> 6) * 8 : BitPacking.BytesFor(Count, _code);
        _freqBytes = _docBytes + docBytes;
        long freqBytes = _freqWidth < 0 ? 0 : BitPacking.BytesFor(Count, _freqWidth);
        if ((_code > BitPacking.MaxPackedWidth && _code != 32 && !(IsBitset && Blocks > 1))
            || (_freqWidth > BitPacking.MaxPackedWidth && _freqWidth != 32)
            || docBytes < 0
            || offset + _headerBytes + docBytes + freqBytes > _dataBytes
            || (Blocks > 1 && (_first < 0 || Last[block] < _first || Last[block] >= _maxDoc)))
        {
            ThrowBlock();
        }

        // the highest bit of a bitset is the block's last document: none is behind it, where there may be no document at all
        if (IsBitset && ((ulong*)_freqBytes)[-1] >> ((Last[block] - _first) & 63) != 1)
        {
            ThrowBlock();
        }

        _patchCount = 0;
        if (patched)
        {
            _patches = _freqBytes + freqBytes + 1;
            _patchCount = _patches[-1];
            if (_patchCount > FreqPatches.Most || _patches + (2 * _patchCount) > _data + _dataBytes)
            {
                ThrowBlock();
            }
        }

        _headerBlock = block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecodeDocsNow()
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        int* docs = Docs;
        int count = Count;
        if (_entry.DocFreq == 1)
        {
            docs[0] = _entry.SingleDoc;
        }
        else if (IsBitset)
        {
            if (BlockUnpack.Bits((ulong*)_docBytes, (Last[Block] - _first + 64) >> 6, _first, docs) != count)
            {
                ThrowBlock();
            }
        }
        else
        {
            BlockUnpack.Gaps(_docBytes, _code, count, _first - 1, docs);
        }

        int last = docs[count - 1];
        if ((Blocks > 1 && last != Last[Block]) || (uint)last >= (uint)_maxDoc || (_code is > SafeGapWidth and not BitsetCode && !Rises()))
        {
            ThrowBlock();
        }

        for (int i = count; i < BlockSize; i++)
        {
            docs[i] = int.MaxValue;
        }

        _docsBlock = Block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecodeFreqsNow()
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        if (_freqWidth < 0)
        {
            new Span<int>(Freqs, BlockSize).Fill(SingleFreq());
        }
        else
        {
            BlockUnpack.Values(_freqBytes, _freqWidth, Count, 1, Freqs);
            for (int i = 0; i < _patchCount; i++)
            {
                // the index is a byte: within the buffer even where the file is damaged
                Freqs[_patches[2 * i] & (BlockSize - 1)] += _patches[(2 * i) + 1] << _freqWidth;
            }
        }

        _freqsBlock = Block;
    }

    private int SingleFreq() => _entry.DocFreq == 1 ? (int)_entry.TotalFreq : 1;

    private bool Rises()
    {
        int previous = _first - 1;
        for (int i = 0; i < Count; i++)
        {
            if (Docs[i] <= previous)
            {
                return false;
            }

            previous = Docs[i];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Rank(int doc)
    {
        int bit = doc - _first;
        if (bit < 0)
        {
            return -1;
        }

        ulong* words = (ulong*)_docBytes;
        int word = bit >> 6;
        ulong mask = 1UL << (bit & 63);
        ulong own = words[word];
        if ((own & mask) == 0)
        {
            return -1;
        }

        int rank = BitOperations.PopCount(own & (mask - 1));
        for (int i = 0; i < word; i++)
        {
            rank += BitOperations.PopCount(words[i]);
        }

        return rank < BlockSize ? rank : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Search(int doc)
    {
        DecodeDocs();
        int* docs = Docs;
        int low = docs[63] < doc ? 64 : 0;
        low += docs[low + 31] < doc ? 32 : 0;
        low += docs[low + 15] < doc ? 16 : 0;
        if (Vector512.IsHardwareAccelerated)
        {
            ulong found = Vector512.Equals(Vector512.Load(docs + low), Vector512.Create(doc)).ExtractMostSignificantBits();
            return found == 0 ? -1 : low + BitOperations.TrailingZeroCount(found);
        }

        low += docs[low + 7] < doc ? 8 : 0;
        uint half = Vector256.Equals(Vector256.Load(docs + low), Vector256.Create(doc)).ExtractMostSignificantBits();
        return half == 0 ? -1 : low + BitOperations.TrailingZeroCount(half);
    }

    private void AddBitset(ulong* words, int bit)
    {
        ulong* own = (ulong*)_docBytes;
        int count = (Last[Block] - _first + 64) >> 6;
        if (bit < 0)
        {
            // the block begins before the window: only possible bit by bit
            DecodeDocs();
            for (int i = 0; i < Count; i++)
            {
                int at = Docs[i] - _first + bit;
                if (at >= 0)
                {
                    words[at >> 6] |= 1UL << (at & 63);
                }
            }

            return;
        }

        ulong* target = words + (bit >> 6);
        int shift = bit & 63;
        if (shift == 0)
        {
            for (int i = 0; i < count; i++)
            {
                target[i] |= own[i];
            }

            return;
        }

        ulong carry = 0;
        for (int i = 0; i < count; i++)
        {
            target[i] |= (own[i] << shift) | carry;
            carry = own[i] >> (64 - shift);
        }

        if (carry != 0)
        {
            target[count] |= carry;
        }
    }

    private void ThrowBlock() =>
        throw new CorruptIndexException($"block {Block} of a term in {_entry.DocFreq} documents of field '{Terms.Dictionary.Field.Name}' is damaged");
}
