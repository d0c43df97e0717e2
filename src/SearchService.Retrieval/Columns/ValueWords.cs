using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Words of 64 bits that hold the places of up to four counters, side by side from the lowest bit on, and their number from bit 60 on; or, with bit 63 set,
/// the index of a list in the lower half. Read by the chunk into a buffer, so that reading them, which waits for memory, waits for many at once, and that
/// what has no value costs nothing afterwards. One thread.
/// </summary>
internal sealed unsafe class ValueWords
{
    /// <summary>Documents read at once.</summary>
    public const int Chunk = 512;

    /// <summary>Numbers that must be readable behind the last list.</summary>
    public const int Behind = 8;

    /// <summary>Places that a word has room for at most.</summary>
    public const int Most = 4;

    private const int NumberShift = 60;
    private const int ShortList = 8;
    private const int ListsAhead = 12;
    private const ulong ListSign = 1UL << 63;

    [ThreadStatic]
    private static ValueWords? _spare;

    private readonly int[] _places = GC.AllocateUninitializedArray<int>((Chunk * ShortList) + ShortList, pinned: true);
    private readonly int[] _indexes = GC.AllocateUninitializedArray<int>(Chunk + 1, pinned: true);

    private ValueWords()
    {
        fixed (int* places = _places)
        fixed (int* indexes = _indexes)
        {
            Places = places;
            Indexes = indexes;
        }
    }

    /// <summary>What was read last.</summary>
    public int* Places { get; }

    /// <summary>Where the lists begin that were met and not read yet.</summary>
    public int* Indexes { get; }

    /// <summary>How many these are.</summary>
    public int Lists { get; private set; }

    /// <summary>The thread's own.</summary>
    public static ValueWords Rent() => _spare ??= new ValueWords();

    /// <summary>Values that a word has room for.</summary>
    public static int Room(int bits) => Math.Min(Most, NumberShift / bits);

    public static ulong OfRanks(ReadOnlySpan<int> ranks, int bits)
    {
        ulong word = (ulong)ranks.Length << NumberShift;
        for (int i = 0; i < ranks.Length; i++)
        {
            word |= (ulong)(ranks[i] + ValueColumn.First) << (i * bits);
        }

        return word;
    }

    /// <param name="places">Side by side.</param>
    /// <param name="count">How many these are.</param>
    public static ulong OfPlaces(ulong places, int count) => places | ((ulong)count << NumberShift);

    public static ulong OfList(int index) => ListSign | (uint)index;

    public static bool IsList(ulong word) => (word & ListSign) != 0;

    /// <summary>The places of a word that is not a list's, without their number.</summary>
    public static ulong PlacesOf(ulong word) => word & ((1UL << NumberShift) - 1);

    /// <summary>Whether a word that is not a list's has a wanted place. Fields without a value are 0, a place that is never wanted.</summary>
    /// <param name="wanted">By place; true is 1.</param>
    // all fields there may be are looked at: how many there are comes in no order, and a wrong guess costs more
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IsAny(ulong word, int bits, byte* wanted)
    {
        ulong mask = (1UL << bits) - 1;
        word = PlacesOf(word);
        int found = wanted[word & mask];
        word >>= bits;
        found |= wanted[word & mask];
        word >>= bits;
        found |= wanted[word & mask];
        word >>= bits;
        return found | wanted[word & mask];
    }

    /// <summary>Reads documents' words into <see cref="Places"/> and notes their lists.</summary>
    /// <param name="documents">The documents; <see cref="DocNumbers.Room"/> more numbers can be read behind them.</param>
    /// <returns>The number of places.</returns>
    public int Read(ReadOnlySpan<int> documents, ulong* words, int bits)
    {
        fixed (int* docs = documents)
        {
            int lists = 0;
            int count = Avx2.IsSupported
                ? ReadByVectors(docs, documents.Length, words, bits, Places, Indexes, ref lists)
                : ReadOneByOne(docs, documents.Length, words, bits, Places, Indexes, ref lists);
            Lists = lists;
            return count;
        }
    }

    /// <summary>Reads the lists met that are short into <see cref="Places"/>; the others stay noted.</summary>
    /// <returns>The number of places.</returns>
    public int ReadShortLists(int* lists)
    {
        int left = 0;
        int count = 0;
        for (int i = 0; i < Lists; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(lists + Indexes[Math.Min(i + ListsAhead, Lists - 1)]);
            }

            int* list = lists + Indexes[i];
            if (*list > ShortList)
            {
                Indexes[left++] = Indexes[i];
                continue;
            }

            Vector256.Load(list + 1).Store(Places + count);
            count += *list;
        }

        Lists = left;
        return count;
    }

    // the loops stand alone, so that they have all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadByVectors(int* docs, int length, ulong* words, int bits, int* places, int* indexes, ref int lists)
    {
        Vector256<ulong> shifts = Vector256.Create(0UL, (ulong)bits, 2UL * (ulong)bits, 3UL * (ulong)bits);
        Vector256<ulong> mask = Vector256.Create((1UL << bits) - 1);
        Vector256<int> even = Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0);
        int listed = 0;
        int* at = places;
        for (int i = 0; i < length; i++)
        {
            Sse.Prefetch0(words + docs[i + DocNumbers.Ahead]);
            ulong word = words[docs[i]];
            Vector256<ulong> fields = Avx2.ShiftRightLogicalVariable(Vector256.Create(word), shifts) & mask;
            Avx2.PermuteVar8x32(fields.AsInt32(), even).GetLower().Store(at);
            at += (word >> NumberShift) & 7;
            indexes[listed] = (int)word;
            listed += (int)(word >> 63);
        }

        lists = listed;
        return (int)(at - places);
    }

    /// <summary>The twin of <see cref="ReadByVectors"/> for other processors.</summary>
    public static int ReadOneByOne(int* docs, int length, ulong* words, int bits, int* places, int* indexes, ref int lists)
    {
        ulong mask = (1UL << bits) - 1;
        int listed = 0;
        int* at = places;
        for (int i = 0; i < length; i++)
        {
            ulong word = words[docs[i]];
            int count = (int)(word >> NumberShift) & 7;
            for (int field = 0; field < count; field++)
            {
                *at++ = (int)((word >> (field * bits)) & mask);
            }

            indexes[listed] = (int)word;
            listed += (int)(word >> 63);
        }

        lists = listed;
        return (int)(at - places);
    }
}
