using System.Buffers;

namespace SearchService.Retrieval.Columns;

/// <summary>How often a value occurs among the documents counted.</summary>
public readonly record struct ValueCount(string Value, long Count);

/// <summary>The answer to a count of values.</summary>
/// <param name="Values">The most frequent first, ties by value; after them the extra values asked for that are not among them.</param>
/// <param name="Total">Distinct values that occur.</param>
/// <param name="Missing">Documents without a value.</param>
/// <param name="Other">Documents that have a value but none of those listed.</param>
public sealed record ValueCounts(IReadOnlyList<ValueCount> Values, int Total, long Missing, long Other);

/// <summary>
/// One field over all segments of a reader: a column each, and one dictionary of all their values. Thread-safe.
/// </summary>
public sealed class ValueField
{
    private readonly ValueColumn[] _columns;
    private readonly int[][] _maps;
    private readonly Lazy<FoldedValues> _folded;

    /// <param name="columns">One column a segment, in the reader's order.</param>
    /// <param name="readable">The words that a prefix may begin, where they are more than the value: a code's name. Null: the value.</param>
    public ValueField(IReadOnlyList<ValueColumn> columns, Func<string, string>? readable = null)
    {
        _columns = [.. columns];
        (Values, _maps) = columns.Count == 0 ? (ValueDictionary.Empty, []) : ValueDictionary.Merge([.. columns.Select(c => c.Values)]);
        _folded = new Lazy<FoldedValues>(() => new FoldedValues(Values, readable ?? (value => value)));
    }

    /// <summary>The values of all segments.</summary>
    public ValueDictionary Values { get; }

    /// <summary>One column a segment, in the reader's order.</summary>
    public IReadOnlyList<ValueColumn> Columns => _columns;

    /// <summary>Bytes held, columns included.</summary>
    public long Bytes => _columns.Sum(c => c.Bytes)
        + (_columns.Length > 1 ? Values.Bytes : 0)
        + _maps.Sum(m => (long)m.Length * sizeof(int))
        + (_folded.IsValueCreated ? _folded.Value.Bytes : 0);

    /// <summary>Counts the values of the given documents.</summary>
    /// <param name="documents">One set a segment.</param>
    /// <param name="size">Values listed at most.</param>
    /// <param name="extra">Values listed in any case, with 0 where they do not occur.</param>
    /// <param name="prefix">Only values with a word that begins so, folded and in any case; null for all.</param>
    public ValueCounts Count(IReadOnlyList<DocBits> documents, int size, IReadOnlyCollection<string> extra, string? prefix)
    {
        int places = Values.Count + 1;
        int[] counts = ArrayPool<int>.Shared.Rent(places);
        try
        {
            Array.Clear(counts, 0, places);
            CountAll(documents, counts);
            bool[]? fits = prefix is null ? null : Fitting(prefix);
            (int[] top, int total) = Top(counts.AsSpan(1, Values.Count), size, fits);
            int[] listed = [.. top, .. extra.Select(Values.Find).Where(o => o >= 0 && (fits is null || fits[o])).Distinct().Except(top)];
            List<ValueCount> values = [.. listed.Select(o => new ValueCount(Values[o], counts[o + 1]))];
            if (prefix is null)
            {
                values.AddRange(extra.Where(v => Values.Find(v) < 0).Distinct(StringComparer.Ordinal).Select(v => new ValueCount(v, 0)));
            }

            long missing = 0;
            for (int i = 0; i < documents.Count; i++)
            {
                missing += documents[i].Count() - documents[i].CountAnd(_columns[i].WithValue);
            }

            int occurring = listed.Count(o => counts[o + 1] > 0);
            return new ValueCounts(values, total, missing, total == occurring ? 0 : CountRest(documents, listed, fits));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    private void CountAll(IReadOnlyList<DocBits> documents, int[] counts)
    {
        if (_columns.Length == 1)
        {
            _columns[0].Count(documents[0], counts);
            return;
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            int places = _columns[i].Values.Count + 1;
            int[] local = ArrayPool<int>.Shared.Rent(places);
            Array.Clear(local, 0, places);
            _columns[i].Count(documents[i], local);
            int[] map = _maps[i];
            for (int ordinal = 0; ordinal < map.Length; ordinal++)
            {
                counts[map[ordinal] + 1] += local[ordinal + 1];
            }

            ArrayPool<int>.Shared.Return(local);
        }
    }

    /// <summary>The ordinals with the highest counts, ties by ordinal, and how many ordinals have a count at all.</summary>
    private static (int[] Top, int Total) Top(ReadOnlySpan<int> counts, int size, bool[]? fits)
    {
        // The head of the queue is the worst of the best: the lowest count, among equal ones the highest ordinal.
        PriorityQueue<int, (int Count, int Descending)> best = new(size + 1);
        int total = 0;
        int threshold = 0;
        for (int ordinal = 0; ordinal < counts.Length; ordinal++)
        {
            int count = counts[ordinal];
            if (count == 0 || (fits is not null && !fits[ordinal]))
            {
                continue;
            }

            total++;
            if (count <= threshold)
            {
                continue;
            }

            if (best.Count < size)
            {
                best.Enqueue(ordinal, (count, -ordinal));
            }
            else if (size > 0)
            {
                best.EnqueueDequeue(ordinal, (count, -ordinal));
            }

            if (best.Count == size && best.TryPeek(out _, out (int Count, int Descending) worst))
            {
                threshold = worst.Count;
            }
        }

        int[] top = new int[best.Count];
        for (int i = top.Length - 1; i >= 0; i--)
        {
            top[i] = best.Dequeue();
        }

        return (top, total);
    }

    private long CountRest(IReadOnlyList<DocBits> documents, int[] listed, bool[]? fits)
    {
        byte[] global = new byte[Values.Count];
        for (int ordinal = 0; ordinal < global.Length; ordinal++)
        {
            global[ordinal] = fits is null || fits[ordinal] ? ValueColumn.Unlisted : (byte)0;
        }

        foreach (int ordinal in listed)
        {
            global[ordinal] = ValueColumn.Listed;
        }

        long rest = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            int[] map = _maps[i];
            byte[] classes = new byte[map.Length + 1];
            for (int ordinal = 0; ordinal < map.Length; ordinal++)
            {
                classes[ordinal + 1] = global[map[ordinal]];
            }

            rest += _columns[i].CountRest(documents[i], classes);
        }

        return rest;
    }

    private bool[] Fitting(string prefix)
    {
        bool[] fits = new bool[Values.Count];
        _folded.Value.Match(prefix, ordinal => fits[ordinal] = true);
        return fits;
    }
}
