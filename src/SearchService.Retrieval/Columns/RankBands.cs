using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The most frequent values of a column by bands of ranks, to find the highest counts over many documents without looking at all values: one that fewer
/// documents have at all than the last one found has among them cannot be one of these. Thread-safe.
/// </summary>
internal sealed class RankBands
{
    // a band behind these has hardly more postings than steps
    private const int MostBands = 8;

    private readonly ValueColumn _column;
    private readonly RankedValues _ranked;
    private readonly double[] _steps;
    private readonly Lazy<RankBand[]> _bands;

    /// <param name="column">The column; read when a search first wants the bands.</param>
    public RankBands(ValueColumn column)
    {
        _column = column;
        _ranked = column.Ranked;
        int bands = Math.Min(MostBands, (_ranked.Count + RankBand.Values - 1) / RankBand.Values);
        _steps = [.. Enumerable.Range(0, bands).Select(b => RankBand.StepsOf(_ranked, b, column.Length))];
        _bands = new Lazy<RankBand[]>(Build);
    }

    /// <summary>Bytes held.</summary>
    public long Bytes => _bands.IsValueCreated ? _bands.Value.Sum(b => b.Bytes) : 0;

    /// <summary>Whether finding the highest counts by bands costs less than looking up each document.</summary>
    /// <param name="count">Documents to be counted.</param>
    /// <param name="size">Counts wanted.</param>
    public bool AreBest(int count, int size)
    {
        if (!RankBand.IsFast || size == 0)
        {
            return false;
        }

        // were values spread evenly, the last one wanted would have this many of the documents
        long least = size > _ranked.Count ? 0 : (long)_ranked.Documents(size - 1) * count / _column.Length;
        double left = count * _column.StepsPerDocument;
        int rank = 0;
        for (int band = 0; rank < _ranked.Count && _ranked.Documents(rank) >= least; band++, rank += RankBand.Values)
        {
            if (band == _steps.Length || (left -= _steps[band]) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values with the highest counts over a set; null where it cannot be said that these are the highest.</summary>
    /// <param name="documents">A set over the segment's documents.</param>
    /// <param name="size">Values wanted.</param>
    /// <returns>The highest count first, ties by ordinal.</returns>
    public ValueCount[]? Top(DocBits documents, int size)
    {
        // of the values seen, by ordinal where all are wanted, else by rank
        bool all = size >= _ranked.Count;
        int[] counts = ArrayPool<int>.Shared.Rent((_steps.Length + 1) * RankBand.Values);
        TopValues top = new(all ? 0 : size, _ranked.Count);
        int rank = 0;
        int least = 1;
        foreach (RankBand band in _bands.Value)
        {
            if (_ranked.Documents(rank) < least)
            {
                break;
            }

            band.Count(documents, counts.AsSpan(rank));
            if (!all)
            {
                AddHigh(counts, rank, ref top);
                least = top.Least;
            }

            rank = Math.Min(rank + RankBand.Values, _ranked.Count);
        }

        ValueCount[]? found = rank == _ranked.Count || _ranked.Documents(rank) < least ? Named(all ? Sorted(counts) : top.Ordinals(), counts) : null;
        ArrayPool<int>.Shared.Return(counts);
        return found;
    }

    private void AddHigh(int[] counts, int first, ref TopValues top)
    {
        for (int rank = first; rank < first + RankBand.Values; rank += Vector512<int>.Count)
        {
            ulong high = Vector512.GreaterThanOrEqual(Vector512.Create(counts, rank), Vector512.Create(top.Least)).ExtractMostSignificantBits();
            for (; high != 0; high &= high - 1)
            {
                int one = rank + BitOperations.TrailingZeroCount(high);
                if (counts[one] >= top.Least)
                {
                    top.Add(_ranked.Ordinal(one), counts[one]);
                }
            }
        }
    }

    private int[] Sorted(int[] counts)
    {
        int[] byOrdinal = ArrayPool<int>.Shared.Rent(_ranked.Count);
        for (int ordinal = 0; ordinal < _ranked.Count; ordinal++)
        {
            byOrdinal[ordinal] = counts[_ranked.Rank(ordinal)];
        }

        int[] sorted = TopValues.Sorted(byOrdinal.AsSpan(0, _ranked.Count));
        ArrayPool<int>.Shared.Return(byOrdinal);
        return sorted;
    }

    private ValueCount[] Named(int[] ordinals, int[] counts)
    {
        ValueCount[] values = new ValueCount[ordinals.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new ValueCount(_ranked.Values[ordinals[i]], counts[_ranked.Rank(ordinals[i])]);
        }

        return values;
    }

    // at once as fast as it gets, with all that it calls: a search waits for it once
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private RankBand[] Build()
    {
        RankBandBuilder[] builders = [.. _steps.Select((_, b) => new RankBandBuilder(_ranked, b, _column.Length))];
        int limit = builders.Length * RankBand.Values;
        Span<int> room = stackalloc int[ValueWords.Most];
        for (int doc = 0; doc < _column.Length; doc++)
        {
            foreach (int place in _column.Places(doc, room))
            {
                int rank = place - ValueColumn.First;
                if (rank < limit)
                {
                    builders[rank / RankBand.Values].Add(doc, rank);
                }
            }

            if (RankBand.EndsBlock(doc, _column.Length))
            {
                foreach (RankBandBuilder builder in builders)
                {
                    builder.EndBlock(doc);
                }
            }
        }

        GC.KeepAlive(_column);
        return [.. builders.Select(b => b.Build())];
    }
}
