using System.Numerics;
using System.Runtime.InteropServices;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes the documents, frequencies and positions of one term after the other.</summary>
internal sealed class BlockPostingsWriter(IndexOutput docsFile, IndexOutput positionsFile) : PostingsConsumer
{
    private const int BlockSize = BlockUnpack.BlockSize;

    // a bitset may take a quarter more than packed gaps: it is tested in one step and counted without decoding
    private const int BitsetShare = 5;
    private const int PackedShare = 4;

    private readonly uint[] _gaps = new uint[BlockSize];
    private readonly int[] _docs = new int[BlockSize];
    private readonly uint[] _freqs = new uint[BlockSize];
    private readonly ByteWriter _out = new();
    private readonly List<int> _last = [];
    private readonly List<uint> _offsets = [];
    private readonly List<uint> _positionOffsets = [];
    private uint[] _positions = new uint[1024];
    private bool _hasFreqs;
    private bool _hasPositions;
    private int _filled;
    private int _positionCount;
    private int _docFreq;
    private int _previousLast;
    private TermEntry _entry;

    /// <summary>Documents of the term so far.</summary>
    public int DocFreq => _docFreq;

    public void StartField(IndexOptions options)
    {
        _hasFreqs = options >= IndexOptions.DOCS_AND_FREQS;
        _hasPositions = options >= IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
    }

    public void StartTerm()
    {
        _filled = 0;
        _positionCount = 0;
        _docFreq = 0;
        _previousLast = -1;
        _last.Clear();
        _offsets.Clear();
        _positionOffsets.Clear();
        _entry = new TermEntry { DocsAt = docsFile.Position, PositionsAt = positionsFile.Position };
    }

    public override void StartDoc(int docId, int freq)
    {
        // a full block is held back until the next document comes: the last block is written with the term
        if (_filled == BlockSize)
        {
            WriteBlock(more: true);
        }

        _docs[_filled] = docId;
        _freqs[_filled] = _hasFreqs ? (uint)freq : 1;
        _filled++;
        _docFreq++;
    }

    public override void AddPosition(int position, BytesRef payload, int startOffset, int endOffset)
    {
        if (payload is { Length: > 0 })
        {
            throw new NotSupportedException("payloads are not kept by this format");
        }

        if (_positionCount == _positions.Length)
        {
            Array.Resize(ref _positions, _positions.Length * 2);
        }

        _positions[_positionCount++] = (uint)position;
    }

    public override void FinishDoc()
    {
    }

    /// <summary>Writes what is left of the term and tells where all of it is.</summary>
    /// <param name="totalFreq">Occurrences in all documents.</param>
    public TermEntry FinishTerm(long totalFreq)
    {
        _entry.DocFreq = _docFreq;
        _entry.TotalFreq = totalFreq;
        if (_docFreq == 1)
        {
            _entry.SingleDoc = _docs[0];
            if (_hasPositions && totalFreq == 1)
            {
                _entry.SinglePosition = (int)_positions[0];
            }
            else if (_hasPositions)
            {
                WritePositions();
            }
        }
        else
        {
            WriteBlock(more: false);
            if (_docFreq > BlockSize)
            {
                WriteArrays();
            }
        }

        _entry.DocsBytes = docsFile.Position - _entry.DocsAt;
        _entry.PositionsBytes = positionsFile.Position - _entry.PositionsAt;
        return _entry;
    }

    private void WriteBlock(bool more)
    {
        int last = _docs[_filled - 1];
        _last.Add(last);
        _offsets.Add(FileOffset.Of(docsFile.Position - _entry.DocsAt, "a term's list of documents"));
        _positionOffsets.Add(FileOffset.Of(positionsFile.Position - _entry.PositionsAt, "a term's list of positions"));

        uint gapBits = 0;
        int previous = _previousLast;
        for (int i = 0; i < _filled; i++)
        {
            _gaps[i] = (uint)(_docs[i] - previous - 1);
            gapBits |= _gaps[i];
            previous = _docs[i];
            _freqs[i]--;
        }

        int width = BitPacking.WidthFor(gapBits);
        int freqWidth = FreqPatches.WidthFor(_freqs.AsSpan(0, _filled));
        int patches = freqWidth > BitPacking.MaxPackedWidth ? 0 : CountAbove(freqWidth);
        int words = (last - _previousLast + 63) >> 6;

        // a bitset is read with the help of the last document, which a term of one block does not store
        bool bitset = _filled == BlockSize && (more || _docFreq > BlockSize) && width > 0
            && words * 8 * PackedShare <= BitPacking.BytesFor(BlockSize, width) * BitsetShare;

        _out.Clear();
        _out.Byte(bitset ? PostingsCursor.BitsetCode : width);
        if (_hasFreqs)
        {
            _out.Byte(freqWidth | (patches > 0 ? FreqPatches.Mark : 0));
        }

        if (_hasPositions)
        {
            _out.Byte(PositionWidth());
        }

        if (bitset)
        {
            WriteBitset(words);
        }
        else
        {
            Pack(_gaps.AsSpan(0, _filled), width);
        }

        if (_hasFreqs)
        {
            WriteFreqs(freqWidth, patches);
        }

        _out.CopyTo(docsFile);
        if (_hasPositions)
        {
            WriteBlockPositions();
        }

        _previousLast = last;
        _filled = 0;
    }

    private int CountAbove(int width)
    {
        int count = 0;
        foreach (uint freq in _freqs.AsSpan(0, _filled))
        {
            count += freq >> width != 0 ? 1 : 0;
        }

        return count;
    }

    private void WriteFreqs(int width, int patches)
    {
        Span<uint> low = stackalloc uint[BlockSize];
        uint mask = (uint)((1UL << width) - 1);
        for (int i = 0; i < _filled; i++)
        {
            low[i] = _freqs[i] & mask;
        }

        Pack(low[.._filled], width);
        if (patches == 0)
        {
            return;
        }

        _out.Byte(patches);
        for (int i = 0; i < _filled; i++)
        {
            if (_freqs[i] >> width != 0)
            {
                _out.Byte(i);
                _out.Byte((int)(_freqs[i] >> width));
            }
        }
    }

    private void WriteBitset(int words)
    {
        Span<byte> room = _out.Room(words * 8);
        room.Clear();
        for (int i = 0; i < _filled; i++)
        {
            int bit = _docs[i] - _previousLast - 1;
            room[bit >> 3] |= (byte)(1 << (bit & 7));
        }
    }

    private void WriteArrays()
    {
        _out.Clear();
        foreach (int last in CollectionsMarshal.AsSpan(_last))
        {
            _out.Int32((uint)last);
        }

        bool wide = BlockOffsets.Write(CollectionsMarshal.AsSpan(_offsets), _out);
        bool widePositions = _hasPositions && BlockOffsets.Write(CollectionsMarshal.AsSpan(_positionOffsets), _out);
        _out.Byte((wide ? PostingsCursor.WideOffsets : 0) | (widePositions ? PostingsCursor.WidePositionOffsets : 0));
        _out.CopyTo(docsFile);
    }

    private int PositionWidth() => Width(_positions.AsSpan(0, _positionCount));

    private static int Width(ReadOnlySpan<uint> values)
    {
        uint union = 0;
        foreach (uint value in values)
        {
            union |= value;
        }

        return 32 - BitOperations.LeadingZeroCount(union);
    }

    /// <summary>Writes the block's positions; its frequencies have been lessened by one.</summary>
    private void WriteBlockPositions()
    {
        int most = PositionWidth();
        int groups = (_filled + PositionGroups.DocsPerGroup - 1) / PositionGroups.DocsPerGroup;
        Span<int> ends = stackalloc int[PositionGroups.Most];
        Span<int> widths = stackalloc int[PositionGroups.Most];
        int end = 0;
        for (int g = 0; g < groups; g++)
        {
            int start = end;
            for (int i = g * PositionGroups.DocsPerGroup; i < Math.Min(_filled, (g + 1) * PositionGroups.DocsPerGroup); i++)
            {
                end += (int)_freqs[i] + 1;
            }

            ends[g] = end;
            widths[g] = Math.Max(most - PositionGroups.MostLess, Width(_positions.AsSpan(start, end - start)));
        }

        _out.Clear();
        Span<byte> less = _out.Room(PositionGroups.HeaderBytes(_filled));
        less.Clear();
        for (int g = 0; g < groups && !less.IsEmpty; g++)
        {
            less[g >> 1] |= (byte)((most - widths[g]) << (4 * (g & 1)));
        }

        PackGroups(ends[..groups], less.IsEmpty ? [most] : widths);
        _out.CopyTo(positionsFile);
        _positionCount = 0;
    }

    private void PackGroups(ReadOnlySpan<int> ends, ReadOnlySpan<int> widths)
    {
        ulong pending = 0;
        int filled = 0;
        int at = 0;
        for (int g = 0; g < ends.Length; g++)
        {
            for (; at < ends[g]; at++)
            {
                pending |= (ulong)_positions[at] << filled;
                filled += widths[g];
                for (; filled >= 8; filled -= 8, pending >>= 8)
                {
                    _out.Byte((byte)pending);
                }
            }
        }

        if (filled > 0)
        {
            _out.Byte((byte)pending);
        }
    }

    private void WritePositions()
    {
        int width = PositionWidth();
        _out.Clear();
        _out.Byte(width);
        PackGroups([_positionCount], [width]);
        _out.CopyTo(positionsFile);
        _positionCount = 0;
    }

    private void Pack(ReadOnlySpan<uint> values, int width)
    {
        int length = _out.Length;
        int bytes = BitPacking.BytesFor(values.Length, width);
        int packed = BitPacking.Pack(values, width, _out.Room(bytes));
        _out.Truncate(length + packed);
    }
}
