using System.Numerics;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Distinct combinations of values, numbered by how many documents have them: the most frequent is 0, of equally frequent ones the one that came first.
/// Immutable.
/// </summary>
internal sealed class ValueSets
{
    /// <summary>Combinations there may be.</summary>
    public const int MostSets = ushort.MaxValue + 1;

    // combinations there may be in any case, and documents there must be for each of more
    private const int AlwaysSets = byte.MaxValue + 1;
    private const int DocumentsASet = 8;

    private readonly List<int> _ends = [0];
    private int[] _values = new int[256];
    private int[] _order = [];

    // open addressing: a combination's number as it came plus 1, 0 for none
    private int[] _slots;

    private ValueSets(int most)
    {
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)most * 2)];
    }

    public int Count => _ends.Count - 1;

    /// <summary>Each document's combination.</summary>
    public int[] OfDocuments { get; private set; } = [];

    /// <summary>The values of a combination.</summary>
    public ReadOnlySpan<int> this[int set] => At(_order[set]);

    /// <summary>Finds the combinations; null where there are too many of them for the documents.</summary>
    public static ValueSets? TryFind(TurnedPostings turned)
    {
        int most = Math.Clamp(turned.Length / DocumentsASet, AlwaysSets, MostSets);
        ValueSets sets = new(most);
        int[] setOf = new int[turned.Length];
        for (int doc = 0; doc < setOf.Length; doc++)
        {
            setOf[doc] = sets.FindOrAdd(turned.Of(doc), most);
            if (setOf[doc] < 0)
            {
                return null;
            }
        }

        sets.Order(setOf);
        return sets;
    }

    /// <summary>The number of a combination as it came, new or not; -1 where there is no room for a new one.</summary>
    private int FindOrAdd(ReadOnlySpan<int> values, int most)
    {
        ulong hash = 0;
        foreach (int value in values)
        {
            hash = (hash + (uint)value + 1) * 0x9E3779B97F4A7C15;
        }

        int slot = (int)((hash >> 32) & (uint)(_slots.Length - 1));
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (At(_slots[slot] - 1).SequenceEqual(values))
            {
                return _slots[slot] - 1;
            }
        }

        if (Count == most)
        {
            return -1;
        }

        int end = _ends[^1] + values.Length;
        if (end > _values.Length)
        {
            Array.Resize(ref _values, end * 2);
        }

        values.CopyTo(_values.AsSpan(_ends[^1]));
        _ends.Add(end);
        _slots[slot] = Count;
        return Count - 1;
    }

    /// <summary>Numbers the combinations anew.</summary>
    private void Order(int[] setOf)
    {
        int[] documents = new int[Count];
        foreach (int set in setOf)
        {
            documents[set]++;
        }

        _order = [.. Enumerable.Range(0, documents.Length).OrderByDescending(set => documents[set])];
        int[] number = new int[_order.Length];
        for (int i = 0; i < number.Length; i++)
        {
            number[_order[i]] = i;
        }

        for (int doc = 0; doc < setOf.Length; doc++)
        {
            setOf[doc] = number[setOf[doc]];
        }

        OfDocuments = setOf;
        _slots = [];
    }

    private ReadOnlySpan<int> At(int came) => _values.AsSpan(_ends[came].._ends[came + 1]);
}
