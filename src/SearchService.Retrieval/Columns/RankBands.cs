using System.Runtime.CompilerServices;

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
    /// <returns>Ordinals and counts, the highest count first, ties by ordinal.</returns>
    public (int[] Ordinals, int[] Counts)? Top(DocBits documents, int size)
    {
        Span<int> counts = stackalloc int[RankBand.Values];
        TopValues top = new(size, _ranked.Count);
        int rank = 0;
        foreach (RankBand band in _bands.Value)
        {
            if (_ranked.Documents(rank) < top.Least)
            {
                break;
            }

            band.Count(documents, counts);
            int end = Math.Min(rank + RankBand.Values, _ranked.Count);
            for (int code = 0; rank < end; rank++, code++)
            {
                if (counts[code] >= top.Least)
                {
                    top.Add(_ranked.Ordinal(rank), counts[code]);
                }
            }
        }

        return rank == _ranked.Count || _ranked.Documents(rank) < top.Least ? top.Best() : null;
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
