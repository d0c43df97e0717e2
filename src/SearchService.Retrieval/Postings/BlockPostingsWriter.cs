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
                _out.Clear();
                _out.Byte(PositionWidth());
                _out.CopyTo(positionsFile);
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
        _offsets.Add(checked((uint)(docsFile.Position - _entry.DocsAt)));
        _positionOffsets.Add(checked((uint)(positionsFile.Position - _entry.PositionsAt)));

        uint gapBits = 0;
        uint freqBits = 0;
        int previous = _previousLast;
        for (int i = 0; i < _filled; i++)
        {
            _gaps[i] = (uint)(_docs[i] - previous - 1);
            gapBits |= _gaps[i];
            previous = _docs[i];
            freqBits |= _freqs[i] - 1;
        }

        int width = BitPacking.WidthFor(gapBits);
        int freqWidth = BitPacking.WidthFor(freqBits);
        int words = (last - _previousLast + 63) >> 6;

        // a bitset is read with the help of the last document, which a term of one block does not store
        bool bitset = _filled == BlockSize && (more || _docFreq > BlockSize) && width > 0 && words * 8 * PackedShare <= BitPacking.BytesFor(BlockSize, width) * BitsetShare;

        _out.Clear();
        _out.Byte(bitset ? PostingsCursor.BitsetCode : width);
        if (_hasFreqs)
        {
            _out.Byte(freqWidth);
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
            for (int i = 0; i < _filled; i++)
            {
                _freqs[i]--;
            }

            Pack(_freqs.AsSpan(0, _filled), freqWidth);
        }

        _out.CopyTo(docsFile);
        if (_hasPositions)
        {
            WritePositions();
        }

        _previousLast = last;
        _filled = 0;
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

        foreach (uint offset in CollectionsMarshal.AsSpan(_offsets))
        {
            _out.Int32(offset);
        }

        if (_hasPositions)
        {
            foreach (uint offset in CollectionsMarshal.AsSpan(_positionOffsets))
            {
                _out.Int32(offset);
            }
        }

        _out.CopyTo(docsFile);
    }

    private int PositionWidth()
    {
        uint union = 0;
        foreach (uint position in _positions.AsSpan(0, _positionCount))
        {
            union |= position;
        }

        return BitPacking.WidthFor(union);
    }

    private void WritePositions()
    {
        _out.Clear();
        Pack(_positions.AsSpan(0, _positionCount), PositionWidth());
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
