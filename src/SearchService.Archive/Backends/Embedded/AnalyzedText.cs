namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The tokens of one or several texts, in order: for each its unstemmed form, its term, position and place. Reused from
/// article to article; not thread-safe.
/// </summary>
internal sealed class AnalyzedText
{
    private readonly List<Token> _tokens = [];
    private char[] _chars = new char[1024];
    private int _used;

    /// <summary>A token; its characters lie in the text's block.</summary>
    public readonly record struct Token(int FormStart, int FormLength, int TermStart, int TermLength, int Position, int Start, int End);

    public int Count => _tokens.Count;

    public Token this[int index] => _tokens[index];

    /// <summary>Position after the last token; 0 where there is none.</summary>
    public int NextPosition => _tokens.Count == 0 ? 0 : _tokens[^1].Position + 1;

    /// <summary>The token folded and lower-cased, without a possessive ending.</summary>
    public ReadOnlySpan<char> Form(int index) => _chars.AsSpan(_tokens[index].FormStart, _tokens[index].FormLength);

    /// <summary>The form's stem.</summary>
    public ReadOnlySpan<char> Term(int index) => _chars.AsSpan(_tokens[index].TermStart, _tokens[index].TermLength);

    public void Clear()
    {
        _tokens.Clear();
        _used = 0;
    }

    /// <summary>Adds a token.</summary>
    /// <param name="start">Offset of its first character in its text.</param>
    /// <param name="end">Offset after its last.</param>
    public void Add(ReadOnlySpan<char> form, ReadOnlySpan<char> term, int position, int start, int end)
    {
        int formStart = Keep(form);
        int termStart = form.StartsWith(term, StringComparison.Ordinal) ? formStart : Keep(term);
        _tokens.Add(new Token(formStart, form.Length, termStart, term.Length, position, start, end));
    }

    private int Keep(ReadOnlySpan<char> text)
    {
        if (_used + text.Length > _chars.Length)
        {
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _used + text.Length));
        }

        text.CopyTo(_chars.AsSpan(_used));
        _used += text.Length;
        return _used - text.Length;
    }
}
