using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>Beginning again, and looking documents up in the current block.</summary>
internal sealed unsafe partial class PostingsCursor
{
    /// <summary>Documents that can be looked up at once.</summary>
    public const int MostLookups = 128;

    // with so many found, unpacking all frequencies is cheaper than one by one
    private const int ManyFreqs = 4;

    /// <summary>Goes back to the first block.</summary>
    public void Rewind()
    {
        Block = 0;
        if (Blocks > 1)
        {
            // a block that is unpacked goes with its header, and that of another may be read meanwhile
            _headerBlock = _docsBlock = _freqsBlock = _positionsBlock = -1;
        }
    }

    /// <summary>Asks ahead for the beginning of the current block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch()
    {
        if (Sse.IsSupported && Blocks > 1)
        {
            byte* start = _data + _offsets[Block];
            Sse.Prefetch0(start);
            Sse.Prefetch0(start + 64);
            Sse.Prefetch0(start + 128);
        }
    }

    /// <summary>Finds out which documents the block has.</summary>
    /// <param name="docs">
    /// Rising, at most <see cref="MostLookups"/>; all behind <see cref="Before"/> and none behind the current block's last. Fifteen numbers behind the last can be
    /// read.
    /// </param>
    /// <param name="places">Takes the places among the documents of those that the block has, and up to fifteen more.</param>
    /// <param name="freqs">Takes how often these have the term; null where that does not matter.</param>
    /// <returns>How many the block has.</returns>
    [SkipLocalsInit]
    public int MembersOf(int* docs, int count, int* places, int* freqs)
    {
        int* indexes = stackalloc int[MostLookups + 16];
        int found = Find(docs, count, places, indexes, ranks: freqs != null);
        if (freqs != null)
        {
            bool unpacked = UnpackMany(found);
            for (int i = 0; i < found; i++)
            {
                freqs[i] = unpacked ? Freqs[indexes[i]] : Freq(indexes[i]);
            }
        }

        return found;
    }

    /// <summary>Puts frequencies in the place of indexes in the current block.</summary>
    public void ReadFreqs(int* indexes, int count)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        bool unpacked = UnpackMany(count);
        for (int i = 0; i < count; i++)
        {
            indexes[i] = unpacked ? Freqs[indexes[i]] : Freq(indexes[i]);
        }
    }

    private bool UnpackMany(int found)
    {
        if (found >= ManyFreqs)
        {
            DecodeFreqs();
        }

        return _freqsBlock == Block;
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
}
