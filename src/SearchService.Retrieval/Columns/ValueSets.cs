using System.Numerics;

namespace SearchService.Retrieval.Columns;

/// <summary>Distinct combinations of values, numbered as they come in.</summary>
/// <param name="most">Combinations at most.</param>
internal sealed class ValueSets(int most)
{
    private readonly List<int> _ends = [0];
    private int[] _values = new int[256];

    // open addressing: a combination's number plus 1, 0 for none
    private readonly int[] _slots = new int[BitOperations.RoundUpToPowerOf2((uint)most * 2)];

    public int Count => _ends.Count - 1;

    public ReadOnlySpan<int> this[int set] => _values.AsSpan(_ends[set].._ends[set + 1]);

    /// <summary>The number of a combination, new or not; -1 where there is no room for a new one.</summary>
    public int FindOrAdd(ReadOnlySpan<int> values)
    {
        ulong hash = 0;
        foreach (int value in values)
        {
            hash = (hash + (uint)value + 1) * 0x9E3779B97F4A7C15;
        }

        int slot = (int)((hash >> 32) & (uint)(_slots.Length - 1));
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (this[_slots[slot] - 1].SequenceEqual(values))
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
}
