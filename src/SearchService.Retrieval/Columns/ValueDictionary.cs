using System.Diagnostics;
using System.Text;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The distinct values of a field, numbered from 0 in code point order, as UTF-8. Immutable, thread-safe.
/// </summary>
public abstract class ValueDictionary
{
    public static readonly ValueDictionary Empty = new Builder().Build();

    // the values asked for so far: the same few head the lists of most searches
    private readonly string?[] _texts;

    private protected ValueDictionary(int count)
    {
        Count = count;
        _texts = new string?[count];
    }

    public int Count { get; }

    /// <summary>Bytes held.</summary>
    public virtual long Bytes => (long)_texts.Length * IntPtr.Size;

    /// <summary>The value as text.</summary>
    public string this[int ordinal] => _texts[ordinal] ??= Encoding.UTF8.GetString(Utf8(ordinal));

    /// <summary>The value's bytes.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int ordinal);

    /// <summary>The value's ordinal; -1 where the dictionary does not have it.</summary>
    public int Find(string value) => Find(Encoding.UTF8.GetBytes(value));

    /// <inheritdoc cref="Find(string)"/>
    public abstract int Find(ReadOnlySpan<byte> value);

    /// <summary>
    /// One dictionary of all that several have, and for each of them the new ordinal of every old one. A single dictionary
    /// is taken as it is.
    /// </summary>
    public static (ValueDictionary Union, int[][] Maps) Merge(IReadOnlyList<ValueDictionary> parts)
    {
        if (parts.Count == 1)
        {
            return (parts[0], [[.. Enumerable.Range(0, parts[0].Count)]]);
        }

        int[][] maps = [.. parts.Select(p => new int[p.Count])];
        PriorityQueue<int, int> heads = new(new HeadOrder(parts, out int[] positions));
        for (int part = 0; part < parts.Count; part++)
        {
            Push(part);
        }

        Builder union = new();
        while (heads.TryDequeue(out int part, out _))
        {
            ReadOnlySpan<byte> value = parts[part].Utf8(positions[part]);
            if (union.Count == 0 || !union.Last.SequenceEqual(value))
            {
                union.Add(value);
            }

            maps[part][positions[part]] = union.Count - 1;
            positions[part]++;
            Push(part);
        }

        return (union.Build(), maps);

        void Push(int part)
        {
            if (positions[part] < parts[part].Count)
            {
                heads.Enqueue(part, part);
            }
        }
    }

    /// <summary>Orders parts by the value at their position.</summary>
    private sealed class HeadOrder : IComparer<int>
    {
        private readonly IReadOnlyList<ValueDictionary> _parts;
        private readonly int[] _positions;

        public HeadOrder(IReadOnlyList<ValueDictionary> parts, out int[] positions)
        {
            _parts = parts;
            _positions = positions = new int[parts.Count];
        }

        public int Compare(int x, int y) => _parts[x].Utf8(_positions[x]).SequenceCompareTo(_parts[y].Utf8(_positions[y]));
    }

    /// <summary>Takes values in code point order and keeps them in one block.</summary>
    public sealed class Builder
    {
        private byte[] _bytes = new byte[256];
        private readonly List<int> _ends = [0];

        public int Count => _ends.Count - 1;

        /// <summary>The value added last.</summary>
        public ReadOnlySpan<byte> Last => _bytes.AsSpan(_ends[^2].._ends[^1]);

        /// <summary>Adds a value, greater than the last one.</summary>
        /// <exception cref="OverflowException">The values have more than 2 GB.</exception>
        public void Add(ReadOnlySpan<byte> value)
        {
            Debug.Assert(Count == 0 || Last.SequenceCompareTo(value) < 0);
            int start = _ends[^1];
            int end = checked(start + value.Length);
            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, _bytes.Length * 2L)));
            }

            value.CopyTo(_bytes.AsSpan(start));
            _ends.Add(end);
        }

        public ValueDictionary Build() => new Block(_bytes[.._ends[^1]], [.. _ends]);
    }

    private sealed class Block(byte[] bytes, int[] ends) : ValueDictionary(ends.Length - 1)
    {
        public override long Bytes => base.Bytes + bytes.Length + ((long)ends.Length * sizeof(int));

        public override ReadOnlySpan<byte> Utf8(int ordinal) => bytes.AsSpan(ends[ordinal]..ends[ordinal + 1]);

        public override int Find(ReadOnlySpan<byte> value)
        {
            int low = 0;
            int high = Count - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                int order = Utf8(middle).SequenceCompareTo(value);
                if (order == 0)
                {
                    return middle;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return -1;
        }
    }
}
