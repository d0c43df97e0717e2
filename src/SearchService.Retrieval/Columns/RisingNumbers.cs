namespace SearchService.Retrieval.Columns;

/// <summary>Search in ascending numbers for one limit after the other, each no lower than the one before.</summary>
internal static class RisingNumbers
{
    /// <summary>The first place from <paramref name="from"/> on whose number is at least <paramref name="least"/>; the numbers' length where there is none. Steps
    /// that double, then halves: a limit nearby is found in few.</summary>
    public static int FirstFrom(ReadOnlySpan<int> numbers, int from, int least)
    {
        int low = from;
        long step = 1;
        while (low + step <= numbers.Length && numbers[(int)(low + step - 1)] < least)
        {
            low += (int)step;
            step *= 2;
        }

        int high = (int)Math.Min(low + step - 1, numbers.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = numbers[middle] < least ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
