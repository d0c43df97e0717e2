using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>Countries and places of an article, with a finding for every mention.</summary>
internal sealed record CountryFindings(IReadOnlyList<string> About, IReadOnlyList<CountryMentions> Mentioned, IReadOnlyList<PlaceMentions> Places)
{
    public static CountryFindings Find(
        DeclaredFields declared, Names names, string? datelineCountry, TextSpan? datelinePlace, int datelineEnd, FindingList findings)
    {
        Dictionary<string, CountryRules.Tally> tallies = CountryRules.Count(names.HeadlinePlaces, names.BodyPlaces, datelineCountry, datelineEnd);
        foreach (string member in CountryGroups.Members(names.Headline, names.BodyPlaces, names.BodyNames, datelineEnd))
        {
            tallies[member].InGroup = true;
        }

        List<string> about = [.. declared.Countries.Select(c => CountryLexicon.Find(c)?.Code).OfType<string>().Distinct(StringComparer.Ordinal)];
        bool derived = about.Count == 0;
        if (derived)
        {
            about = CountryRules.About(tallies);
        }
        else
        {
            about.ForEach(code => findings.Declared("countries", code));
        }

        if (derived && datelineCountry is not null && datelinePlace is { } place)
        {
            findings.Add("countries", datelineCountry, FindingIn.Body, place, "dateline");
        }
        else if (derived && datelineCountry is not null)
        {
            findings.Add("countries", datelineCountry, FindingIn.Declared, default, "dateline");
        }

        Dictionary<(string Name, string Country), (int Mentions, int First)> places = [];
        foreach (PlaceMention mention in names.HeadlinePlaces.Concat(names.BodyPlaces))
        {
            FindingIn @in = names.In(mention.Text);
            bool isCountry = mention.Match.Place.Kind is PlaceKind.Country or PlaceKind.Demonym;
            if (!isCountry && derived && tallies[mention.Country].Mentions == 0 && about.Contains(mention.Country))
            {
                // Nothing but its cities speaks for the country.
                findings.Add("countries", mention.Country, @in, mention.Span, mention.Rule);
            }
            else if (isCountry)
            {
                findings.Add(derived && about.Contains(mention.Country) ? "countries" : "mentioned", mention.Country, @in, mention.Span, mention.Rule);
            }

            if (mention.Match.Place.Kind == PlaceKind.Demonym)
            {
                continue;
            }

            if (mention.Match.Place.Kind == PlaceKind.Country)
            {
                findings.Add("places", mention.Match.Place.Name, @in, mention.Span, mention.Rule);
                continue;
            }

            string name = PlaceCasing.Ordinary(mention.Text.Tokens.Span(mention.Match.First, mention.Match.Last), mention.Match.Place.Name);
            findings.Add("places", name, @in, mention.Span, mention.Rule);
            (int mentions, int first) = places.TryGetValue((name, mention.Country), out (int, int) known) ? known : (0, places.Count);
            places[(name, mention.Country)] = (mentions + 1, first);
        }

        return new CountryFindings(
            about,
            [.. tallies.Where(t => t.Value.Mentions > 0).OrderByDescending(t => t.Value.Mentions).ThenBy(t => t.Value.Order)
                .ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => new CountryMentions(t.Key, t.Value.Mentions))],
            [.. places.OrderByDescending(p => p.Value.Mentions).ThenBy(p => p.Value.First)
                .Select(p => new PlaceMentions(p.Key.Name, p.Key.Country.Length == 0 ? null : p.Key.Country, p.Value.Mentions))]);
    }
}
