using System.Globalization;

namespace SearchService.Archive.Querying;

/// <summary>What the shape of a single word means, and which shapes are refused because other query languages read them otherwise.</summary>
internal static class WordShape
{
    /// <summary>Whether a word is an operator: AND, OR, NOT, and NEAR with its distance.</summary>
    public static bool IsOperator(ReadOnlySpan<char> word) =>
        word is "AND" or "OR" or "NOT" || (word.StartsWith("NEAR/") && !word[5..].ContainsAnyExceptInRange('0', '9'));

    /// <summary>
    /// Whether a word means something else right after a sign or a field's colon: <c>-</c> before it would run together with its own
    /// hyphen, <c>[</c> would open a range.
    /// </summary>
    public static bool NeedsSpaceBefore(string word) => word[0] is '-' or '+' or '[' or '{';

    /// <summary>Why a word is refused that would be misread as a plain one; null where it is not.</summary>
    /// <param name="word">The word without boost; it has a letter or digit.</param>
    /// <param name="start">Where it stands in the query.</param>
    public static QueryToken? Refusal(ReadOnlySpan<char> word, int start)
    {
        int tilde = word.TrimEnd("0123456789.").Length - 1;
        if (tilde > 0 && word[tilde] == '~' && QueryText.HasLetterOrDigit(word.Slice(tilde - 1, 1)))
        {
            return QueryToken.Error("fuzzy search is not available yet, leave out the '~'", start + tilde, word.Length - tilde);
        }

        int question = word.IndexOf('?');
        if (question >= 0)
        {
            return QueryToken.Error(
                "'?' is not available as a wildcard, write the beginning of the word with '*', or quote text that has a '?'", start + question, 1);
        }

        int star = word.IndexOf('*');
        if (star >= 0 && star < word.Length - 1)
        {
            return QueryToken.Error("a '*' may only end a word: govern* finds government and governor", start + star, 1);
        }

        if (star >= 0 && QueryText.CountLettersAndDigits(word) < QueryLimits.MinPrefixLetters)
        {
            return QueryToken.Error($"a '*' needs at least {QueryLimits.MinPrefixLetters} letters before it", start, word.Length);
        }

        if (star >= 0 && !QueryText.IsPrefixText(word[..^1]))
        {
            return QueryToken.Error("only letters, digits and apostrophes may stand before a '*'", start, word.Length);
        }

        return word.Length > 2 && word[0] == '/' && word[^1] == '/' && word[1..^1].IndexOf('/') < 0
            ? QueryToken.Error("regular expressions are not available, quote text that has slashes around it", start, word.Length)
            : null;
    }

    /// <summary>A boost from 0.1 to 10, so short that it prints as it was written; null for anything else.</summary>
    public static float? ReadBoost(ReadOnlySpan<char> number) =>
        number.Length is > 0 and <= 7
        && float.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out float boost)
        && boost is >= QueryLimits.MinBoost and <= QueryLimits.MaxBoost
            ? boost
            : null;

    public static QueryToken BoostError(int start, int length) => QueryToken.Error(
        string.Create(CultureInfo.InvariantCulture, $"'^' needs a number from {QueryLimits.MinBoost} to {QueryLimits.MaxBoost}"), start, length);
}
