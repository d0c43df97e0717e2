using System.Globalization;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

/// <summary>
/// Cuts a query text into tokens, one a call. White space, parentheses, quotes and the signs of the language end a word, nothing else
/// does: <c>U.S.</c>, <c>AT&amp;T</c>, <c>co-operation</c>, <c>C++</c>, <c>$5</c> and <c>14:20</c> are words, and the index decides what
/// their terms are. What has no letter or digit (a dash between words, a lone &amp;) separates like white space. Linear, no recursion.
/// </summary>
internal sealed class QueryLexer(string text)
{
    private static readonly string FieldNames = string.Join(", ", ArticleSchema.Fields.Select(f => f.Name));

    private int _position;
    private bool _value;
    private bool _seenOperand;

    /// <summary>How signs were read that could mean something else.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The next token. After an error or the end the caller stops.</summary>
    public QueryToken Next()
    {
        if (_value)
        {
            _value = false;
            return Value();
        }

        while (true)
        {
            while (_position < text.Length && QueryText.IsSeparator(text[_position]))
            {
                _position++;
            }

            if (_position == text.Length)
            {
                return new QueryToken(QueryTokenKind.End, text.Length, 0);
            }

            char c = text[_position];
            if (c == '(')
            {
                return Sign(QueryTokenKind.Open);
            }

            if (c == ')')
            {
                return Close();
            }

            if (QueryText.IsQuote(c))
            {
                return Phrase();
            }

            int end = WordEnd(_position);
            if (Plain(end) is { } token)
            {
                return token;
            }

            _position = end;
        }
    }

    /// <summary>What begins here and is neither parenthesis nor phrase; null for a stretch without meaning.</summary>
    private QueryToken? Plain(int end)
    {
        ReadOnlySpan<char> chunk = text.AsSpan(_position, end - _position);
        if (chunk[0] is '-' or '+' && IsSign(end))
        {
            return Sign(chunk[0] == '-' ? QueryTokenKind.Minus : QueryTokenKind.Plus);
        }

        if (!QueryText.HasLetterOrDigit(chunk))
        {
            return chunk switch
            {
                "&&" => QueryToken.Error("'&&' is not an operator here, write AND", _position, 2),
                "||" => QueryToken.Error("'||' is not an operator here, write OR", _position, 2),
                _ when chunk.Contains('*') => QueryToken.Error(
                    $"a '*' needs at least {QueryLimits.MinPrefixLetters} letters before it; leave the query empty to find everything", _position, chunk.Length),
                _ => null,
            };
        }

        if (chunk[0] == '^')
        {
            return QueryToken.Error("'^' belongs right after a word or a phrase", _position, 1);
        }

        return Operator(chunk) ?? Field(chunk, end) ?? Word(_position, end, isValue: false);
    }

    private QueryToken? Operator(ReadOnlySpan<char> chunk)
    {
        if (!WordShape.IsOperator(chunk))
        {
            return null;
        }

        if (chunk.StartsWith("NEAR"))
        {
            return QueryToken.Error("NEAR is not available yet, write a phrase with a distance instead: \"oil price\"~5", _position, chunk.Length);
        }

        QueryToken token = new(chunk switch { "AND" => QueryTokenKind.And, "OR" => QueryTokenKind.Or, _ => QueryTokenKind.Not }, _position, chunk.Length);
        _position += chunk.Length;
        return token;
    }

    /// <summary>Whether the minus or plus at the position stands before an operand: something with a letter or digit, a quote, a parenthesis.</summary>
    private bool IsSign(int end)
    {
        int next = _position + 1;
        if (next == end)
        {
            return next < text.Length && (text[next] == '(' || QueryText.IsQuote(text[next]));
        }

        return text[next] is not ('-' or '+') && QueryText.HasLetterOrDigit(text.AsSpan(next, end - next));
    }

    /// <summary>A field's name and colon; null where the chunk is no field but a word with a colon: a time, an address, "Update:".</summary>
    private QueryToken? Field(ReadOnlySpan<char> chunk, int end)
    {
        int colon = chunk.IndexOf(':');
        if (colon <= 0 || !QueryText.IsFieldName(chunk[..colon]))
        {
            return null;
        }

        ReadOnlySpan<char> rest = chunk[(colon + 1)..];
        if (rest.StartsWith("//") || rest.StartsWith(":"))
        {
            return null;
        }

        bool valueFollows = !rest.IsEmpty || (end < text.Length && (text[end] == '(' || QueryText.IsQuote(text[end])));
        string name = chunk[..colon].ToString();
        if (ArticleSchema.Find(name) is { } field)
        {
            if (!valueFollows)
            {
                return QueryToken.Error($"{field.Name}: needs its value right after the colon", _position, colon + 1);
            }

            QueryToken token = new(QueryTokenKind.Field, _position, colon + 1, Field: field);
            _position += colon + 1;
            _value = true;
            return token;
        }

        return valueFollows
            ? QueryToken.Error($"unknown field '{QueryText.Shown(name, 16)}', want one of {FieldNames}; quote text with a colon", _position, colon + 1)
            : null;
    }

    /// <summary>What stands right after a field's colon: there is always something.</summary>
    private QueryToken Value()
    {
        char c = text[_position];
        if (c == '(')
        {
            return Sign(QueryTokenKind.Open);
        }

        if (QueryText.IsQuote(c))
        {
            return Phrase();
        }

        int end = WordEnd(_position);
        ReadOnlySpan<char> chunk = text.AsSpan(_position, end - _position);
        if (c is '[' or '{')
        {
            return QueryToken.Error("ranges in brackets are not available, write a range of dates as date:2018/2019", _position, chunk.Length);
        }

        if (c is '-' or '+' && QueryText.HasLetterOrDigit(chunk))
        {
            return QueryToken.Error($"'{c}' belongs before the field, not after its colon", _position, 1);
        }

        if (QueryText.HasLetterOrDigit(chunk))
        {
            return Word(_position, end, isValue: true);
        }

        return chunk.Contains('*')
            ? QueryToken.Error($"a '*' needs at least {QueryLimits.MinPrefixLetters} letters before it", _position, chunk.Length)
            : QueryToken.Error($"'{QueryText.Shown(chunk)}' has no letter or digit to search for", _position, chunk.Length);
    }

    /// <summary>A word with its boost, or a prefix.</summary>
    private QueryToken Word(int start, int end, bool isValue)
    {
        ReadOnlySpan<char> body = text.AsSpan(start, end - start);
        float boost = 1;
        int caret = body[1..].IndexOf('^') + 1;
        if (caret > 0)
        {
            if (WordShape.ReadBoost(body[(caret + 1)..]) is not { } read)
            {
                return WordShape.BoostError(start + caret, body.Length - caret);
            }

            boost = read;
            body = body[..caret];
            if (!QueryText.HasLetterOrDigit(body))
            {
                return QueryToken.Error($"'{QueryText.Shown(body)}' has no letter or digit to search for", start, body.Length);
            }
        }

        body = WithoutQuestionMark(body, end, isValue);
        if (WordShape.Refusal(body, start) is { } refusal)
        {
            return refusal;
        }

        if (!isValue && WordShape.IsOperator(body))
        {
            return QueryToken.Error($"'{body}' is an operator, quote it to search for the word", start, body.Length);
        }

        _position = end;
        _seenOperand = true;
        return body[^1] == '*'
            ? new QueryToken(QueryTokenKind.Prefix, start, end - start, body[..^1].ToString(), Boost: boost)
            : new QueryToken(QueryTokenKind.Word, start, end - start, body.ToString(), Boost: boost);
    }

    /// <summary>A question mark that ends the whole query, after an earlier word, ends a question.</summary>
    private ReadOnlySpan<char> WithoutQuestionMark(ReadOnlySpan<char> body, int end, bool isValue)
    {
        if (body[^1] != '?' || isValue || !_seenOperand || !QueryText.IsBlank(text.AsSpan(end)))
        {
            return body;
        }

        Notes.Add("the '?' at the end is read as a question mark, not as a wildcard");
        return body.TrimEnd('?');
    }

    /// <summary>A phrase in quotes with its slop and boost.</summary>
    private QueryToken Phrase()
    {
        int start = _position;
        int length = QueryText.IndexOfQuote(text.AsSpan(start + 1));
        if (length < 0)
        {
            return QueryToken.Error("this quote is not closed", start, 1);
        }

        string[] words = SplitWords(text.AsSpan(start + 1, length));
        int end = start + length + 2;
        string phrase = string.Join(' ', words);
        if (!QueryText.HasLetterOrDigit(phrase))
        {
            return QueryToken.Error(words.Length == 0 ? "there is nothing between these quotes" : "there is no letter or digit between these quotes", start, end - start);
        }

        if (words.Length > QueryLimits.MaxPhraseWords)
        {
            return QueryToken.Error($"a phrase may have {QueryLimits.MaxPhraseWords} words, this one has {words.Length}", start, end - start);
        }

        NoteStar(words);
        _seenOperand = true;
        return PhraseTail(phrase, start, end);
    }

    private QueryToken PhraseTail(string phrase, int start, int end)
    {
        int slop = 0;
        float boost = 1;
        if (end < text.Length && text[end] == '~')
        {
            int digits = CountWhile(end + 1, char.IsAsciiDigit);
            if (digits is 0 or > 3 || (slop = int.Parse(text.AsSpan(end + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture)) > QueryLimits.MaxSlop)
            {
                return QueryToken.Error($"'~' after a phrase needs a number from 0 to {QueryLimits.MaxSlop}", end, digits + 1);
            }

            end += digits + 1;
        }

        if (end < text.Length && text[end] == '^')
        {
            int length = CountWhile(end + 1, c => char.IsAsciiDigit(c) || c == '.');
            if (WordShape.ReadBoost(text.AsSpan(end + 1, length)) is not { } read)
            {
                return WordShape.BoostError(end, length + 1);
            }

            boost = read;
            end += length + 1;
        }

        _position = end;
        return new QueryToken(QueryTokenKind.Phrase, start, end - start, phrase, slop, boost);
    }

    private void NoteStar(string[] words)
    {
        foreach (string word in words)
        {
            if (word[^1] == '*' && QueryText.CountLettersAndDigits(word) >= QueryLimits.MinPrefixLetters)
            {
                Notes.Add("a '*' inside quotes is an ordinary character");
                return;
            }
        }
    }

    private QueryToken Close()
    {
        int after = _position + 1;
        return after < text.Length && text[after] is '^' or '~'
            ? QueryToken.Error($"'{text[after]}' belongs after a word or a phrase, not after parentheses", after, 1)
            : Sign(QueryTokenKind.Close);
    }

    private QueryToken Sign(QueryTokenKind kind) => new(kind, _position++, 1);

    private int WordEnd(int start) => start + CountWhile(start, c => !QueryText.EndsWord(c));

    private int CountWhile(int start, Func<char, bool> holds)
    {
        int end = start;
        while (end < text.Length && holds(text[end]))
        {
            end++;
        }

        return end - start;
    }

    private static string[] SplitWords(ReadOnlySpan<char> content)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 0; i <= content.Length; i++)
        {
            if (i == content.Length || QueryText.IsSeparator(content[i]))
            {
                if (i > start)
                {
                    words.Add(content[start..i].ToString());
                }

                start = i + 1;
            }
        }

        return [.. words];
    }
}
