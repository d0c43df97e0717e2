using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The civil dates of one segment's documents: the day, the second of the day, and how much of it is known. Deleted
/// documents keep theirs, so a column is loaded once and shared by every reader of the segment. Immutable, thread-safe.
/// </summary>
public sealed class DateColumn
{
    /// <summary>Sort key of a document without a date.</summary>
    public const long Undated = -1;

    private const int SecondBits = 17;
    private const int PeriodBits = 3;

    // An undated document has the greatest day, so that the days of a segment in date order ascend to its end.
    private readonly int[] _days;
    private readonly int[] _seconds;
    private readonly DocBits _dated;
    private readonly DocBits? _months;
    private readonly DocBits? _years;

    // documents whose date is known at least to the period; null for all
    private readonly DocBits?[] _known;

    private DateColumn(int[] days, int[] seconds, DocBits dated, DocBits? months, DocBits? years, bool ordered)
    {
        _days = days;
        _seconds = seconds;
        _dated = dated;
        _months = months;
        _years = years;
        DocBits toMonth = Without(dated, years);
        DocBits toDay = Without(toMonth, months);
        _known = [NullIfAll(toDay), NullIfAll(toMonth), NullIfAll(dated)];
        IsOrdered = ordered;
    }

    /// <summary>Documents of the segment, deleted ones included.</summary>
    public int Length => _days.Length;

    /// <summary>Documents that have a date.</summary>
    public DocBits Dated => _dated;

    /// <summary>Whether document order is date order, undated last: ranges of days are then ranges of documents.</summary>
    public bool IsOrdered { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes => (_days.Length * 2L * sizeof(int)) + _dated.Bytes + (_months?.Bytes ?? 0) + (_years?.Bytes ?? 0)
        + _known.Distinct().Sum(k => ReferenceEquals(k, _dated) ? 0 : k?.Bytes ?? 0);

    /// <summary>Order of the documents: day and second of the day; <see cref="Undated"/> where there is none.</summary>
    public long Key(int doc) => _days[doc] == int.MaxValue ? Undated : ((long)_days[doc] << SecondBits) | (long)_seconds[doc];

    /// <summary>The value to store for a date; 0 stands for none.</summary>
    /// <param name="day">First day of the period, as <see cref="DateOnly.DayNumber"/>.</param>
    /// <param name="second">Second of the day, 0 where it is not known.</param>
    public static long Pack(int day, int second, CivilPeriod period) =>
        (((long)(day + 1) << SecondBits | (long)second) << PeriodBits) | (long)period;

    /// <summary>Loads what <see cref="Pack"/> made from a field of numeric doc values.</summary>
    // at once as fast as it gets, see RankedValues
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DateColumn Load(AtomicReader reader, string field)
    {
        int length = reader.MaxDoc;
        long[] each = GC.AllocateUninitializedArray<long>(length);
        NumberColumn.Read(reader, field, each);
        int[] days = new int[length];
        int[] seconds = new int[length];
        DocBits dated = new(length);
        DocBits months = new(length);
        DocBits years = new(length);
        bool ordered = true;
        long last = 0;
        for (int doc = 0; doc < length; doc++)
        {
            long packed = each[doc];
            if (packed == 0)
            {
                days[doc] = int.MaxValue;
                last = long.MaxValue;
                continue;
            }

            long key = packed >> PeriodBits;
            days[doc] = (int)(key >> SecondBits) - 1;
            seconds[doc] = (int)(key & ((1 << SecondBits) - 1));
            dated.Add(doc);
            switch ((CivilPeriod)(packed & ((1 << PeriodBits) - 1)))
            {
                case CivilPeriod.Month:
                    months.Add(doc);
                    break;
                case CivilPeriod.Year:
                    years.Add(doc);
                    break;
            }

            ordered &= key >= last;
            last = key;
        }

        return new DateColumn(days, seconds, dated, NullIfEmpty(months), NullIfEmpty(years), ordered);
    }

    /// <summary>First and last day the date may mean. The document has a date.</summary>
    public (int First, int Last) Days(int doc)
    {
        Debug.Assert(_dated.Get(doc));
        CivilPeriod period = _years is not null && _years.Get(doc) ? CivilPeriod.Year
            : _months is not null && _months.Get(doc) ? CivilPeriod.Month
            : CivilPeriod.Day;
        return (_days[doc], CivilDay.Last(_days[doc], period));
    }

    /// <summary>Adds the documents whose date lies inside the range with all the days it may mean; both ends are inclusive.</summary>
    public void AddInside(int from, int to, DocBits into)
    {
        if (from > to)
        {
            return;
        }

        DocBits inside = into;
        if (_months is not null || _years is not null)
        {
            inside = new DocBits(Length);
        }

        if (IsOrdered)
        {
            inside.AddRange(FirstFrom(from), FirstFrom(to + 1));
        }
        else
        {
            for (int doc = 0; doc < _days.Length; doc++)
            {
                if (_days[doc] >= from && _days[doc] <= to)
                {
                    inside.Add(doc);
                }
            }
        }

        if (!ReferenceEquals(inside, into))
        {
            RemoveBeyond(_months, to, inside);
            RemoveBeyond(_years, to, inside);
            into.Or(inside);
        }
    }

    /// <summary>How many of the documents in this segment have a date that is known at least to the period.</summary>
    /// <param name="segment">The number of this segment.</param>
    internal int CountKnown(CountedDocuments documents, int segment, CivilPeriod period) =>
        _known[(int)period] is { } known ? documents.Sets[segment].CountAnd(known) : documents.Count(segment);

    /// <summary>Adds the first days of those documents whose date is known at least to the period, in no order.</summary>
    internal void AddDays(DocBits documents, CivilPeriod period, List<int> days)
    {
        for (int doc = documents.Next(0); doc >= 0; doc = documents.Next(doc + 1))
        {
            if (_known[(int)period]?.Get(doc) ?? true)
            {
                days.Add(_days[doc]);
            }
        }
    }

    /// <summary>Earliest and latest first day among those documents whose date is known at least to the period; null for none.</summary>
    internal (int First, int Last)? Span(DocBits documents, CivilPeriod period)
    {
        DocBits known = _known[(int)period] ?? documents;
        int first = documents.NextAnd(known, 0);
        if (first < 0)
        {
            return null;
        }

        if (IsOrdered)
        {
            return (_days[first], _days[documents.PreviousAnd(known, Length - 1)]);
        }

        (int low, int high) = (int.MaxValue, int.MinValue);
        for (int doc = first; doc >= 0; doc = documents.NextAnd(known, doc + 1))
        {
            low = Math.Min(low, _days[doc]);
            high = Math.Max(high, _days[doc]);
        }

        return (low, high);
    }

    /// <summary>Adds to each bucket how many of those documents begin in it whose date is known at least to the period.</summary>
    /// <param name="edges">First days of the buckets, ascending, and the day after the last bucket.</param>
    /// <param name="counts">One counter a bucket.</param>
    internal void Histogram(DocBits documents, CivilPeriod period, ReadOnlySpan<int> edges, Span<long> counts)
    {
        DocBits known = _known[(int)period] ?? documents;
        if (IsOrdered)
        {
            int start = FirstFrom(edges[0]);
            for (int i = 0; i < counts.Length; i++)
            {
                int end = RisingNumbers.FirstFrom(_days, start, edges[i + 1]);
                counts[i] += documents.CountRangeAnd(known, start, end);
                start = end;
            }

            return;
        }

        for (int doc = documents.NextAnd(known, 0); doc >= 0; doc = documents.NextAnd(known, doc + 1))
        {
            int bucket = edges.BinarySearch(_days[doc]);
            bucket = bucket < 0 ? ~bucket - 1 : bucket;
            if ((uint)bucket < (uint)counts.Length)
            {
                counts[bucket]++;
            }
        }
    }

    /// <summary>In a segment in date order: the first document whose key is at least the given one (undated documents come last).</summary>
    public int FirstWithKey(long key)
    {
        Debug.Assert(IsOrdered);
        (int low, int high) = (0, Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            long at = Key(middle);
            (low, high) = at != Undated && at < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int FirstFrom(int day) => RisingNumbers.FirstFrom(_days, 0, day);

    private void RemoveBeyond(DocBits? coarse, int to, DocBits inside)
    {
        if (coarse is null)
        {
            return;
        }

        for (int doc = coarse.Next(0); doc >= 0; doc = coarse.Next(doc + 1))
        {
            if (inside.Get(doc) && Days(doc).Last > to)
            {
                inside.Remove(doc);
            }
        }
    }

    /// <summary>Those of the documents that are not among others: the set itself where there are no others.</summary>
    private static DocBits Without(DocBits documents, DocBits? others)
    {
        if (others is null)
        {
            return documents;
        }

        DocBits without = documents.Copy();
        without.AndNot(others);
        return without;
    }

    private static DocBits? NullIfAll(DocBits bits) => bits.Count() == bits.Length ? null : bits;

    private static DocBits? NullIfEmpty(DocBits bits) => bits.Count() == 0 ? null : bits;
}
