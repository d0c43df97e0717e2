namespace SearchService.Archive.Extraction;

/// <summary>
/// The countries a story is about: the one it was filed from, and each whose score reaches the threshold. Names count most where
/// the headline and the first lines have them; a city there stands for its country, so that a story from Moscow is about Russia
/// though it names Russia once. The weights were fitted on the human country tags of Reuters-21578 and on annotated Wikinews
/// articles together, and rounded.
/// </summary>
internal static class CountryRules
{
    private const double Threshold = 3;
    private const double NameWeight = 1;
    private const double DemonymWeight = 0.75;

    /// <summary>Further names and demonyms add nothing.</summary>
    private const int MostNames = 5;
    private const int MostDemonyms = 6;

    /// <summary>For the headline, its own name or demonym included.</summary>
    private const double HeadlineNameWeight = 4;
    private const double HeadlineDemonymWeight = 3.5;
    private const double HeadlineCityWeight = 3;

    /// <summary>Named in the first sentence, or in the first paragraphs, by the characters before it.</summary>
    private const double OpeningWeight = 1.5;
    private const int OpeningLength = 200;
    private const double LeadWeight = 1.25;
    private const int LeadLength = 600;

    /// <summary>A city among the first characters, of a country that is named later.</summary>
    private const double LeadCityWeight = 1;
    private const int LeadCityLength = 400;

    /// <summary>For each mention of its cities and regions.</summary>
    private const double CityWeight = 0.75;
    private const int MostCities = 3;

    /// <summary>Where a story names at most two countries.</summary>
    private const double FewCountriesWeight = 0.5;

    /// <summary>Where the headline has a group act and the body names the country as one of it.</summary>
    private const double GroupWeight = 2;

    /// <summary>How often a country is named, and where.</summary>
    public sealed class Tally
    {
        /// <summary>Names in the body.</summary>
        public int Names { get; set; }

        /// <summary>Demonyms in the body.</summary>
        public int Demonyms { get; set; }

        public int HeadlineNames { get; set; }

        public int HeadlineDemonyms { get; set; }

        /// <summary>Mentions of its cities and regions in headline and body.</summary>
        public int Cities { get; set; }

        public bool CityInHeadline { get; set; }

        public bool CityInLead { get; set; }

        public bool Dateline { get; set; }

        /// <summary>Named as one of the group of the headline, see <see cref="CountryGroups"/>.</summary>
        public bool InGroup { get; set; }

        /// <summary>Offset of the first name or demonym in the body, counted from the end of the dateline.</summary>
        public int FirstInBody { get; set; } = int.MaxValue;

        /// <summary>Order of the first mention, the headline before the body.</summary>
        public int Order { get; set; } = int.MaxValue;

        public int Mentions => Names + Demonyms + HeadlineNames + HeadlineDemonyms;

        /// <param name="few">The story names at most two countries.</param>
        public double Score(bool few)
        {
            if (Mentions == 0)
            {
                return 0;
            }

            double headline = HeadlineNames > 0 ? HeadlineNameWeight
                : HeadlineDemonyms > 0 ? HeadlineDemonymWeight
                : CityInHeadline ? HeadlineCityWeight : 0;
            double lead = FirstInBody < OpeningLength ? OpeningWeight
                : FirstInBody < LeadLength ? LeadWeight
                : CityInLead ? LeadCityWeight : 0;
            return (NameWeight * Math.Min(Names, MostNames)) + (DemonymWeight * Math.Min(Demonyms, MostDemonyms)) + headline + lead
                + (CityWeight * Math.Min(Cities, MostCities)) + (few ? FewCountriesWeight : 0) + (InGroup ? GroupWeight : 0);
        }
    }

    public static Dictionary<string, Tally> Count(IEnumerable<PlaceMention> headline, IEnumerable<PlaceMention> body, string? datelineCountry, int datelineEnd)
    {
        Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
        int order = 0;
        foreach (PlaceMention mention in headline.Where(m => m.Country.Length > 0))
        {
            Tally tally = Of(mention.Country);
            switch (mention.Match.Place.Kind)
            {
                case PlaceKind.Country:
                    tally.HeadlineNames++;
                    break;
                case PlaceKind.Demonym:
                    tally.HeadlineDemonyms++;
                    break;
                default:
                    tally.Cities++;
                    tally.CityInHeadline = true;
                    break;
            }
        }

        foreach (PlaceMention mention in body.Where(m => m.Country.Length > 0))
        {
            Tally tally = Of(mention.Country);
            int offset = mention.Span.Start - datelineEnd;
            switch (mention.Match.Place.Kind)
            {
                case PlaceKind.Country:
                    tally.Names++;
                    tally.FirstInBody = Math.Min(tally.FirstInBody, offset);
                    break;
                case PlaceKind.Demonym:
                    tally.Demonyms++;
                    tally.FirstInBody = Math.Min(tally.FirstInBody, offset);
                    break;
                default:
                    tally.Cities++;
                    tally.CityInLead |= offset < LeadCityLength;
                    break;
            }
        }

        if (datelineCountry is not null)
        {
            Of(datelineCountry).Dateline = true;
        }

        return tallies;

        Tally Of(string country)
        {
            if (!tallies.TryGetValue(country, out Tally? tally))
            {
                tallies[country] = tally = new Tally { Order = order++ };
            }

            return tally;
        }
    }

    /// <summary>
    /// The countries that count, highest score first; the dateline's country has the threshold at least. A story that names no
    /// country at all is about those of its cities.
    /// </summary>
    public static List<string> About(Dictionary<string, Tally> tallies)
    {
        int named = tallies.Count(t => t.Value.Mentions > 0 || t.Value.Dateline);
        if (named == 0)
        {
            return [.. tallies.OrderByDescending(t => t.Value.Cities).ThenBy(t => t.Value.Order).Select(t => t.Key)];
        }

        bool few = named <= 2;
        return
        [
            .. tallies.Select(t => (Code: t.Key, t.Value.Dateline, t.Value.Order, Score: Math.Max(t.Value.Score(few), t.Value.Dateline ? Threshold : 0)))
                .Where(t => t.Score >= Threshold)
                .OrderByDescending(t => t.Score)
                .ThenByDescending(t => t.Dateline)
                .ThenBy(t => t.Order)
                .Select(t => t.Code),
        ];
    }
}
