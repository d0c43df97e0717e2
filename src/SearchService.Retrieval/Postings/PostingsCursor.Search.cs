using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>Finding documents within the current block.</summary>
internal sealed unsafe partial class PostingsCursor
{
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
}
