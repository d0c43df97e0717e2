using Lucene.Net.Analysis.Miscellaneous;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// A dictionary's values folded to ASCII where they have a Latin base letter and lower-cased, in one block, so that the
/// values with a word that begins so are found by one vectorised scan. Immutable.
/// </summary>
internal sealed class FoldedValues
{
    private const char Separator = '\0';

    private readonly char[] _text;
    private readonly int[] _starts;

    /// <param name="readable">The words a value is found by: the value itself, or more.</param>
    public FoldedValues(ValueDictionary values, Func<string, string> readable)
    {
        List<char> text = [];
        _starts = new int[values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            _starts[i] = text.Count;
            text.AddRange(Fold(readable(values[i])));
            text.Add(Separator);
        }

        _text = [.. text];
    }

    /// <summary>Bytes held.</summary>
    public long Bytes => ((long)_text.Length * sizeof(char)) + ((long)_starts.Length * sizeof(int));

    /// <summary>Calls with every ordinal, ascending, whose value has a word that begins with the prefix (any value for an empty prefix).</summary>
    public void Match(string prefix, Action<int> found)
    {
        ReadOnlySpan<char> wanted = Fold(prefix.Trim());
        if (wanted.IsEmpty)
        {
            for (int i = 0; i < _starts.Length; i++)
            {
                found(i);
            }

            return;
        }

        int from = 0;
        while (from < _text.Length && _text.AsSpan(from).IndexOf(wanted) is var hit && hit >= 0)
        {
            int at = from + hit;
            if (at > 0 && char.IsLetterOrDigit(_text[at - 1]))
            {
                from = at + 1;
                continue;
            }

            int ordinal = Array.BinarySearch(_starts, at);
            ordinal = ordinal < 0 ? ~ordinal - 1 : ordinal;
            found(ordinal);
            from = ordinal + 1 < _starts.Length ? _starts[ordinal + 1] : _text.Length;
        }
    }

    private static char[] Fold(string value)
    {
        char[] from = value.ToCharArray();
        char[] folded = new char[from.Length * 4];
        int length = ASCIIFoldingFilter.FoldToASCII(from, 0, folded, 0, from.Length);
        char[] lower = new char[length];
        folded.AsSpan(0, length).ToLowerInvariant(lower);
        lower.AsSpan().Replace(Separator, ' ');
        return lower;
    }
}
