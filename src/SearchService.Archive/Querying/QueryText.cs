using System.Buffers;
using System.Globalization;
using System.Text;

namespace SearchService.Archive.Querying;

/// <summary>Which characters mean what in a query text.</summary>
internal static class QueryText
{
    /// <summary>Any of them opens a phrase and any of them ends it: word processors mix them.</summary>
    private const string Quotes = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB";

    private static readonly SearchValues<char> QuoteValues = SearchValues.Create(Quotes);

    public static bool IsQuote(char c) => QuoteValues.Contains(c);

    public static int IndexOfQuote(ReadOnlySpan<char> text) => text.IndexOfAny(QuoteValues);

    /// <summary>
    /// White space, control characters (NUL among them) and the invisible marks that copying from pages and documents leaves:
    /// zero-width space, byte order mark, direction marks.
    /// </summary>
    public static bool IsSeparator(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u200B' or '\u200E' or '\u200F' or '\uFEFF'
        || c is >= '\u202A' and <= '\u202E' || c is >= '\u2066' and <= '\u2069';

    /// <summary>Whether a character ends a word: a separator, a quote or a parenthesis.</summary>
    public static bool EndsWord(char c) => c is '(' or ')' || IsSeparator(c) || IsQuote(c);

    /// <summary>Whether there are only separators.</summary>
    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsSeparator(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Letters and digits of any script, counted as characters.</summary>
    public static int CountLettersAndDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            count += IsLetterOrDigit(rune) ? 1 : 0;
        }

        return count;
    }

    public static bool HasLetterOrDigit(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a prefix may hold the text: letters, digits, their accents, apostrophes. Anything else would be cut away in the index.</summary>
    public static bool IsPrefixText(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsLetterOrDigit(rune) && rune.Value is not ('\'' or '\u2019')
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is shaped like a field's name: a letter, then letters, digits, _ and -.</summary>
    public static bool IsFieldName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsLetter(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the first half surrogate pair stands; -1 for none.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    /// <summary>A piece of user text for a message: cut with … where it is long, control characters as spaces, half pairs as U+FFFD.</summary>
    public static string Shown(ReadOnlySpan<char> text, int maxChars = 40)
    {
        StringBuilder shown = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= maxChars)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(rune.IsBmp && IsSeparator((char)rune.Value) ? " " : rune.ToString());
        }

        return shown.ToString();
    }

    private static bool IsLetterOrDigit(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
