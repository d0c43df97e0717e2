using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Postings;

/// <summary>Blocks as bits of a larger set.</summary>
internal sealed unsafe partial class PostingsCursor
{
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBit(ulong* words, int bit) => words[bit >> 6] |= 1UL << (bit & 63);
}
