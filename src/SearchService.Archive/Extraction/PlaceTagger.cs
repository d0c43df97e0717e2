namespace SearchService.Archive.Extraction;

/// <summary>A place named in a text.</summary>
/// <param name="Country">Its country; differs from the gazetteer's where a region or a country stands behind it.</param>
internal readonly record struct PlaceMention(DocumentText Text, PlaceMatch Match, string Country, string Rule)
{
    public TextSpan Span => Match.Part ?? new(Text.Tokens[Match.First].Start, Text.Tokens[Match.Last].End - Text.Tokens[Match.First].Start);
}

/// <summary>
/// Decides which names of the gazetteer in a text are places there. None inside a person's name or a firm's; a city that is also
/// an English word, a surname or small needs support: "in" before it, or its region or country behind it.
/// </summary>
internal static class PlaceTagger
{
    /// <summary>In thousands: a bare name of a city of this size is a place where it is no word or surname.</summary>
    private const int TrustedPopulation = 100;

    private const WordClasses FirmWords = WordClasses.Company;

    private static readonly HashSet<ulong> NamedAfterPlaces = [.. new[]
    {
        "Airlines", "Airways", "Daily", "Times", "Post", "Motors", "Motor", "Steel", "Petroleum", "Telecom", "Mobile", "Electric", "Journal", "Tribune",
        "Herald", "Globe", "Shimbun", "Life", "Express", "Railways", "Pacific", "Lines", "Insurance", "Securities", "Aluminium", "Brands", "Cyanamid", "Can",
        "Standard", "Home", "Medical", "Hospital", "Telephone", "General", "Stores", "Savings", "Bancorp", "Bankshares", "Heritage", "Idol", "Pie", "Open",
    }.Select(w => TextFolding.Key(w))];

    private static readonly HashSet<ulong> Before = [.. new[] { "Air", "Radio", "Miss", "Bancorp", "Royal" }.Select(w => TextFolding.Key(w))];

    /// <param name="names">Whether each token belongs to a person's name.</param>
    public static List<PlaceMention> Tag(DocumentText text, bool[] names, Gazetteer gazetteer)
    {
        List<PlaceMention> mentions = [];
        foreach (PlaceMatch match in text.Places)
        {
            if (match.Place.Kind == PlaceKind.Other || match.Place.Trust == PlaceTrust.Never || names[match.First])
            {
                continue;
            }

            if (Judge(text, match, gazetteer, out string country) is { } rule)
            {
                mentions.Add(new PlaceMention(text, match, country, rule));
            }
        }

        return mentions;
    }

    private static string? Judge(DocumentText text, PlaceMatch match, Gazetteer gazetteer, out string country)
    {
        TokenizedText tokens = text.Tokens;
        Place place = match.Place;
        country = place.Country;
        if (InsideFirm(text, match))
        {
            return null;
        }

        ref readonly Token first = ref tokens[match.First];
        switch (place.Kind)
        {
            case PlaceKind.Demonym:
                return IsWordInCapitals(text, match) ? null : "demonym";
            case PlaceKind.Country:
                return IsWordInCapitals(text, match) || !IsCountryThere(text, match) ? null : "country-name";
            case PlaceKind.Region:
                return match.Words == 1 && tokens[match.First].Is(WordClasses.FirstName) && !Supported(text, match) && Behind(text, match, gazetteer) is null ? null : "region-name";
            default:
                break;
        }

        if (Behind(text, match, gazetteer) is { } wider)
        {
            country = wider;
            return "city-with-region";
        }

        bool supported = Supported(text, match);
        if (place.Trust == PlaceTrust.Hub || place.IsCapital)
        {
            return match.Words == 1 && first.Is(WordClasses.FirstName) && !place.IsLargeOrCapital && !supported && InRun(tokens, match) ? null : "city-name";
        }

        bool risky = text.IsCapitals || match.Words == 1
            && (first.Is(WordClasses.Common | WordClasses.AnyFirst | WordClasses.LastName | WordClasses.WorldLastName | WordClasses.Organisation | WordClasses.Title
                | WordClasses.Honorific | WordClasses.Function | WordClasses.Month) || first.Shape == WordShape.Upper);
        if (place.Trust == PlaceTrust.DatelineOnly)
        {
            return supported && !first.Is(WordClasses.Function) && !InRun(tokens, match) ? "city-after-preposition" : null;
        }

        if (place.Population >= TrustedPopulation && !risky)
        {
            return InRun(tokens, match) && !supported ? null : "city-name";
        }

        bool word = match.Words == 1 && first.Is(WordClasses.Common | WordClasses.Organisation | WordClasses.Function | WordClasses.Title | WordClasses.Month | WordClasses.Honorific);
        return supported && !word && !InRun(tokens, match) && !text.IsCapitals ? "city-after-preposition" : null;
    }

    /// <summary>"Paris, Texas", "London, Ontario", "Lyon, France": the country that stands behind a comma.</summary>
    private static string? Behind(DocumentText text, PlaceMatch match, Gazetteer gazetteer)
    {
        TokenizedText tokens = text.Tokens;
        int comma = match.Last + 1;
        if (comma + 1 >= tokens.Count || !tokens[comma].IsMark(',') || !tokens[comma + 1].IsCapitalised)
        {
            return null;
        }

        if (text.PlaceAt(comma + 1) is { } next && next.First == comma + 1)
        {
            if (next.Place.Kind is PlaceKind.Region)
            {
                return next.Place.Country;
            }

            if (next.Place.Kind is PlaceKind.Country && next.Place.Country == match.Place.Country)
            {
                return next.Place.Country;
            }
        }

        return gazetteer.TryFindRegion(tokens.Span(comma + 1), out Place region) && tokens[comma + 1].Length > 2 ? region.Country : null;
    }

    private static bool Supported(DocumentText text, PlaceMatch match)
    {
        int before = match.First - 1;
        return before >= 0 && text.Tokens[before].Is(WordClasses.Preposition) && text.Tokens[before].Shape == WordShape.Lower && text.Tokens.Span(before) is not "of";
    }

    /// <summary>Another capital stands right before or behind it.</summary>
    private static bool InRun(TokenizedText tokens, PlaceMatch match) =>
        (match.First > 0 && tokens[match.First - 1].IsCapitalised && !tokens[match.First - 1].SentenceStart)
        || (match.Last + 1 < tokens.Count && tokens[match.Last + 1].IsCapitalised);

    /// <summary>"American Airlines", "Bank of America Corp", "Air France": part of a firm's name.</summary>
    private static bool InsideFirm(DocumentText text, PlaceMatch match)
    {
        TokenizedText tokens = text.Tokens;
        int after = match.Last + 1;
        if (after < tokens.Count && tokens[after].IsCapitalised && (tokens[after].Is(FirmWords) || NamedAfterPlaces.Contains(tokens[after].Key)))
        {
            return true;
        }

        int before = match.First - 1;
        return before >= 0 && tokens[before].IsCapitalised && Before.Contains(tokens[before].Key);
    }

    /// <summary>In a text of capitals TURKEY and POLISH may be words, and US is one.</summary>
    private static bool IsWordInCapitals(DocumentText text, PlaceMatch match)
    {
        ref readonly Token token = ref text.Tokens[match.First];
        if (match.Words > 1)
        {
            return false;
        }

        ReadOnlySpan<char> word = text.Tokens.Span(match.First);
        if (text.IsCapitals)
        {
            return word is "US" or "TURKEY" or "POLISH" or "JERSEY" or "CHAD";
        }

        // "Us" and "Uk" are no countries; neither is a currency's "US$".
        return (token.Shape != WordShape.Upper && word.Equals("us", StringComparison.OrdinalIgnoreCase))
            || (match.Last + 1 < text.Tokens.Count && text.Tokens[match.Last + 1].IsMark('$'));
    }

    /// <summary>Not "Michael Jordan", "Jordan Smith", "New Jersey", "Chad Brown".</summary>
    private static bool IsCountryThere(DocumentText text, PlaceMatch match)
    {
        if (match.Words > 1)
        {
            return true;
        }

        TokenizedText tokens = text.Tokens;
        ref readonly Token token = ref tokens[match.First];
        bool firstBefore = match.First > 0 && tokens[match.First - 1].IsCapitalised
            && tokens[match.First - 1].Is(WordClasses.FirstName) && token.Is(WordClasses.Surname) && !tokens[match.First - 1].SentenceStart;
        bool lastBehind = match.Last + 1 < tokens.Count && tokens[match.Last + 1].IsCapitalised && token.Is(WordClasses.FirstName)
            && tokens[match.Last + 1].Is(WordClasses.LastName) && !tokens[match.Last + 1].Is(WordClasses.Title | WordClasses.Organisation);
        return !firstBefore && !lastBehind;
    }
}
