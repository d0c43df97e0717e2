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
    private readonly RankedValues _ranked;
    private readonly int[][] _maps;
    private readonly Lazy<FoldedValues> _folded;

    /// <param name="columns">One column a segment, in the reader's order.</param>
    /// <param name="readable">The words that a prefix may begin, where they are more than the value: a code's name. Null: the value.</param>
    public ValueField(IReadOnlyList<ValueColumn> columns, Func<string, string>? readable = null)
    {
        _columns = [.. columns];
        (_ranked, _maps) = Merge(_columns);
        _folded = new Lazy<FoldedValues>(() => new FoldedValues(Values, readable ?? (value => value)));
    }

    /// <summary>The values of all segments.</summary>
    public ValueDictionary Values => _ranked.Values;

    /// <summary>One column a segment, in the reader's order.</summary>
    public IReadOnlyList<ValueColumn> Columns => _columns;

    /// <summary>Bytes held, columns included.</summary>
    public long Bytes => _columns.Sum(c => c.Bytes)
        + (_columns.Length > 1 ? _ranked.Bytes : 0)
        + _maps.Sum(m => (long)m.Length * sizeof(int))
        + (_folded.IsValueCreated ? _folded.Value.Bytes : 0);

    /// <summary>The values that most of the given documents have, the most frequent first, ties by value.</summary>
    public IReadOnlyList<ValueCount> Top(CountedDocuments documents, int size)
    {
        if (_columns.Length == 1
            && _columns[0].Bands.AreBest(documents.Count(0), size)
            && _columns[0].Bands.Top(documents.Sets[0], size) is { } best)
        {
            return best;
        }

        using ValueTally tally = new(_columns, _ranked, _maps, documents);
        return Named(tally, tally.Top(size, null));
    }

    /// <summary>Counts the values of the given documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="size">Values listed at most.</param>
    /// <param name="extra">Values listed in any case, with 0 where they do not occur.</param>
    /// <param name="prefix">Only values with a word that begins so, folded and in any case; null for all.</param>
    public ValueCounts Count(CountedDocuments documents, int size, IReadOnlyCollection<string> extra, string? prefix)
    {
        using ValueTally tally = new(_columns, _ranked, _maps, documents);
        bool[]? fits = prefix is null ? null : Fitting(prefix);
        int[] listed = tally.Top(size, fits);
        if (extra.Count > 0)
        {
            listed = [.. listed, .. extra.Select(Values.Find).Where(o => o >= 0 && (fits is null || fits[o])).Distinct().Except(listed)];
        }

        List<ValueCount> values = Named(tally, listed);
        if (prefix is null && extra.Count > 0)
        {
            values.AddRange(extra.Where(v => Values.Find(v) < 0).Distinct(StringComparer.Ordinal).Select(v => new ValueCount(v, 0)));
        }

        long present = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            present += documents.Sets[i].CountAnd(_columns[i].WithValue);
        }

        int total = tally.Distinct(fits);
        int occurring = listed.Count(o => tally[o] > 0);
        long fitting = fits is null ? present : total == occurring ? 0 : tally.CountAny([.. Enumerable.Range(0, fits.Length).Where(o => fits[o])]);
        return new ValueCounts(values, total, documents.Total - present, total == occurring ? 0 : fitting - tally.CountAny(listed));
    }

    private List<ValueCount> Named(ValueTally tally, int[] ordinals)
    {
        List<ValueCount> values = new(ordinals.Length);
        foreach (int ordinal in ordinals)
        {
            values.Add(new ValueCount(Values[ordinal], tally[ordinal]));
        }

        return values;
    }

    private bool[] Fitting(string prefix)
    {
        bool[] fits = new bool[Values.Count];
        _folded.Value.Match(prefix, ordinal => fits[ordinal] = true);
        return fits;
    }

    private static (RankedValues Ranked, int[][] Maps) Merge(ValueColumn[] columns)
    {
        switch (columns.Length)
        {
            case 0:
                return (new RankedValues(ValueDictionary.Empty, []), []);
            case 1:
                return (columns[0].Ranked, []);
        }

        (ValueDictionary union, int[][] ordinals) = ValueDictionary.Merge([.. columns.Select(c => c.Values)]);
        int[] documents = new int[union.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            for (int ordinal = 0; ordinal < ordinals[i].Length; ordinal++)
            {
                documents[ordinals[i][ordinal]] += columns[i].Documents(ordinal);
            }
        }

        RankedValues ranked = new(union, documents);
        return (ranked, [.. columns.Select((c, i) => MapOf(c.Ranked, ordinals[i], ranked))]);
    }

    private static int[] MapOf(RankedValues part, int[] ordinals, RankedValues whole)
    {
        int[] map = new int[ordinals.Length];
        for (int rank = 0; rank < map.Length; rank++)
        {
            map[rank] = whole.Rank(ordinals[part.Ordinal(rank)]);
        }

        return map;
    }
}
