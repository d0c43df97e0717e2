using System.Buffers;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Documents to count facets of, as sets and, where a facet walks them, as numbers: made once and shared by all facets over the same documents. One
/// thread, or several after <see cref="NumberAll"/>; the sets must not change before it is disposed of.
/// </summary>
public sealed class CountedDocuments : IDisposable
{
    private readonly IReadOnlyList<DocBits> _sets;
    private readonly int[] _counts;
    private readonly int[]?[] _numbers;

    /// <param name="sets">One set a segment, in the reader's order.</param>
    public CountedDocuments(IReadOnlyList<DocBits> sets)
    {
        _sets = sets;
        _counts = new int[sets.Count];
        _numbers = new int[]?[sets.Count];
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = sets[i].Count();
            Total += _counts[i];
        }
    }

    /// <summary>One set a segment.</summary>
    public IReadOnlyList<DocBits> Sets => _sets;

    /// <summary>Documents in all segments.</summary>
    public long Total { get; }

    /// <summary>Documents in one segment.</summary>
    public int Count(int segment) => _counts[segment];

    /// <summary>The documents of one segment, ascending. Valid until this is disposed of.</summary>
    public ReadOnlySpan<int> Numbers(int segment)
    {
        if (_numbers[segment] is not { } numbers)
        {
            numbers = _numbers[segment] = ArrayPool<int>.Shared.Rent(_counts[segment] + DocNumbers.Room);
            DocNumbers.Fill(_sets[segment].Words, numbers);
        }

        return numbers.AsSpan(0, _counts[segment]);
    }

    /// <summary>Makes the numbers of all segments, after which several threads may count.</summary>
    public void NumberAll()
    {
        for (int i = 0; i < _numbers.Length; i++)
        {
            Numbers(i);
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] is { } numbers)
            {
                _numbers[i] = null;
                ArrayPool<int>.Shared.Return(numbers);
            }
        }
    }
}
