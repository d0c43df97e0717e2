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
        _ordinals = new int[documents.Length];
        _ranks = new int[documents.Length];
        Rank(documents, _ordinals, _ranks);
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

    /// <summary>Sorts by counting: most values have few documents, and those of more than 255 are so few that any sort will do.</summary>
    // at once as fast as it gets: this runs when an index is opened, long before the runtime would look at it again
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rank(int[] documents, int[] ordinals, int[] ranks)
    {
        Span<int> next = stackalloc int[byte.MaxValue + 1];
        next.Clear();
        List<long> heavy = [];
        for (int i = 0; i < documents.Length; i++)
        {
            if (documents[i] > byte.MaxValue)
            {
                heavy.Add(((long)-documents[i] << 32) | (uint)i);
            }
            else
            {
                next[documents[i]]++;
            }
        }

        heavy.Sort();
        for (int rank = 0; rank < heavy.Count; rank++)
        {
            ordinals[rank] = (int)heavy[rank];
        }

        int start = heavy.Count;
        for (int count = byte.MaxValue; count >= 0; count--)
        {
            (next[count], start) = (start, start + next[count]);
        }

        for (int i = 0; i < documents.Length; i++)
        {
            if (documents[i] <= byte.MaxValue)
            {
                ordinals[next[documents[i]]++] = i;
            }
        }

        for (int rank = 0; rank < ordinals.Length; rank++)
        {
            ranks[ordinals[rank]] = rank;
        }
    }
}
