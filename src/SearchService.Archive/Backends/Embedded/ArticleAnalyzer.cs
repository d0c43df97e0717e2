using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Turns text into terms, the same way for articles and for queries: words by Unicode's rules (UAX #29), folded to ASCII
/// where they have a Latin base letter (Məmmədov = Mammadov), lower-cased, without the possessive 's, then stemmed by
/// Porter. Every word counts, function words too. Not thread-safe.
/// </summary>
/// <remarks>
/// Folding comes before lower-casing: İ becomes I and then i, where lower-casing alone would leave it. Words of more than
/// 255 characters are left out, their position counts.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "token streams over strings hold nothing that must be released")]
internal sealed class ArticleAnalyzer
{
    /// <summary>
    /// Version of the analysis; an index of another version is refused. Diary: 1 = first version.
    /// </summary>
    public const int Version = 1;

    private readonly StandardTokenizer _tokenizer;
    private readonly FormCapture _forms;
    private readonly PorterStemFilter _stems;
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private readonly IOffsetAttribute _offset;

    public ArticleAnalyzer()
    {
        _tokenizer = new StandardTokenizer(LuceneVersion.LUCENE_48, TextReader.Null);
        TokenStream folded = new ASCIIFoldingFilter(_tokenizer);
        TokenStream lower = new LowerCaseFilter(LuceneVersion.LUCENE_48, folded);
        _forms = new FormCapture(new EnglishPossessiveFilter(LuceneVersion.LUCENE_48, lower));
        _stems = new PorterStemFilter(_forms);
        _term = _stems.GetAttribute<ICharTermAttribute>();
        _increment = _stems.GetAttribute<IPositionIncrementAttribute>();
        _offset = _stems.GetAttribute<IOffsetAttribute>();
    }

    /// <summary>Adds a text's tokens.</summary>
    /// <param name="position">Position of the text's first word.</param>
    public void Analyze(string text, int position, AnalyzedText into)
    {
        _tokenizer.SetReader(new StringReader(text));
        _stems.Reset();
        int at = position - 1;
        while (_stems.IncrementToken())
        {
            at += _increment.PositionIncrement;
            into.Add(_forms.Form, _term.Buffer.AsSpan(0, _term.Length), at, _offset.StartOffset, _offset.EndOffset);
        }

        _stems.End();
        _stems.Dispose();
    }

    /// <summary>Keeps a token's form before it is stemmed.</summary>
    private sealed class FormCapture : TokenFilter
    {
        private readonly ICharTermAttribute _term;
        private char[] _form = new char[256];
        private int _length;

        public FormCapture(TokenStream input)
            : base(input)
        {
            _term = AddAttribute<ICharTermAttribute>();
        }

        public ReadOnlySpan<char> Form => _form.AsSpan(0, _length);

        public override bool IncrementToken()
        {
            if (!m_input.IncrementToken())
            {
                return false;
            }

            _length = _term.Length;
            if (_length > _form.Length)
            {
                _form = new char[_length * 2];
            }

            _term.Buffer.AsSpan(0, _length).CopyTo(_form);
            return true;
        }
    }
}
