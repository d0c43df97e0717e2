using System.Buffers;

namespace SearchService.Retrieval.Columns;

/// <summary>The values of documents, counted over all segments of a field. One thread; returns its counters when disposed of.</summary>
internal sealed class ValueTally : IDisposable
{
    // counters looked through before it is asked whether those behind can be among the highest
    private const int Stretch = 2048;

    private readonly IReadOnlyList<ValueColumn> _columns;
    private readonly RankedValues _ranked;
    private readonly int[][] _maps;
    private readonly CountedDocuments _documents;
    private readonly CountTable _counts;
    private readonly CountTable?[] _kept;

    /// <param name="ranked">All values of the field.</param>
    /// <param name="maps">The rank in the field of every rank in a segment; none where there is a single segment.</param>
    public ValueTally(IReadOnlyList<ValueColumn> columns, RankedValues ranked, int[][] maps, CountedDocuments documents)
    {
        _columns = columns;
        _ranked = ranked;
        _maps = maps;
        _documents = documents;
        _counts = Rent(ranked);
        _kept = new CountTable?[columns.Count];
        if (columns.Count == 1)
        {
            _kept[0] = Count(0, _counts);
            return;
        }

        for (int i = 0; i < columns.Count; i++)
        {
            CountTable own = Rent(columns[i].Ranked);
            _kept[i] = Count(i, own);
            foreach (int place in own.NonZero())
            {
                _counts.Add(maps[i][place - ValueColumn.First] + ValueColumn.First, own[place]);
            }

            own.Return();
        }
    }

    /// <summary>Documents that have the value.</summary>
    public int this[int ordinal] => _counts[_ranked.Rank(ordinal) + ValueColumn.First];

    /// <summary>Values that occur.</summary>
    /// <param name="fits">Ordinals that count; null for all.</param>
    public int Distinct(bool[]? fits)
    {
        if (fits is null)
        {
            return _counts.CountNonZero(ValueColumn.First);
        }

        int distinct = 0;
        foreach (int place in _counts.NonZero())
        {
            distinct += fits[_ranked.Ordinal(place - ValueColumn.First)] ? 1 : 0;
        }

        return distinct;
    }

    /// <summary>The ordinals with the highest counts, ties by ordinal.</summary>
    /// <param name="fits">Ordinals that count; null for all.</param>
    public int[] Top(int size, bool[]? fits)
    {
        if (size >= _ranked.Count && fits is null)
        {
            return All();
        }

        TopValues top = new(size, _ranked.Count);
        for (int start = ValueColumn.First; start < _counts.Places; start += Stretch)
        {
            if (_ranked.Documents(start - ValueColumn.First) < top.Least)
            {
                // no value from here on has so many documents at all
                break;
            }

            int end = Math.Min(start + Stretch, _counts.Places);
            for (int place = _counts.Next(start, top.Least, end); place < end; place = _counts.Next(place + 1, top.Least, end))
            {
                int ordinal = _ranked.Ordinal(place - ValueColumn.First);
                if (fits is null || fits[ordinal])
                {
                    top.Add(ordinal, _counts[place]);
                }
            }
        }

        return top.Ordinals();
    }

    private int[] All()
    {
        int[] counts = ArrayPool<int>.Shared.Rent(_ranked.Count);
        for (int ordinal = 0; ordinal < _ranked.Count; ordinal++)
        {
            counts[ordinal] = this[ordinal];
        }

        int[] ordinals = TopValues.Sorted(counts.AsSpan(0, _ranked.Count));
        ArrayPool<int>.Shared.Return(counts);
        return ordinals;
    }

    /// <summary>Documents that have at least one of the values.</summary>
    /// <param name="ordinals">The values.</param>
    public long CountAny(ReadOnlySpan<int> ordinals)
    {
        bool[] wanted = ArrayPool<bool>.Shared.Rent(_ranked.Count + ValueColumn.First);
        wanted.AsSpan(0, _ranked.Count + ValueColumn.First).Clear();
        foreach (int ordinal in ordinals)
        {
            wanted[_ranked.Rank(ordinal) + ValueColumn.First] = true;
        }

        long count = 0;
        for (int i = 0; i < _columns.Count; i++)
        {
            count += _columns[i].CountAny(_documents.Numbers(i), _kept[i], _columns.Count == 1 ? wanted : OfSegment(i, wanted));
        }

        ArrayPool<bool>.Shared.Return(wanted);
        GC.KeepAlive(_columns);
        return count;
    }

    private bool[] OfSegment(int segment, bool[] wanted)
    {
        int[] map = _maps[segment];
        bool[] own = new bool[map.Length + ValueColumn.First];
        for (int rank = 0; rank < map.Length; rank++)
        {
            own[rank + ValueColumn.First] = wanted[map[rank] + ValueColumn.First];
        }

        return own;
    }

    public void Dispose()
    {
        _counts.Return();
        foreach (CountTable? kept in _kept)
        {
            kept?.Return();
        }
    }

    private static CountTable Rent(RankedValues ranked) => CountTable.Rent(ranked.Count + ValueColumn.First, ranked.Heavy + ValueColumn.First);

    private CountTable? Count(int segment, CountTable counts) => _columns[segment].Count(_documents.Numbers(segment), counts);
}
