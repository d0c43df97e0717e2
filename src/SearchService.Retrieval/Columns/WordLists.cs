using System.Numerics;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The places of values' counters by document, or by combination of values: a word each, see <see cref="ValueWords"/>, and lists for those that a word has no
/// room for. Immutable once complete.
/// </summary>
internal sealed unsafe class WordLists
{
    private readonly LargeArray<ulong> _words;
    private List<int> _growing = [];
    private LargeArray<int>? _lists;

    /// <param name="values">Values there are.</param>
    /// <param name="length">Documents or combinations.</param>
    public WordLists(int values, int length)
    {
        Bits = BitsOf(values);
        _words = new LargeArray<ulong>(length);
    }

    /// <summary>Bits of a place.</summary>
    public int Bits { get; }

    public int Length => _words.Length;

    public long Bytes => _words.Bytes + _lists!.Bytes;

    private ulong* Words => _words.Start;

    /// <summary>The length of a list, then its places; one list behind the other.</summary>
    private int* Lists => _lists!.Start;

    /// <summary>Values that a word has room for, more are listed.</summary>
    /// <param name="values">Values there are.</param>
    public static int Room(int values) => ValueWords.Room(BitsOf(values));

    /// <summary>Reads the values of all, as <see cref="ColumnWriter"/> wrote them.</summary>
    /// <param name="listed">Numbers in lists.</param>
    /// <param name="weights">How often each counts; empty where that is once.</param>
    /// <param name="counts">Takes how often each place occurs, 0 for those without values; one for each place, all zero before.</param>
    /// <exception cref="CorruptIndexException">There is no such place, a place comes twice, or the lists have not as many numbers.</exception>
    // at once as fast as it gets, see RankedValues; no branch on how many values there are, which comes in no order: each is made a word and a list, and
    // the list is left behind that is not needed
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ref NumberReader numbers, int listed, ReadOnlySpan<int> weights, Span<int> counts)
    {
        _lists = new LargeArray<int>(listed + ValueWords.Behind);
        NumberReader reader = numbers;
        Span<int> lists = _lists.Span;
        Span<ulong> words = _words.Span;
        int bits = Bits;
        int room = ValueWords.Room(bits);
        int filled = 0;
        int index = 0;
        ulong word = 0;
        uint place = 0;
        int found = 0;
        while (index < words.Length)
        {
            uint number = reader.Next();
            uint step = number >> 1;
            place += step;
            if ((place >= (uint)counts.Length) | ((step == 0) & ((number | place) != 0)) | (filled + found + 1 >= lists.Length))
            {
                ThrowPlace(place, counts.Length);
            }

            counts[(int)place] += weights.IsEmpty ? 1 : weights[index];
            lists[filled + found + 1] = (int)place;
            word |= (ulong)place << (found * bits);
            found += step == 0 ? 0 : 1;
            lists[filled] = found;

            // all ones where the word has no room, and where this was the last
            int over = (room - found) >> 31;
            int last = (int)(number & 1) - 1;
            ulong places = ValueWords.OfPlaces(word, found);
            words[index] = places ^ ((places ^ ValueWords.OfList(filled)) & (ulong)(long)over);
            filled += last & over & (found + 1);
            index -= last;
            word &= (ulong)(long)~last;
            place &= (uint)~last;
            found &= ~last;
        }

        numbers = reader;
        GC.KeepAlive(this);
        if (filled != listed)
        {
            throw new CorruptIndexException($"a column has {filled} numbers in lists, want {listed}");
        }
    }

    /// <summary>Sets the values of one document or combination.</summary>
    public void Set(int index, ReadOnlySpan<int> ranks)
    {
        if (ranks.Length <= ValueWords.Room(Bits))
        {
            Words[index] = ValueWords.OfRanks(ranks, Bits);
            return;
        }

        Words[index] = ValueWords.OfList(_growing.Count);
        _growing.Add(ranks.Length);
        foreach (int rank in ranks)
        {
            _growing.Add(rank + ValueColumn.First);
        }
    }

    /// <summary>Says that all are set.</summary>
    public void Complete()
    {
        _lists = new LargeArray<int>(_growing.Count + ValueWords.Behind);
        _growing.CopyTo(_lists.Span);
        _growing = [];
    }

    /// <summary>The first from <paramref name="from"/> on that has no values; -1 where there is none.</summary>
    public int NextEmpty(int from)
    {
        int found = _words.Span[from..].IndexOf(0UL);
        GC.KeepAlive(_words);
        return found < 0 ? -1 : from + found;
    }

    /// <summary>Those that have values.</summary>
    public DocBits NonEmpty() => DocBits.Except(_words, 0UL);

    /// <summary>Whether one of the places is wanted.</summary>
    public bool IsAny(int index, ReadOnlySpan<bool> wanted)
    {
        fixed (bool* places = wanted)
        {
            return IsAny(index, (byte*)places) != 0;
        }
    }

    /// <summary>Number of documents or combinations that have a wanted place.</summary>
    public int CountAny(ReadOnlySpan<int> indexes, ReadOnlySpan<bool> wanted)
    {
        int count = 0;
        fixed (bool* places = wanted)
        {
            foreach (int index in indexes)
            {
                count += IsAny(index, (byte*)places);
            }
        }

        return count;
    }

    /// <summary>The places of one document or combination.</summary>
    /// <param name="room">Room for <see cref="ValueWords.Most"/>.</param>
    // see RankBands
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> Places(int index, Span<int> room)
    {
        ulong word = Words[index];
        if (ValueWords.IsList(word))
        {
            return ListOf(word);
        }

        int count = 0;
        ulong mask = (1UL << Bits) - 1;
        for (word = ValueWords.PlacesOf(word); word != 0; word >>= Bits)
        {
            room[count++] = (int)(word & mask);
        }

        return room[..count];
    }

    /// <summary>Adds 1 at each of the places of several documents or combinations.</summary>
    /// <param name="indexes">Which; <see cref="DocNumbers.Room"/> more numbers can be read behind them.</param>
    public void Count(ReadOnlySpan<int> indexes, CountTable counts)
    {
        ValueWords chunk = ValueWords.Rent();
        CountTable.Counters counters = counts.Each;
        for (int at = 0; at < indexes.Length; at += ValueWords.Chunk)
        {
            ReadOnlySpan<int> some = indexes[at..Math.Min(at + ValueWords.Chunk, indexes.Length)];
            counters.Increment(chunk.Places, chunk.Read(some, Words, Bits));
            counters.Increment(chunk.Places, chunk.ReadShortLists(Lists));
            for (int i = 0; i < chunk.Lists; i++)
            {
                int* list = Lists + chunk.Indexes[i];
                counters.Increment(list + 1, *list);
            }
        }
    }

    /// <summary>Adds a number at each of the places.</summary>
    public void Add(int index, int count, CountTable counts)
    {
        ulong word = Words[index];
        if (ValueWords.IsList(word))
        {
            foreach (int place in ListOf(word))
            {
                counts.Add(place, count);
            }

            return;
        }

        int mask = (1 << Bits) - 1;
        for (word = ValueWords.PlacesOf(word); word != 0; word >>= Bits)
        {
            counts.Add((int)word & mask, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowPlace(uint place, int places) =>
        throw new CorruptIndexException($"a column has a value at place {place} of {places}, want places to ascend and lists to end");

    private static int BitsOf(int values) => 32 - BitOperations.LeadingZeroCount((uint)(values + ValueColumn.First - 1) | 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IsAny(int index, byte* wanted)
    {
        ulong word = Words[index];
        if (!ValueWords.IsList(word))
        {
            return ValueWords.IsAny(word, Bits, wanted);
        }

        int found = 0;
        foreach (int place in ListOf(word))
        {
            found |= wanted[place];
        }

        return found;
    }

    private ReadOnlySpan<int> ListOf(ulong word) => new(Lists + (int)word + 1, Lists[(int)word]);
}
