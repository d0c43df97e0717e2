using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>Beginning again, and many documents looked up in one block at once.</summary>
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

    /// <summary>Finds out how often the term is in some documents.</summary>
    /// <param name="docs">Rising, at most <see cref="MostLookups"/>; all behind <see cref="Before"/> and none behind the current block's last.</param>
    /// <param name="freqs">Takes the frequency of each document, 0 for those that the block does not have.</param>
    [SkipLocalsInit]
    public void FreqsOf(int* docs, int count, int* freqs)
    {
        int* places = stackalloc int[MostLookups + 16];
        int* indexes = stackalloc int[MostLookups + 16];
        int found = Find(docs, count, places, indexes, ranks: true);
        new Span<int>(freqs, count).Clear();
        bool unpacked = UnpackMany(found);
        for (int i = 0; i < found; i++)
        {
            freqs[places[i]] = unpacked ? Freqs[indexes[i]] : Freq(indexes[i]);
        }
    }

    /// <summary>Finds out which documents the block has.</summary>
    /// <param name="docs">As for <see cref="FreqsOf"/>; fifteen numbers behind the last can be read.</param>
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

    /// <summary>Where among the documents those are that the block has, and their indexes in the block.</summary>
    private int Find(int* docs, int count, int* places, int* indexes, bool ranks)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        int found = 0;
        if (!IsBitset)
        {
            DecodeDocs();
            int* own = Docs;

            // the last of each sixteen; at most eight are below a document
            Vector256<int> lasts = Vector256.Create(own[15], own[31], own[47], own[63], own[79], own[95], own[111], own[127]);
            for (int i = 0; i < count; i++)
            {
                Vector512<int> doc = Vector512.Create(docs[i]);
                int low = 16 * BitOperations.PopCount(Vector256.LessThan(lasts, doc.GetLower()).ExtractMostSignificantBits());
                uint bits = (uint)Vector512.Equals(Vector512.Load(own + low), doc).ExtractMostSignificantBits();
                places[found] = i;
                indexes[found] = low + BitOperations.TrailingZeroCount(bits);

                // bits has 16 bits: its negative is below 0 unless it is 0
                found += (int)((0 - bits) >> 31);
            }

            return found;
        }

        // damaged blocks can lead here for documents that are not theirs
        if (count > 0 && (docs[0] < _first || docs[count - 1] > Last[Block]))
        {
            ThrowBlock();
        }

        found = FindBits((ulong*)_docBytes, _first, docs, count, places);
        if (ranks)
        {
            Rank(docs, places, found, indexes);
        }

        return found;
    }

    /// <summary>Finds those documents whose bits are set; bit 0 of the words is document <paramref name="first"/>.</summary>
    /// <param name="docs">Rising; fifteen numbers behind the last can be read.</param>
    /// <param name="places">Takes the places among the documents of those found, and up to fifteen more.</param>
    /// <returns>How many there are.</returns>
    public static int FindBits(ulong* words, int first, int* docs, int count, int* places)
    {
        int found = 0;
        if (Avx512F.VL.IsSupported)
        {
            Vector256<int> firsts = Vector256.Create(first);
            Vector256<int> lanes = Vector256<int>.Indices;
            Vector256<int> counts = Vector256.Create(count);
            for (int i = 0; i < count; i += 8)
            {
                Vector256<int> place = lanes + Vector256.Create(i);
                Vector256<int> bit = (Vector256.Load(docs + i) - firsts) & Vector256.LessThan(place, counts);
                Vector256<int> word = Avx2.GatherVector256((int*)words, Vector256.ShiftRightLogical(bit, 5), 4);

                // the document's own bit moves to the top
                Vector256<int> own = Avx2.ShiftLeftLogicalVariable(word, (~bit & Vector256.Create(31)).AsUInt32());
                Vector256<int> has = Vector256.ShiftRightArithmetic(own, 31) & Vector256.LessThan(place, counts);
                Avx512F.VL.Compress(Vector256<int>.Zero, has, place).Store(places + found);
                found += BitOperations.PopCount(has.ExtractMostSignificantBits());
            }

            return found;
        }

        for (int i = 0; i < count; i++)
        {
            int bit = docs[i] - first;
            places[found] = i;
            found += (int)(words[bit >> 6] >> (bit & 63)) & 1;
        }

        return found;
    }

    /// <summary>The indexes in a block that is a bitset.</summary>
    private void Rank(int* docs, int* places, int count, int* indexes)
    {
        ulong* words = (ulong*)_docBytes;
        int first = _first;
        int rank = 0;
        int counted = 0;
        for (int i = 0; i < count; i++)
        {
            int bit = docs[places[i]] - first;
            for (; counted < bit >> 6; counted++)
            {
                rank += BitOperations.PopCount(words[counted]);
            }

            // a damaged block can have more than it should
            indexes[i] = Math.Min(rank + BitOperations.PopCount(words[counted] & ((1UL << (bit & 63)) - 1)), Count - 1);
        }
    }
}
