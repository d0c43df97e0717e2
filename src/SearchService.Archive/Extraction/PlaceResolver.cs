using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Says which place a printed place is. Its parts are read from right to left: a country, a region with its abbreviations, then
/// the city; without either of the first two the gazetteer gives the country.
/// </summary>
internal sealed class PlaceResolver(Gazetteer gazetteer)
{
    private static readonly string[] CityStates = ["SG", "HK", "MO", "MC", "VA", "GI", "LU", "DJ", "SM"];

    private static readonly string[] SmallWords =
    [
        "of", "de", "da", "do", "das", "dos", "del", "la", "le", "les", "du", "et", "y", "upon", "on", "an", "am", "der", "and", "the", "al", "el", "sur", "near", "es", "es-",
        "i", "in", "ad", "ar", "ash", "ed", "bei", "im", "off", "aboard", "di", "a", "und", "e",
    ];

    /// <summary>The place that a printed place stands for: "SAN DIEGO, Calif." → San Diego, California, US.</summary>
    /// <param name="loose">Keep a place that is not known.</param>
    public ArticleLocation? Resolve(ReadOnlySpan<char> printed, bool loose = true)
    {
        string text = PlaceCasing.Squeeze(printed.Trim(" \t,.-–—*"));
        if (printed.TrimEnd().EndsWith(".", StringComparison.Ordinal) && text.Length > 2 && (text[^2] == '.' || Abbreviates(text)))
        {
            text += ".";
        }

        if (text.Length == 0)
        {
            return null;
        }

        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int count = parts.Length;
        string? country = null;
        string? region = null;
        if (count > 1 && FindCountry(parts[count - 1]) is { } named && !(count == 2 && gazetteer.TryFindRegion(parts[1], out Place state)
            && PrefersRegion(parts[0], state)))
        {
            country = named;
            count--;
        }

        if (count > 1 && gazetteer.TryFindRegion(parts[count - 1], out Place found) && (country is null || country == found.Country))
        {
            (country, region) = (found.Country, found.Name);
            count--;
        }

        string first = FirstOfTwo(parts[0]);
        bool matched = gazetteer.TryFind(first, out Place place) || (first.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && gazetteer.TryFind(first.AsSpan(4), out place));
        matched &= place.Kind != PlaceKind.Other && place.Trust != PlaceTrust.Never;
        if (country is null && matched)
        {
            country = place.Country.Length == 0 ? null : place.Country;
        }

        if (country is null && count > 1 && gazetteer.TryFind(parts[count - 1], out Place last) && last.Country.Length > 0)
        {
            // "KHARTOUM NORTH, Khartoum": the wider place is the known one.
            country = last.Country;
        }

        if (country is null && !loose && !IsCapitals(text))
        {
            return null;
        }

        string? name = PlaceCasing.Ordinary(first, matched ? place.Name : null);
        if (matched && parts.Length == 1 && place.Kind is PlaceKind.Country && Array.IndexOf(CityStates, place.Country) < 0)
        {
            name = null;
        }

        return new ArticleLocation(text, name, region, country, LocationProvenance.Dateline);
    }

    /// <summary>"ATLANTA, Georgia" is the state; "TBILISI, Georgia" the country.</summary>
    private bool PrefersRegion(string city, Place region) =>
        !gazetteer.TryFind(city, out Place place) || place.Country == region.Country;

    private string? FindCountry(ReadOnlySpan<char> name) =>
        gazetteer.TryFind(name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? name[4..] : name, out Place place) && place.Kind == PlaceKind.Country
            ? place.Country
            : null;

    private string FirstOfTwo(string place)
    {
        int slash = place.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            return place[..slash].Trim();
        }

        int and = place.IndexOf(" and ", StringComparison.OrdinalIgnoreCase);
        return and > 0 && !gazetteer.TryFind(place, out _) ? place[..and].Trim() : place;
    }

    private static bool Abbreviates(string text)
    {
        int word = text.AsSpan().LastIndexOfAny(' ', ',') + 1;
        return Lexicon.IsAbbreviation(TextFolding.Key(text.AsSpan(word)));
    }

    /// <summary>No lower-case letter but those of small words and region abbreviations after a comma.</summary>
    public static bool IsCapitals(ReadOnlySpan<char> place)
    {
        int comma = place.IndexOf(',');
        ReadOnlySpan<char> city = comma > 0 ? place[..comma] : place;
        int letters = 0;
        foreach (Range range in city.SplitAny(" /-"))
        {
            ReadOnlySpan<char> word = city[range];
            if (word.IsEmpty || IsSmallWord(word))
            {
                continue;
            }

            foreach (char c in word)
            {
                if (char.IsLower(c) && !word.StartsWith("Mc", StringComparison.Ordinal))
                {
                    return false;
                }

                letters += char.IsLetter(c) ? 1 : 0;
            }
        }

        return letters >= 3;
    }

    public static bool IsSmallWord(ReadOnlySpan<char> word)
    {
        foreach (string small in SmallWords)
        {
            if (word.Equals(small, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
