using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The values of a field with the number of documents that have each, ranked: the most frequent has rank 0, of equally frequent ones the first in the
/// dictionary's order comes first. What is counted often thus lies together, and a search for the highest counts can stop early. Immutable.
/// </summary>
internal sealed class RankedValues
{
    private readonly int[] _documents;
    private readonly int[] _ordinals;
    private readonly int[] _ranks;

    /// <param name="values">The values.</param>
    /// <param name="documents">Documents that have each value, by ordinal. Taken over, not copied.</param>
    public RankedValues(ValueDictionary values, int[] documents)
    {
        Values = values;
        _documents = documents;
        _ordinals = Sorted(documents);
        _ranks = new int[documents.Length];
        for (int rank = 0; rank < _ranks.Length; rank++)
        {
            _ranks[_ordinals[rank]] = rank;
        }

        while (Heavy < documents.Length && Documents(Heavy) > byte.MaxValue)
        {
            Heavy++;
        }
    }

    public ValueDictionary Values { get; }

    public int Count => _documents.Length;

    /// <summary>Values of more than 255 documents: the ranks below it.</summary>
    public int Heavy { get; }

    /// <summary>Bytes held, the dictionary included.</summary>
    public long Bytes => Values.Bytes + ((long)sizeof(int) * 3 * _documents.Length);

    /// <summary>Documents that have the value of a rank, deleted ones included.</summary>
    public int Documents(int rank) => _documents[_ordinals[rank]];

    public int DocumentsOf(int ordinal) => _documents[ordinal];

    public int Ordinal(int rank) => _ordinals[rank];

    public int Rank(int ordinal) => _ranks[ordinal];

    /// <summary>Sorts by documents, a byte at a time from the lowest: order among equals stays.</summary>
    // at once as fast as it gets: this runs when an index is opened, long before the runtime would look at it again, and before any sort is compiled
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Sorted(int[] documents)
    {
        int[] ordinals = new int[documents.Length];
        uint union = 0;
        for (int i = 0; i < ordinals.Length; i++)
        {
            ordinals[i] = i;
            union |= (uint)documents[i];
        }

        int[] sorted = new int[documents.Length];
        Span<int> next = stackalloc int[byte.MaxValue + 1];
        for (int shift = 0; shift < 32 && union >> shift != 0; shift += 8)
        {
            next.Clear();
            foreach (int count in documents)
            {
                next[(count >> shift) & byte.MaxValue]++;
            }

            int start = 0;
            for (int digit = byte.MaxValue; digit >= 0; digit--)
            {
                (next[digit], start) = (start, start + next[digit]);
            }

            foreach (int ordinal in ordinals)
            {
                sorted[next[(documents[ordinal] >> shift) & byte.MaxValue]++] = ordinal;
            }

            (ordinals, sorted) = (sorted, ordinals);
        }

        return ordinals;
    }
}
