namespace SearchService.Archive.Extraction;

/// <summary>What a token is made of.</summary>
internal enum TokenKind : byte
{
    Word,
    Number,
    Punctuation,

    /// <summary>The 's of a possessive, with its apostrophe.</summary>
    Possessive,

    /// <summary>The end of a paragraph; its length is 0.</summary>
    Break,
}

/// <summary>How a word is written.</summary>
internal enum WordShape : byte
{
    None,

    /// <summary>minister</summary>
    Lower,

    /// <summary>Minister, McDonald, O'Brien, Jean-Claude</summary>
    Capital,

    /// <summary>NATO, U.S.</summary>
    Upper,

    /// <summary>One capital with or without a full stop, or several with: A., J.D.</summary>
    Initial,

    /// <summary>A lower-case particle joined to a capital: al-Sisi, d'Estaing</summary>
    Prefixed,
}

/// <summary>One token of a text.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Key"><see cref="TextFolding.Key"/> of a word, the character of a punctuation mark.</param>
/// <param name="Classes">The classes of a word, see <see cref="Lexicon"/>.</param>
/// <param name="SentenceStart">First word of a sentence, a quotation or a paragraph.</param>
internal readonly record struct Token(
    int Start, int Length, ulong Key, WordClasses Classes, TokenKind Kind, WordShape Shape, bool SentenceStart)
{
    public int End => Start + Length;

    public bool IsWord => Kind == TokenKind.Word;

    /// <summary>A word that a name can be made of.</summary>
    public bool IsCapitalised => Kind == TokenKind.Word && Shape is WordShape.Capital or WordShape.Upper or WordShape.Initial;

    public bool Is(WordClasses classes) => (Classes & classes) != 0;

    public bool IsMark(char mark) => Kind == TokenKind.Punctuation && Key == mark;
}
