using System.Numerics;

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

    /// <param name="ranked">The values there are.</param>
    /// <param name="length">Documents or combinations.</param>
    public WordLists(RankedValues ranked, int length)
    {
        Bits = 32 - BitOperations.LeadingZeroCount((uint)(ranked.Count + ValueColumn.First - 1) | 1);
        _words = new LargeArray<ulong>(length);
    }

    /// <summary>Bits of a place.</summary>
    public int Bits { get; }

    public int Length => _words.Length;

    public long Bytes => _words.Bytes + _lists!.Bytes;

    private ulong* Words => _words.Start;

    /// <summary>The length of a list, then its places; one list behind the other.</summary>
    private int* Lists => _lists!.Start;

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

    /// <summary>Whether one of the places is wanted.</summary>
    public bool IsAny(int index, ReadOnlySpan<bool> wanted)
    {
        ulong word = Words[index];
        if (!ValueWords.IsList(word))
        {
            return ValueWords.IsAny(word, Bits, wanted);
        }

        bool found = false;
        foreach (int place in ListOf(word))
        {
            found |= wanted[place];
        }

        return found;
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

    private ReadOnlySpan<int> ListOf(ulong word) => new(Lists + (int)word + 1, Lists[(int)word]);
}
