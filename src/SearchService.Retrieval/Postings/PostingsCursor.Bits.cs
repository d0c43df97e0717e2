using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Postings;

/// <summary>Blocks as bits of a larger set.</summary>
internal sealed unsafe partial class PostingsCursor
{
    /// <summary>Words that a set must have behind its last document's for <see cref="AddTo"/>.</summary>
    public const int SpareWords = 8;

    // with more blocks than this behind one in its window, bytes are cheaper than bits: all of the window's are turned into bits
    private const int ManyBlocks = 5;

    /// <summary>
    /// Adds the documents of the blocks, from the current one on, that begin before <paramref name="to"/>, and moves behind them. Documents of a block that ends
    /// there too may be marked with a byte instead of a bit: bytes can be written one after the other, but most bits wait for those before them in the same word.
    /// </summary>
    /// <param name="bits">Bit 0 is document 0; <see cref="SpareWords"/> more behind the last document's can be written.</param>
    /// <param name="marks">Byte 0 is document <paramref name="from"/>.</param>
    /// <param name="from">The current block does not begin before this document.</param>
    /// <param name="marked">Whether some document is marked; set where one is now.</param>
    public void AddTo(ulong* bits, byte* marks, int from, int to, ref bool marked)
    {
        for (; Block < Blocks && Before + 1 < to; Block++)
        {
            if (AddBitset(bits))
            {
                continue;
            }

            DecodeDocs();
            marked |= Block + ManyBlocks < Blocks && Last[Block + ManyBlocks] < to;
            if (marked && Docs[Count - 1] < to && Docs[0] >= from)
            {
                Mark(marks - from);
            }
            else
            {
                AddBits(bits);
            }
        }
    }

    private void Mark(byte* marks)
    {
        int* docs = Docs;
        int count = Count;
        int i = 0;
        for (; i <= count - 8; i += 8)
        {
            MarkTwo(marks, docs + i);
            MarkTwo(marks, docs + i + 2);
            MarkTwo(marks, docs + i + 4);
            MarkTwo(marks, docs + i + 6);
        }

        for (; i < count; i++)
        {
            marks[docs[i]] = byte.MaxValue;
        }
    }

    // two documents at a read: half of the time of one by one
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MarkTwo(byte* marks, int* docs)
    {
        ulong two = *(ulong*)docs;
        marks[(uint)two] = byte.MaxValue;
        marks[two >> 32] = byte.MaxValue;
    }

    private void AddBits(ulong* bits)
    {
        int* docs = Docs;
        int i = 0;
        if (Count == BlockSize)
        {
            // neighbours lie in one word, and the next would wait for the one before: four places of the block take turns
            const int Part = BlockSize / 4;
            for (; i < Part; i++)
            {
                AddBit(bits, docs[i]);
                AddBit(bits, docs[i + Part]);
                AddBit(bits, docs[i + (2 * Part)]);
                AddBit(bits, docs[i + (3 * Part)]);
            }

            return;
        }

        for (; i < Count; i++)
        {
            AddBit(bits, docs[i]);
        }
    }

    /// <summary>Adds the current block where it is a bitset: a block is so short that reading all of its header would cost as much again.</summary>
    private bool AddBitset(ulong* bits)
    {
        uint offset = Blocks > 1 ? _offsets[Block] : 0;
        byte* header = _data + offset;
        if (Blocks == 1 || offset >= _dataBytes || *header != BitsetCode)
        {
            return false;
        }

        int first = Before + 1;
        int last = Last[Block];
        int count = (int)((last - first + 64L) >> 6);
        int shift = first & 63;
        ulong* own = (ulong*)(header + _headerBytes);
        if (first < 0 || last < first || last >= _maxDoc || offset + _headerBytes + (8L * count) > _dataBytes || own[count - 1] >> ((last - first) & 63) != 1)
        {
            ThrowBlock();
        }

        ulong* target = bits + (first >> 6);
        if (Avx512F.IsSupported)
        {
            // each word gets the lower bits of its own and the upper ones of the word before, of which the first has none
            Vector512<ulong> lanes = Vector512<ulong>.Indices;
            Vector512<ulong> counts = Vector512.Create((ulong)count);
            Vector512<ulong> up = Vector512.Create((ulong)shift);
            Vector512<ulong> down = Vector512.Create(64UL - (ulong)shift);
            Vector512<ulong> before = Vector512<ulong>.Zero;
            for (int i = 0; i <= count; i += 8)
            {
                Vector512<ulong> words = Vector512.Load(own + i) & Vector512.LessThan(lanes, counts);
                Vector512<ulong> previous = Avx512F.AlignRight64(words, before, 7);
                before = words;
                (Vector512.Load(target + i) | Avx512F.ShiftLeftLogicalVariable(words, up) | Avx512F.ShiftRightLogicalVariable(previous, down)).Store(target + i);
                lanes += Vector512.Create(8UL);
            }

            return true;
        }

        ulong carry = 0;
        for (int i = 0; i < count; i++)
        {
            target[i] |= (own[i] << shift) | carry;
            carry = shift == 0 ? 0 : own[i] >> (64 - shift);
        }

        target[count] |= carry;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBit(ulong* bits, int doc) => bits[doc >> 6] |= 1UL << (doc & 63);
}
