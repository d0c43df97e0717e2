namespace SearchService.Retrieval.Columns;

/// <summary>The values with the highest counts, ties by the values' order.</summary>
/// <param name="size">Values wanted.</param>
/// <param name="candidates">Values that may come.</param>
internal struct TopValues(int size, int candidates)
{
    // twice as many as wanted: sorted and cut each time it is full
    private readonly long[] _keys = new long[Math.Min(size < int.MaxValue / 2 ? size * 2 : int.MaxValue, candidates)];
    private int _count;
    private long _last = long.MinValue;

    /// <summary>A lower count cannot get among them any more; at least 1.</summary>
    public int Least { get; private set; } = size == 0 ? int.MaxValue : 1;

    public void Add(int ordinal, int count)
    {
        long key = ((long)count << 32) | (uint)~ordinal;
        if (key < _last || size == 0)
        {
            return;
        }

        _keys[_count++] = key;
        if (_count == _keys.Length && _count > size)
        {
            Cut();
        }
    }

    /// <summary>Ordinals and counts, the best first.</summary>
    public (int[] Ordinals, int[] Counts) Best()
    {
        int[] ordinals = Ordinals();
        int[] counts = new int[ordinals.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (int)(_keys[i] >> 32);
        }

        return (ordinals, counts);
    }

    /// <summary>Ordinals, the best first.</summary>
    public int[] Ordinals()
    {
        Cut();
        int[] ordinals = new int[_count];
        for (int i = 0; i < ordinals.Length; i++)
        {
            ordinals[i] = ~(int)_keys[i];
        }

        return ordinals;
    }

    private void Cut()
    {
        Span<long> keys = _keys.AsSpan(0, _count);
        keys.Sort();
        keys.Reverse();
        if (_count >= size && size > 0)
        {
            _count = size;
            _last = keys[size - 1];
            Least = (int)(_last >> 32);
        }
    }
}
