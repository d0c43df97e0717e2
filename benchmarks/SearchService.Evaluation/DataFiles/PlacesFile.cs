using System.Globalization;
using System.Text;

namespace SearchService.Evaluation.DataFiles;

/// <summary>
/// Makes <c>places.tsv</c> of the extractor from GeoNames' cities of 5,000 inhabitants or more (geonames_cities5000.tsv: id,
/// name, alternate names with '|', country, admin-1 code, population, latitude, longitude, time zone). One line a place,
/// largest first: name, country, population in thousands, alternate names with '|'. A name is kept once, for its largest
/// place; alternate names only for places of 200,000 or more, where they cannot be taken for a word or a person's name.
/// </summary>
internal static class PlacesFile
{
    private const int LeastPopulationForAlternates = 200_000;

    public static string Make(string citiesPath, IReadOnlySet<string> commonWords, IReadOnlySet<string> names)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        List<(string Name, string Country, int Population, string[] Alternates)> places = [];
        foreach (string line in File.ReadLines(citiesPath))
        {
            string[] fields = line.Split('\t');
            int population = int.Parse(fields[5], CultureInfo.InvariantCulture);
            string name = fields[1].Replace('’', '\'');
            if (name.Length < 2 || name.Any(char.IsDigit))
            {
                continue;
            }

            if (taken.Add(name))
            {
                places.Add((name, fields[3], population, fields[2].Split('|', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        StringBuilder file = new();
        foreach ((string name, string country, int population, string[] alternates) in places)
        {
            string[] kept = population < LeastPopulationForAlternates ? [] : [.. alternates.Where(a => IsUseful(a) && taken.Add(a))];
            file.Append(CultureInfo.InvariantCulture, $"{name}\t{country}\t{population / 1000}\t{string.Join('|', kept)}\n");
        }

        return file.ToString();

        bool IsUseful(string alternate) =>
            alternate.Length >= 4 && char.IsUpper(alternate[0]) && !alternate.Any(c => char.IsDigit(c) || c is ',' or '(' or '/')
            && alternate.Count(c => c == ' ') <= 3 && !alternate.All(char.IsUpper)
            && (alternate.Contains(' ', StringComparison.Ordinal)
                || (!commonWords.Contains(alternate.ToLowerInvariant()) && !names.Contains(alternate.ToLowerInvariant())));
    }
}
