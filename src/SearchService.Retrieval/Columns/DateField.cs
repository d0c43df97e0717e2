namespace SearchService.Retrieval.Columns;

/// <summary>Counts of a date histogram.</summary>
/// <param name="Interval">The width used.</param>
/// <param name="Edges">First days of the buckets, ascending without gaps, and the day after the last; empty where there is no bucket.</param>
/// <param name="Counts">One count a bucket.</param>
/// <param name="Imprecise">Documents whose date is coarser than the interval.</param>
/// <param name="Missing">Documents without a date.</param>
public sealed record DateCounts(CivilInterval Interval, int[] Edges, long[] Counts, long Imprecise, long Missing);

/// <summary>The dates of all segments of a reader. Thread-safe.</summary>
public sealed class DateField(IReadOnlyList<DateColumn> columns)
{
    /// <summary>Most buckets where the interval is chosen by the counter.</summary>
    public const int AutoBuckets = 100;

    /// <summary>Most buckets at all: a finer interval wanted gives way to the finest with no more.</summary>
    public const int MaxBuckets = 10_000;

    /// <summary>One column a segment, in the reader's order.</summary>
    public IReadOnlyList<DateColumn> Columns { get; } = columns;

    /// <summary>Bytes held.</summary>
    public long Bytes => Columns.Sum(c => c.Bytes);

    /// <summary>
    /// Counts the documents per calendar period, from the first bucket with a document to the last.
    /// </summary>
    /// <param name="documents">The documents.</param>
    /// <param name="interval">
    /// The width; null for the finest that gives at most <see cref="AutoBuckets"/> buckets and leaves out, as too coarse, no
    /// more than half of the documents with a date.
    /// </param>
    public DateCounts Count(CountedDocuments documents, CivilInterval? interval)
    {
        long dated = CountKnown(documents, CivilPeriod.Year);
        int buckets = interval is null ? AutoBuckets : MaxBuckets;
        CivilPeriod period = CivilPeriod.Year;
        long known = dated;
        for (CivilInterval width = interval ?? CivilInterval.Day; ; width++)
        {
            if (CivilDay.Coarsest(width) is var wanted && wanted != period)
            {
                period = wanted;
                known = CountKnown(documents, period);
            }

            bool last = width == CivilInterval.Decade;
            if (interval is null && !last && known * 2 < dated)
            {
                continue;
            }

            (int First, int Last)? span = Span(documents, period);
            if ((span is { } s ? CivilDay.Edges(s.First, s.Last, width, last ? int.MaxValue : buckets) : []) is { } edges)
            {
                return new DateCounts(width, edges, Histogram(documents, period, edges), dated - known, documents.Total - dated);
            }
        }
    }

    /// <summary>The days of the documents known precisely enough for an interval, to count buckets of it again and again.</summary>
    /// <param name="documents">One set a segment.</param>
    public DayCounts Days(IReadOnlyList<DocBits> documents, CivilInterval interval)
    {
        List<int> days = [];
        for (int i = 0; i < Columns.Count; i++)
        {
            Columns[i].AddDays(documents[i], CivilDay.Coarsest(interval), days);
        }

        return new DayCounts(days);
    }

    private long CountKnown(CountedDocuments documents, CivilPeriod period)
    {
        long known = 0;
        for (int i = 0; i < Columns.Count; i++)
        {
            known += Columns[i].CountKnown(documents, i, period);
        }

        return known;
    }

    private (int First, int Last)? Span(CountedDocuments documents, CivilPeriod period)
    {
        (int First, int Last)? span = null;
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Span(documents.Sets[i], period) is { } s)
            {
                span = span is { } so ? (Math.Min(so.First, s.First), Math.Max(so.Last, s.Last)) : s;
            }
        }

        return span;
    }

    private long[] Histogram(CountedDocuments documents, CivilPeriod period, int[] edges)
    {
        long[] counts = new long[Math.Max(0, edges.Length - 1)];
        for (int i = 0; i < Columns.Count && counts.Length > 0; i++)
        {
            Columns[i].Histogram(documents.Sets[i], period, edges, counts);
        }

        return counts;
    }
}
