using System.Buffers;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

/// <summary>What may stand after a field's colon, and the canonical form of a field's values.</summary>
internal static class FieldOperand
{
    /// <summary>What codes, language tags and dates are made of: nothing that the query language reads otherwise.</summary>
    private static readonly SearchValues<char> ValueChars =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_/");

    /// <summary>
    /// The canonical form of an exact value: a country's code for its name, a language tag in lower case. Null where the field's
    /// values are countries and this is none.
    /// </summary>
    public static string? Canonical(ArticleField field, string value)
    {
        if (value == ArticleSchema.Missing)
        {
            return value;
        }

        if (field.HasCodes)
        {
            return CountryNames.CodeOf(value);
        }

        return field == ArticleSchema.Language ? value.ToLowerInvariant() : value;
    }

    public static string UnknownCountry(string value) =>
        $"unknown country '{QueryText.Shown(value)}', want an ISO code such as AZ or a name; quote a name of several words";

    /// <summary>
    /// Checks a word, phrase or prefix against its field. Returns why it is refused, null where it is not; then <paramref name="resolved"/>
    /// is the operand in its canonical form.
    /// </summary>
    public static string? Resolve(ArticleField field, QuerySyntax operand, out QuerySyntax resolved)
    {
        resolved = operand;
        if (operand is WordSyntax { Text: ArticleSchema.Missing } missing)
        {
            if (field is { HasValues: false, HasWords: true })
            {
                return $"{field.Name}: cannot be asked for {ArticleSchema.Missing}, only fields with values and dates can";
            }

            return missing.Boost == 1 ? null : NotScored(field);
        }

        return field.HasWords ? null : ResolveValue(field, operand, out resolved);
    }

    private static string? ResolveValue(ArticleField field, QuerySyntax operand, out QuerySyntax resolved)
    {
        resolved = operand;
        (string text, float boost) = operand switch
        {
            WordSyntax word => (word.Text, word.Boost),
            PhraseSyntax { Slop: 0 } phrase => (phrase.Text, phrase.Boost),
            _ => ("", 1),
        };
        if (text.Length == 0)
        {
            return $"{field.Name}: takes whole values, without '*' and '~'";
        }

        if (boost != 1)
        {
            return NotScored(field);
        }

        string? value;
        if (field == ArticleSchema.Date)
        {
            if (!DateExpression.TryParse(text, out DateExpression? date, out string? reason))
            {
                return reason;
            }

            value = date.Text;
        }
        else
        {
            value = Canonical(field, text);
        }

        if (value is null)
        {
            return UnknownCountry(text);
        }

        if (value.AsSpan().ContainsAnyExcept(ValueChars) || WordShape.NeedsSpaceBefore(value))
        {
            return $"{field.Name}: has no value '{QueryText.Shown(value)}'";
        }

        resolved = new WordSyntax(value, 1, operand.Start, operand.Length);
        return null;
    }

    private static string NotScored(ArticleField field) => $"'^' has no effect on {field.Name}:, its values do not score";
}
