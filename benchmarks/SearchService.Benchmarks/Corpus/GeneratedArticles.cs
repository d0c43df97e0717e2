using System.Globalization;
using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// Articles that look like an agency's to an index: words by Zipf's law with pairs that belong together, a dateline, people and
/// countries of which few are named often, dates over sixty years. The same number gives the same article on every machine.
/// Thread-safe.
/// </summary>
internal sealed class GeneratedArticles
{
    private const int Seed = 19870226;
    private const int People = 5_000;
    private const int Cities = 800;

    private static readonly DateTime FirstDay = new(1950, 1, 1);
    private static readonly string[] Agencies = ["Kora News", "Delta Wire", "Mirador", "Nordpress", "Halden Times"];

    private readonly int _count;
    private readonly GeneratedWords _words = new(60_000);
    private readonly GeneratedWords _names = new(People, first: 100_000);
    private readonly GeneratedWords _cities = new(Cities, first: 300_000);

    /// <param name="count">Articles; their dates spread evenly over the years.</param>
    public GeneratedArticles(int count) => _count = count;

    /// <summary>All articles, by number.</summary>
    public IEnumerable<Article> All() => Enumerable.Range(0, _count).Select(Make);

    private Article Make(int number)
    {
        Random random = new(Seed + number);
        List<Finding> findings = [];
        string agency = Agencies[random.Next(Agencies.Length)];
        ArticleLocation location = Location(_cities.Draw(random));
        string headline = Capitalised(Sentence(random, 5, 10));
        string[] people = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Person(_names.Draw(random))).Distinct(StringComparer.Ordinal)];
        string[] countries = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => CountryOf(_cities.Draw(random))).Distinct(StringComparer.Ordinal)];
        string body = Body(random, location, agency, people, findings);
        return new Article
        {
            Id = ArticleId.FromNative(agency, number.ToString(CultureInfo.InvariantCulture)),
            Origin = new ArticleOrigin($"generated/{number / 1000}.ndjson", number % 1000, "ndjson", "utf-8"),
            Headline = headline,
            Body = body,
            Date = Date(random, number),
            Location = location,
            Countries = countries,
            People = [.. people.Select(p => new PersonMentions(p, findings.Count(f => f.Value == p), [p]))],
            Mentioned = [.. countries.Select(c => new CountryMentions(c, 1))],
            Places = [new PlaceMentions(location.Place!, location.Country, 1)],
            Source = agency,
            Language = "en",
            Findings = findings,
        };
    }

    private string Body(Random random, ArticleLocation location, string agency, string[] people, List<Finding> findings)
    {
        // Lengths as agencies have them: half below 230 words, a tenth above 500.
        int words = Math.Clamp((int)(230 * Math.Exp(0.6 * Normal(random))), 40, 1_500);
        StringBuilder body = new();
        findings.Add(new Finding("location", location.FacetValue, FindingIn.Body, 0, location.Place!.Length, "dateline"));
        body.Append(CultureInfo.InvariantCulture, $"{location.Place.ToUpperInvariant()} ({agency}) - ");
        int written = 0;
        for (int sentence = 0; written < words; sentence++)
        {
            if (sentence > 0)
            {
                body.Append(sentence % 3 == 0 ? "\n\n" : " ");
            }

            if (people.Length > 0 && sentence % 2 == 1)
            {
                string person = people[random.Next(people.Length)];
                findings.Add(new Finding("people", person, FindingIn.Body, body.Length, person.Length, "full-name"));
                body.Append(person).Append(' ');
            }

            string text = Sentence(random, 8, 26);
            written += text.Count(c => c == ' ') + 1;
            body.Append(Capitalised(text)).Append('.');
        }

        return body.ToString();
    }

    private string Sentence(Random random, int shortest, int longest)
    {
        StringBuilder sentence = new();
        int words = random.Next(shortest, longest);
        for (int i = 0; i < words; i++)
        {
            int rank = _words.Draw(random);
            sentence.Append(i == 0 ? "" : " ").Append(_words[rank]);
            if (random.NextDouble() < 0.15)
            {
                // Its partner: some words come in pairs, or no phrase would ever be worth searching.
                sentence.Append(' ').Append(_words[(int)((rank * 2_654_435_761L) % 4_000)]);
            }
        }

        return sentence.ToString();
    }

    /// <summary>In order of number, with a time of day; one in fifty known to the month only, one in fifty unknown.</summary>
    private ArticleDate? Date(Random random, int number)
    {
        const int Days = 60 * 365;
        DateTime local = FirstDay.AddDays((double)number / _count * Days).AddMinutes(random.Next(24 * 60));
        return random.Next(50) switch
        {
            0 => null,
            1 => new ArticleDate(local, DatePrecision.Month, null, DateProvenance.Declared),
            _ => new ArticleDate(local, DatePrecision.Minute, null, DateProvenance.Declared),
        };
    }

    private ArticleLocation Location(int city) =>
        new(Capitalised(_cities[city]), Capitalised(_cities[city]), null, CountryOf(city), LocationProvenance.Dateline);

    private static string CountryOf(int city) => CountryNames.Codes[(city * 97) % CountryNames.Codes.Count];

    private string Person(int rank) => $"{Capitalised(_names[(rank * 31) % 400])} {Capitalised(_names[rank])}";

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>A draw from the normal distribution (Box and Muller 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
