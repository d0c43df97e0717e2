using System.Collections.Frozen;
using System.Text;

namespace SearchService.Archive.Articles;

/// <summary>
/// Names of countries in English and their codes: ISO 3166-1 alpha-2, and XK for Kosovo. The table is
/// <c>CountryNames.tsv</c> beside this file. For labels and for what users write, not for finding countries in text.
/// </summary>
public static class CountryNames
{
    /// <summary>Longer texts are no country's name.</summary>
    private const int MaxNameChars = 80;

    private static readonly IReadOnlyList<(string Code, string Name, string[] Others)> Table = Load();

    private static readonly FrozenDictionary<string, string> NameByCode =
        Table.ToFrozenDictionary(c => c.Code, c => c.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> CodeByKey = Table
        .SelectMany(c => c.Others.Append(c.Name).Append(c.Code).Select(name => (Key: Key(name), c.Code)))
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Code, StringComparer.Ordinal);

    /// <summary>All codes, upper case, in their own order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Table.Select(c => c.Code)];

    /// <summary>The name newsrooms use for a code in any case: "Ivory Coast" for <c>CI</c>; null for an unknown code.</summary>
    public static string? NameOf(string code) => NameByCode.GetValueOrDefault(code);

    /// <summary>
    /// The upper-case code a user means by a code or a name; null where unknown or where the name could be several countries
    /// ("Korea"). Case, accents, punctuation and a leading "the" do not matter; "&amp;" is "and", "St" is "Saint".
    /// </summary>
    public static string? CodeOf(string nameOrCode) =>
        nameOrCode.Length > MaxNameChars ? null : CodeByKey.GetValueOrDefault(Key(nameOrCode));

    /// <summary>The letters and digits of a name's words, without accents, in lower case: "cotedivoire".</summary>
    private static string Key(string name)
    {
        StringBuilder key = new(name.Length);
        foreach (string word in name.Replace("&", " and ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string letters = Letters(word);
            key.Append(letters switch
            {
                "the" => "",
                "st" when name.Length > 2 => "saint",
                _ => letters,
            });
        }

        return key.ToString();
    }

    /// <summary>
    /// Decomposes first and lower-cases last, so that İ becomes i whatever the culture. Half a surrogate pair, which
    /// <see cref="string.Normalize()"/> throws at, is replaced before.
    /// </summary>
    private static string Letters(string word)
    {
        StringBuilder valid = new(word.Length);
        foreach (Rune rune in word.EnumerateRunes())
        {
            valid.Append(rune.ToString());
        }

        StringBuilder letters = new(word.Length);
        foreach (char c in valid.ToString().Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                letters.Append(char.ToLowerInvariant(c));
            }
        }

        return letters.ToString();
    }

    private static List<(string Code, string Name, string[] Others)> Load()
    {
        using Stream stream = typeof(CountryNames).Assembly.GetManifestResourceStream("CountryNames.tsv")
            ?? throw new InvalidOperationException("resource CountryNames.tsv is missing");
        using StreamReader reader = new(stream, Encoding.UTF8);
        List<(string Code, string Name, string[] Others)> table = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            string[] parts = line.Split('\t');
            table.Add((parts[0], parts[1], parts.Length > 2 ? parts[2].Split('|') : []));
        }

        return table;
    }
}
