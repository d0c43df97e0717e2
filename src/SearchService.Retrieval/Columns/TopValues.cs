using System.Buffers;

namespace SearchService.Retrieval.Columns;

/// <summary>The values with the highest counts, ties by the values' order.</summary>
/// <param name="size">Values wanted.</param>
/// <param name="candidates">Values that may come.</param>
internal struct TopValues(int size, int candidates)
{
    // so many are kept in order all the time, more by turns
    private const int Few = 32;

    // more than wanted: sorted and cut each time it is full
    private readonly long[] _keys = new long[Math.Min(size <= Few ? size : size < int.MaxValue / 2 ? size * 2 : int.MaxValue, candidates)];
    private int _count;
    private long _last = long.MinValue;

    /// <summary>A lower count cannot get among them any more; at least 1.</summary>
    public int Least { get; private set; } = size == 0 ? int.MaxValue : 1;

    /// <summary>The ordinals of all counts that are not zero, the highest first, ties by ordinal.</summary>
    /// <param name="counts">One for each ordinal.</param>
    public static int[] Sorted(ReadOnlySpan<int> counts)
    {
        int[] found = ArrayPool<int>.Shared.Rent(counts.Length + 1);
        int filled = 0;
        int most = 0;
        for (int ordinal = 0; ordinal < counts.Length; ordinal++)
        {
            found[filled] = ordinal;
            filled += counts[ordinal] != 0 ? 1 : 0;
            most = Math.Max(most, counts[ordinal]);
        }

        int[] ordinals = new int[filled];
        if (filled > Few)
        {
            Spread(found.AsSpan(0, filled), counts, most, ordinals);
        }
        else
        {
            found.AsSpan(0, filled).CopyTo(ordinals);
            SortByKeys(ordinals, counts);
        }

        ArrayPool<int>.Shared.Return(found);
        return ordinals;
    }

    /// <summary>Puts ordinals, which ascend, where their counts belong: low counts, as most are, at once.</summary>
    private static void Spread(ReadOnlySpan<int> found, ReadOnlySpan<int> counts, int most, int[] ordinals)
    {
        const int Bar = 256;
        Span<int> starts = stackalloc int[Bar + 1];
        starts.Clear();
        foreach (int ordinal in found)
        {
            starts[Math.Min(counts[ordinal], Bar)]++;
        }

        int before = 0;
        for (int count = Math.Min(most, Bar); count > 0; count--)
        {
            (starts[count], before) = (before, before + starts[count]);
        }

        foreach (int ordinal in found)
        {
            ordinals[starts[Math.Min(counts[ordinal], Bar)]++] = ordinal;
        }

        if (most >= Bar)
        {
            SortByKeys(ordinals.AsSpan(0, starts[Bar]), counts);
        }
    }

    public void Add(int ordinal, int count)
    {
        long key = ((long)count << 32) | (uint)~ordinal;
        if (key < _last || size == 0)
        {
            return;
        }

        if (size <= Few)
        {
            Insert(key);
            return;
        }

        _keys[_count++] = key;
        if (_count == _keys.Length && _count > size)
        {
            Cut();
        }
    }

    /// <summary>Ordinals, the best first.</summary>
    public int[] Ordinals()
    {
        if (size > Few)
        {
            Cut();
        }

        int[] ordinals = new int[_count];
        for (int i = 0; i < ordinals.Length; i++)
        {
            ordinals[i] = ~(int)_keys[i];
        }

        return ordinals;
    }

    private void Insert(long key)
    {
        int at = _count < size ? _count++ : size - 1;
        for (; at > 0 && _keys[at - 1] < key; at--)
        {
            _keys[at] = _keys[at - 1];
        }

        _keys[at] = key;
        NoteLast();
    }

    private void Cut()
    {
        Span<long> keys = _keys.AsSpan(0, _count);
        keys.Sort();
        keys.Reverse();
        _count = Math.Min(_count, size);
        NoteLast();
    }

    private void NoteLast()
    {
        if (_count == size && size > 0)
        {
            _last = _keys[size - 1];
            Least = (int)(_last >> 32);
        }
    }

    private static void SortByKeys(Span<int> ordinals, ReadOnlySpan<int> counts)
    {
        Span<long> keys = ordinals.Length <= Few ? stackalloc long[Few] : new long[ordinals.Length];
        keys = keys[..ordinals.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)-counts[ordinals[i]] << 32) | (uint)ordinals[i];
        }

        if (keys.Length > Few)
        {
            keys.Sort();
        }
        else
        {
            SortFew(keys);
        }

        for (int i = 0; i < keys.Length; i++)
        {
            ordinals[i] = (int)keys[i];
        }
    }

    private static void SortFew(Span<long> keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            long key = keys[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
            }

            keys[at] = key;
        }
    }
}
