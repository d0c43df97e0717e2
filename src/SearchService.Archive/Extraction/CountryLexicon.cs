using System.Collections.Frozen;

namespace SearchService.Archive.Extraction;

/// <summary>
/// What text calls countries and territories: names in English by ISO 3166-1 alpha-2 code (XK for Kosovo), former ones included
/// (a former country's name stands for its main successor: Soviet Union → RU), and demonyms. Immutable.
/// </summary>
internal static class CountryLexicon
{
    /// <summary>One country.</summary>
    /// <param name="Code">ISO 3166-1 alpha-2 code in capitals.</param>
    /// <param name="Name">The name shown to users: "Azerbaijan".</param>
    /// <param name="Names">Every name, <paramref name="Name"/> first.</param>
    /// <param name="Demonyms">Its people and its adjective: "Azerbaijani", "Azerbaijanis".</param>
    public sealed record Country(string Code, string Name, IReadOnlyList<string> Names, IReadOnlyList<string> Demonyms);

    private static readonly Country[] Countries = [.. EmbeddedData.Lines("countries.tsv").Select(Parse)];

    private static readonly FrozenDictionary<string, Country> ByCode = Countries.ToFrozenDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Country> ByName = Countries
        .SelectMany(c => c.Names.Concat(c.Demonyms), (country, name) => (Key: TextFolding.Fold(name), country))
        .DistinctBy(e => e.Key)
        .ToFrozenDictionary(e => e.Key, e => e.country, StringComparer.Ordinal);

    /// <summary>All of them, in order of their codes.</summary>
    public static IReadOnlyList<Country> All => Countries;

    /// <summary>The country that a code, a name or a demonym means, in any case, with or without marks; null for an unknown one.</summary>
    public static Country? Find(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
        {
            trimmed = trimmed[4..];
        }

        return ByCode.TryGetValue(trimmed, out Country? country) || ByName.TryGetValue(TextFolding.Fold(trimmed), out country) ? country : null;
    }

    private static Country Parse(string line)
    {
        string[] fields = line.Split('\t');
        string[] names = [fields[1], .. Split(2)];
        return new Country(fields[0], fields[1], names, Split(3));

        string[] Split(int field) => field < fields.Length ? fields[field].Split('|', StringSplitOptions.RemoveEmptyEntries) : [];
    }
}
