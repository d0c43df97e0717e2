using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>Reading and unpacking a block, and what is checked of it.</summary>
internal sealed unsafe partial class PostingsCursor
{
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
        if ((Blocks > 1 && last != Last[Block]) || (uint)last >= (uint)_maxDoc || (_code is > BlockUnpack.SafeGapWidth and not BitsetCode && !Rises()))
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

    private void ThrowBlock() =>
        throw new CorruptIndexException($"block {Block} of a term in {_entry.DocFreq} documents of field '{Terms.Dictionary.Field.Name}' is damaged");

    private int SingleFreq() => _entry.DocFreq == 1 ? (int)_entry.TotalFreq : 1;
}
