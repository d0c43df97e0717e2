namespace SearchService.Archive.Extraction;

/// <summary>
/// Splits a text into words, numbers, marks and paragraph ends. Kept whole: hyphenated words, <c>O'Brien</c>, <c>al-Sisi</c>,
/// <c>U.S.</c>, initials, abbreviations with their full stop, <c>21.cc</c>. Split off: the possessive, written with any
/// apostrophe or a backquote. One pass, linear in the text, one array a text.
/// </summary>
internal static class Tokenizer
{
    /// <summary>Longest word in UTF-16 units; a longer run of letters is cut into several.</summary>
    private const int MaxWord = 64;

    /// <param name="classify">Gives the classes of words; null to leave them empty.</param>
    public static TokenizedText Tokenize(string text, Lexicon? classify)
    {
        TokenizedText tokens = new(text);
        bool sentenceStart = true;
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                int next = SkipBlank(text, i, out bool paragraph);
                if (paragraph && tokens.Count > 0)
                {
                    tokens.Add(new Token(i, 0, 0, 0, TokenKind.Break, WordShape.None, false));
                    sentenceStart = true;
                }

                i = next;
            }
            else if (char.IsLetter(c) || char.IsHighSurrogate(c))
            {
                int end = WordEnd(text, i, out bool abbreviated);
                ReadOnlySpan<char> word = text.AsSpan(i, end - i);
                if (!abbreviated && end < text.Length && text[end] == '.' && end - i <= 6
                    && (char.IsUpper(c) || end + 1 < text.Length) && Lexicon.IsAbbreviation(TextFolding.Key(word)) && !EndsParagraph(text, end + 1))
                {
                    end++;
                    word = text.AsSpan(i, end - i);
                }

                ulong key = TextFolding.Key(word);
                WordShape shape = ShapeOf(word);
                tokens.Add(new Token(i, end - i, key, classify?.ClassifyWord(word, key) ?? 0, TokenKind.Word, shape, sentenceStart));
                sentenceStart = false;
                i = end;
                int possessive = PossessiveLength(text, i);
                if (possessive > 0)
                {
                    tokens.Add(new Token(i, possessive, 0, 0, TokenKind.Possessive, WordShape.None, false));
                    i += possessive;
                }
            }
            else if (char.IsDigit(c))
            {
                int end = NumberEnd(text, i);
                tokens.Add(new Token(i, end - i, 0, 0, TokenKind.Number, WordShape.None, false));
                sentenceStart = false;
                i = end;
            }
            else
            {
                tokens.Add(new Token(i, 1, c, 0, TokenKind.Punctuation, WordShape.None, false));
                sentenceStart = c switch
                {
                    '.' or '!' or '?' or ':' or '…' or '•' or '*' or '|' => true,
                    '"' or '“' or '«' or '„' or '(' or '[' => sentenceStart || c is '"' or '“' or '«' or '„',
                    _ => sentenceStart,
                };
                i++;
            }
        }

        return tokens;
    }

    /// <summary>Whether only blanks stand between the offset and the end of the paragraph: a full stop there ends the sentence.</summary>
    private static bool EndsParagraph(string text, int offset)
    {
        while (offset < text.Length && text[offset] is ' ' or '\t')
        {
            offset++;
        }

        return offset >= text.Length || text[offset] is '\n' or '\r';
    }

    private static int SkipBlank(string text, int i, out bool paragraph)
    {
        int lineEnds = 0;
        while (i < text.Length && char.IsWhiteSpace(text[i]))
        {
            if (text[i] == '\n')
            {
                lineEnds++;
            }

            i++;
        }

        paragraph = lineEnds > 1;
        return i;
    }

    private static int WordEnd(string text, int start, out bool abbreviated)
    {
        abbreviated = false;
        int limit = Math.Min(text.Length, start + MaxWord);
        int segment = start;
        int i = start;
        while (i < limit)
        {
            char c = text[i];
            if (IsWordChar(c))
            {
                i++;
                continue;
            }

            bool letterFollows = i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]);
            if (c is '-' or '‐' or '‑')
            {
                if (!letterFollows || abbreviated)
                {
                    break;
                }

                segment = ++i;
            }
            else if (TextFolding.IsApostrophe(c))
            {
                if (!letterFollows || PossessiveLength(text, i) > 0)
                {
                    break;
                }

                i++;
            }
            else if (c == '.' && i - segment == 1 && char.IsLetter(text[i - 1]) && (char.IsUpper(text[i - 1]) || abbreviated))
            {
                // An initial or a letter of U.S.: the stop is its own; one more letter with or without a stop may follow.
                abbreviated = true;
                segment = ++i;
                if (i >= text.Length || !char.IsLetter(text[i]) || (i + 1 < text.Length && IsWordChar(text[i + 1])))
                {
                    break;
                }
            }
            else
            {
                break;
            }
        }

        // Never cut a surrogate pair.
        return i < text.Length && char.IsLowSurrogate(text[i]) && i > start ? i + 1 : Math.Max(i, start + 1);
    }

    private static bool IsWordChar(char c) =>
        char.IsLetterOrDigit(c) || c is >= '\u0300' and <= '\u036F' or '\u00AD' || char.IsSurrogate(c);

    private static int PossessiveLength(string text, int i)
    {
        if (i + 1 >= text.Length || !TextFolding.IsApostrophe(text[i]) || text[i + 1] is not ('s' or 'S'))
        {
            return 0;
        }

        return i + 2 < text.Length && IsWordChar(text[i + 2]) ? 0 : 2;
    }

    private static int NumberEnd(string text, int i)
    {
        int limit = Math.Min(text.Length, i + MaxWord);
        i++;
        while (i < limit)
        {
            char c = text[i];
            bool joined = c is '.' or ',' or ':' or '/' or '-' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]);
            if (!joined && !char.IsLetterOrDigit(c) && c != '%')
            {
                break;
            }

            i++;
        }

        return i;
    }

    private static WordShape ShapeOf(ReadOnlySpan<char> word)
    {
        int upper = 0;
        int letters = 0;
        int segments = 1;
        bool innerCapital = false;
        for (int i = 0; i < word.Length; i++)
        {
            char c = word[i];
            if (char.IsLetter(c))
            {
                letters++;
                if (char.IsUpper(c))
                {
                    upper++;
                    innerCapital |= i > 0 && !char.IsLetter(word[i - 1]);
                }
            }
            else if (c == '.')
            {
                segments++;
            }
        }

        if (upper == 0)
        {
            return char.IsLower(word[0]) || letters > 0 && char.IsLetter(word[0]) && word[0] < 'ʰ' ? WordShape.Lower : WordShape.None;
        }

        if (!char.IsUpper(word[0]))
        {
            return innerCapital ? WordShape.Prefixed : WordShape.Lower;
        }

        if (upper == letters)
        {
            return letters == 1 ? WordShape.Initial : segments > letters ? WordShape.Initial : WordShape.Upper;
        }

        return WordShape.Capital;
    }
}

/// <summary>A text and its tokens, in order, without gaps but white space.</summary>
internal sealed class TokenizedText(string text)
{
    private Token[] _tokens = new Token[Math.Max(16, text.Length / 5)];

    public string Text { get; } = text;

    public int Count { get; private set; }

    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, Count);

    public ref readonly Token this[int index] => ref _tokens[index];

    public ReadOnlySpan<char> Span(int token) => Text.AsSpan(_tokens[token].Start, _tokens[token].Length);

    /// <summary>The text from the first to the last token, both included.</summary>
    public ReadOnlySpan<char> Span(int first, int last) => Text.AsSpan(_tokens[first].Start, _tokens[last].End - _tokens[first].Start);

    public void Add(Token token)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }

        _tokens[Count++] = token;
    }
}
