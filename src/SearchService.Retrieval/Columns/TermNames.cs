using System.Text;

namespace SearchService.Retrieval.Columns;

/// <summary>Distinct values as UTF-8 in one block, numbered as they come in.</summary>
internal sealed class TermNames
{
    private readonly List<int> _ends = [0];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes held.</summary>
    public long Bytes => _bytes.Length + (4L * _ends.Count) + (48L * _known.Count);

    public string this[int ordinal] => Encoding.UTF8.GetString(_bytes.AsSpan(_ends[ordinal].._ends[ordinal + 1]));

    /// <summary>Adds a value that is not there yet and returns its number.</summary>
    public int Add(ReadOnlySpan<byte> name)
    {
        int start = _ends[^1];
        int end = checked(start + name.Length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        name.CopyTo(_bytes.AsSpan(start));
        _ends.Add(end);
        return _ends.Count - 2;
    }

    /// <summary>The number of a value, new or not. Only together with itself: values given to <see cref="Add"/> are not found.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        if (!_known.TryGetValue(text, out int ordinal))
        {
            ordinal = Add(name);
            _known.Add(text, ordinal);
        }

        return ordinal;
    }
}
