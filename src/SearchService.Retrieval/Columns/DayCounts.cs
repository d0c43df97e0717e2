using System.Runtime.InteropServices;

namespace SearchService.Retrieval.Columns;

/// <summary>How many documents have each day: a bucket of any width is two look-ups. Immutable, thread-safe.</summary>
public sealed class DayCounts
{
    private readonly int[] _days;
    private readonly int[] _before;

    /// <param name="days">A day for each document, in any order; sorted here.</param>
    public DayCounts(List<int> days)
    {
        days.Sort();
        ReadOnlySpan<int> sorted = CollectionsMarshal.AsSpan(days);
        List<int> distinct = [];
        List<int> before = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                distinct.Add(sorted[i]);
                before.Add(i);
            }
        }

        before.Add(sorted.Length);
        _days = [.. distinct];
        _before = [.. before];
    }

    /// <summary>Documents in each bucket.</summary>
    /// <param name="edges">First days of the buckets, ascending, and the day after the last bucket; or none.</param>
    public long[] Count(ReadOnlySpan<int> edges)
    {
        long[] counts = new long[Math.Max(0, edges.Length - 1)];
        int start = counts.Length == 0 ? 0 : RisingNumbers.FirstFrom(_days, 0, edges[0]);
        for (int i = 0; i < counts.Length; i++)
        {
            int end = RisingNumbers.FirstFrom(_days, start, edges[i + 1]);
            counts[i] = _before[end] - _before[start];
            start = end;
        }

        return counts;
    }
}
