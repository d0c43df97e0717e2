using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SearchService.Benchmarks.Corpus;

/// <summary>The hits of a search, a bit set a segment, as Lucene's FacetsCollector keeps them.</summary>
internal sealed class StockMatches : ICollector
{
    private FixedBitSet? _bits;

    public List<(AtomicReader Reader, FixedBitSet Bits)> Segments { get; } = [];

    public int Count { get; private set; }

    public bool AcceptsDocsOutOfOrder => true;

    public void SetScorer(Scorer scorer)
    {
    }

    public void SetNextReader(AtomicReaderContext context)
    {
        _bits = new FixedBitSet(context.AtomicReader.MaxDoc);
        Segments.Add((context.AtomicReader, _bits));
    }

    public void Collect(int doc)
    {
        _bits!.Set(doc);
        Count++;
    }
}

/// <summary>One value and how many hits have it.</summary>
internal readonly record struct StockValue(string Value, int Count);

/// <summary>
/// Facets by doc values, as SortedSetDocValuesFacetCounts of Lucene's facet module counts them: for every hit its ordinals, one
/// counter an ordinal, then the greatest from a heap. For an index of one segment.
/// </summary>
internal sealed record StockFacets(IReadOnlyList<StockValue> Countries, IReadOnlyList<StockValue> People, IReadOnlyList<StockValue> Months)
{
    public const int TopValues = 20;

    public static StockFacets Count(StockMatches matches)
    {
        if (matches.Segments is not [var (reader, bits)])
        {
            throw new InvalidOperationException($"the baseline's index has {matches.Segments.Count} segments, want one");
        }

        return new StockFacets(CountSets(reader, bits, StockIndex.CountryField), CountSets(reader, bits, StockIndex.PersonField), CountMonths(reader, bits));
    }

    private static StockValue[] CountSets(AtomicReader reader, FixedBitSet bits, string field)
    {
        SortedSetDocValues values = reader.GetSortedSetDocValues(field);
        int[] counts = new int[values.ValueCount];
        DocIdSetIterator hits = bits.GetIterator();
        for (int doc = hits.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = hits.NextDoc())
        {
            values.SetDocument(doc);
            for (long ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
            {
                counts[ordinal]++;
            }
        }

        BytesRef value = new();
        return
        [
            .. Greatest(counts).Select(ordinal =>
            {
                values.LookupOrd(ordinal, value);
                return new StockValue(value.Utf8ToString(), counts[ordinal]);
            }),
        ];
    }

    private static StockValue[] CountMonths(AtomicReader reader, FixedBitSet bits)
    {
        SortedDocValues values = reader.GetSortedDocValues(StockIndex.MonthField);
        int[] counts = new int[values.ValueCount];
        DocIdSetIterator hits = bits.GetIterator();
        for (int doc = hits.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = hits.NextDoc())
        {
            int ordinal = values.GetOrd(doc);
            if (ordinal >= 0)
            {
                counts[ordinal]++;
            }
        }

        List<StockValue> months = [];
        BytesRef value = new();
        for (int ordinal = 0; ordinal < counts.Length; ordinal++)
        {
            if (counts[ordinal] > 0)
            {
                values.LookupOrd(ordinal, value);
                months.Add(new StockValue(value.Utf8ToString(), counts[ordinal]));
            }
        }

        return [.. months];
    }

    /// <summary>The ordinals of the greatest counts, greatest first, ties by ordinal.</summary>
    private static int[] Greatest(int[] counts)
    {
        System.Collections.Generic.PriorityQueue<int, (int Count, int Reversed)> heap = new();
        for (int ordinal = 0; ordinal < counts.Length; ordinal++)
        {
            if (counts[ordinal] == 0)
            {
                continue;
            }

            if (heap.Count < TopValues)
            {
                heap.Enqueue(ordinal, (counts[ordinal], -ordinal));
            }
            else
            {
                heap.EnqueueDequeue(ordinal, (counts[ordinal], -ordinal));
            }
        }

        int[] greatest = new int[heap.Count];
        for (int i = greatest.Length - 1; i >= 0; i--)
        {
            greatest[i] = heap.Dequeue();
        }

        return greatest;
    }
}
