using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>One term's <see cref="TermChampions"/>, decoded. Made once and filled for one term after the other. One thread.</summary>
internal sealed unsafe class ChampionList
{
    // what the unpackers write behind the last value, and vectors read
    private const int Room = 64;

    private int[] _docs = [];
    private byte[] _levels = [];

    public int Count { get; private set; }

    /// <summary>The documents, rising; 64 numbers behind the last can be read.</summary>
    public int* Docs { get; private set; }

    /// <summary>Their levels, below <see cref="TermChampions.Levels"/>; 64 bytes behind the last can be read.</summary>
    public byte* Levels { get; private set; }

    /// <summary>The largest share of all other documents, rounded up.</summary>
    public int Beside { get; private set; }

    /// <summary>The height of a level, in the same steps.</summary>
    public int Height { get; private set; }

    /// <param name="at">Where the term's champions begin among the field's.</param>
    /// <param name="docFreq">The term's documents, which are more.</param>
    /// <exception cref="CorruptIndexException">They are damaged.</exception>
    public void Open(FieldNorms norms, uint at, int docFreq, int maxDoc)
    {
        byte* bytes = norms.Champions + at;
        byte* end = norms.Champions + norms.ChampionBytes;
        if (end - bytes < TermChampions.HeaderBytes)
        {
            ThrowDamaged();
        }

        uint count = ((uint*)bytes)[0];
        Beside = ((ushort*)bytes)[2];
        Height = ((ushort*)bytes)[3];
        if (count == 0 || count > Math.Min(docFreq, TermChampions.Most) || Height == 0)
        {
            ThrowDamaged();
        }

        Count = (int)count;
        MakeRoom();
        bytes += TermChampions.HeaderBytes;
        int previous = -1;
        for (int i = 0; i < Count; i += BlockUnpack.BlockSize)
        {
            bytes = Block(bytes, end, i, Math.Min(BlockUnpack.BlockSize, Count - i), previous);
            previous = Docs[Math.Min(i + BlockUnpack.BlockSize, Count) - 1];
            if ((uint)previous >= (uint)maxDoc)
            {
                ThrowDamaged();
            }
        }
    }

    /// <summary>How many have a level from <paramref name="from"/> on and below <paramref name="to"/>.</summary>
    public int CountBetween(int from, int to)
    {
        int count = 0;
        for (int i = 0; i < Count; i += Vector512<byte>.Count)
        {
            count += BitOperations.PopCount(Between(i, from, to));
        }

        return count;
    }

    /// <summary>Which of the 64 champions from an index on have a level from <paramref name="from"/> on and below <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Between(int index, int from, int to)
    {
        Vector512<byte> level = Vector512.Load(Levels + index) - Vector512.Create((byte)from);
        ulong found = Vector512.LessThan(level, Vector512.Create((byte)(to - from))).ExtractMostSignificantBits();
        return Count - index >= Vector512<byte>.Count ? found : found & ((1UL << (Count - index)) - 1);
    }

    private static void ThrowDamaged() => throw new CorruptIndexException("the champions of a term are damaged");

    private byte* Block(byte* bytes, byte* end, int first, int count, int previous)
    {
        int width = bytes < end ? *bytes++ : BitPacking.MaxPackedWidth + 1;
        int gapBytes = BitPacking.BytesFor(count, width);
        int levelBytes = (count + 1) / 2;
        if ((width > BitPacking.MaxPackedWidth && width != 32) || end - bytes < gapBytes + levelBytes)
        {
            ThrowDamaged();
        }

        BlockUnpack.Gaps(bytes, width, count, previous, Docs + first);
        for (int i = first; width > BlockUnpack.SafeGapWidth && i < first + count; i++)
        {
            if (Docs[i] <= previous)
            {
                ThrowDamaged();
            }

            previous = Docs[i];
        }

        bytes += gapBytes;
        for (int i = 0; i < levelBytes; i += 16)
        {
            // the lower four bits of each byte to the even places, the upper to the odd ones
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Load(bytes + i));
            Vector256<ushort> pairs = Vector256.Create(low, high);
            ((pairs | (pairs << 4)) & Vector256.Create((ushort)0x0F0F)).AsByte().Store(Levels + first + (2 * i));
        }

        return bytes + levelBytes;
    }

    private void MakeRoom()
    {
        if (_docs.Length < Count + Room)
        {
            _docs = GC.AllocateUninitializedArray<int>((Count * 2) + Room, pinned: true);
            _levels = GC.AllocateUninitializedArray<byte>((Count * 2) + Room, pinned: true);
            fixed (int* docs = _docs)
            {
                Docs = docs;
            }

            fixed (byte* levels = _levels)
            {
                Levels = levels;
            }
        }
    }
}
