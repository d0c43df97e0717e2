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
        long[] keys = new long[documents.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)-documents[i] << 32) | (uint)i;
        }

        Array.Sort(keys);
        _ranks = new int[keys.Length];
        for (int rank = 0; rank < keys.Length; rank++)
        {
            _ordinals[rank] = (int)keys[rank];
            _ranks[(int)keys[rank]] = rank;
        }

        while (Heavy < keys.Length && Documents(Heavy) > byte.MaxValue)
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
}
