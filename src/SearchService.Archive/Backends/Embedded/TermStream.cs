using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Hands analysed tokens to the index writer.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly AnalyzedText _text;
    private readonly bool _forms;
    private readonly int _repeat;
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private int _next;
    private int _repeated;
    private int _position;

    /// <param name="text">The tokens.</param>
    /// <param name="forms">Whether to hand over unstemmed forms; else terms.</param>
    /// <param name="repeat">How often each of the repeated tokens is handed over, at one position.</param>
    public TermStream(AnalyzedText text, bool forms, int repeat = 1)
    {
        _text = text;
        _forms = forms;
        _repeat = repeat;
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    /// <summary>How many of the tokens are handed over, from the first on.</summary>
    public int Count { get; set; }

    /// <summary>How many of the first tokens are repeated.</summary>
    public int RepeatedCount { get; set; }

    public override void Reset()
    {
        _next = 0;
        _repeated = 0;
        _position = -1;
    }

    public override bool IncrementToken()
    {
        if (_next == Count)
        {
            return false;
        }

        ClearAttributes();
        ReadOnlySpan<char> word = _forms ? _text.Form(_next) : _text.Term(_next);
        word.CopyTo(_term.ResizeBuffer(word.Length));
        _term.Length = word.Length;
        int position = _text[_next].Position;
        _increment.PositionIncrement = position - _position;
        _position = position;
        if (++_repeated >= (_next < RepeatedCount ? _repeat : 1))
        {
            _next++;
            _repeated = 0;
        }

        return true;
    }
}
