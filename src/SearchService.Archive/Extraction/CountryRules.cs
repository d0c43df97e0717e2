namespace SearchService.Archive.Extraction;

/// <summary>
/// The countries a story is about: the one it was filed from, and each whose score reaches the threshold. Set on the human
/// country tags of Reuters-21578 (see benchmarks/SearchService.Evaluation).
/// </summary>
internal static class CountryRules
{
    private const double Threshold = 3;
    private const double NameWeight = 1;
    private const double DemonymWeight = 0.5;
    private const double HeadlineWeight = 3;
    private const double LeadWeight = 1;

    /// <summary>The lead: so many characters of the body.</summary>
    private const int LeadLength = 400;

    /// <summary>How often a country is named, and where.</summary>
    public sealed class Tally
    {
        public int Names { get; set; }

        public int Demonyms { get; set; }

        public bool InHeadline { get; set; }

        public bool InLead { get; set; }

        /// <summary>Its capital or a city of over a million stands in headline or lead.</summary>
        public bool CityInHeadline { get; set; }

        public bool CityInLead { get; set; }

        public bool Dateline { get; set; }

        public int First { get; set; } = int.MaxValue;

        public int Mentions => Names + Demonyms;

        /// <summary>
        /// A capital in headline or lead counts as a name of its country where the country itself is named or its people: the story
        /// from Moscow that names Russia once is about Russia.
        /// </summary>
        public double Score
        {
            get
            {
                bool named = Mentions > 0;
                double score = (Names * NameWeight) + (Demonyms * DemonymWeight) + (InHeadline ? HeadlineWeight : 0) + (InLead ? LeadWeight : 0);
                if (named && CityInHeadline && !InHeadline)
                {
                    score += HeadlineWeight;
                }

                if (named && CityInLead && !InLead)
                {
                    score += LeadWeight;
                }

                return score;
            }
        }
    }

    public static Dictionary<string, Tally> Count(IEnumerable<PlaceMention> headline, IEnumerable<PlaceMention> body, string? datelineCountry, int datelineEnd)
    {
        Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
        foreach (PlaceMention mention in headline)
        {
            Add(mention, inHeadline: true, inLead: false, order: mention.Span.Start - 100_000);
        }

        foreach (PlaceMention mention in body)
        {
            if (mention.Span.Start >= datelineEnd)
            {
                Add(mention, inHeadline: false, inLead: mention.Span.Start < datelineEnd + LeadLength, mention.Span.Start);
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
                tallies[country] = tally = new Tally();
            }

            return tally;
        }

        void Add(PlaceMention mention, bool inHeadline, bool inLead, int order)
        {
            if (mention.Country.Length == 0)
            {
                return;
            }

            switch (mention.Match.Place.Kind)
            {
                case PlaceKind.Country:
                case PlaceKind.Demonym:
                    Tally tally = Of(mention.Country);
                    tally.Names += mention.Match.Place.Kind == PlaceKind.Country ? 1 : 0;
                    tally.Demonyms += mention.Match.Place.Kind == PlaceKind.Demonym ? 1 : 0;
                    tally.InHeadline |= inHeadline;
                    tally.InLead |= inLead;
                    tally.First = Math.Min(tally.First, order);
                    break;
                case PlaceKind.City when mention.Match.Place.IsLargeOrCapital:
                    Tally city = Of(mention.Country);
                    city.CityInHeadline |= inHeadline;
                    city.CityInLead |= inLead;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The countries that count, highest score first; the dateline's country at the threshold at least.</summary>
    public static List<string> About(Dictionary<string, Tally> tallies) =>
    [
        .. tallies.Where(t => t.Value.Dateline || (t.Value.Mentions > 0 && t.Value.Score >= Threshold))
            .OrderByDescending(t => Math.Max(t.Value.Score, t.Value.Dateline ? Threshold : 0))
            .ThenByDescending(t => t.Value.Dateline)
            .ThenBy(t => t.Value.First)
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => t.Key),
    ];
}
