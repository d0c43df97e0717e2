using System.Collections.Frozen;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Words of several countries: Afghan-Pakistan, US-China, Sino-Soviet, with their neighbours Saudi Arabia-Iran and US-South Korean;
/// and of a country and what it does: US-led. A word counts only where each part is known, so that Rolls-Royce and Anglo-Saxon
/// name no country. Where a firm sits or a thing was made says little about a country: Paris-based and Japanese-made stay out.
/// </summary>
internal static class CountryCompounds
{
    private const int MaxParts = 4;

    /// <summary>Forms that a country has before a hyphen only.</summary>
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> CombiningForms = (
        "afghano AF anglo GB austro AT belgo BE britanno GB dano DK egypto EG finno FI franco FR germano DE graeco GR greco GR hispano ES indo IN irano IR israelo IL " +
        "italo IT luso PT nippo JP perso IR polono PL russo RU serbo RS sino CN swedo SE syro SY turco TR turko TR")
        .Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What stands behind a country that acts.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Deeds =
        "administered allied armed backed brokered controlled dominated drafted funded held led mediated occupied ruled run sponsored supported trained"
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The countries of a word with hyphens, in order; empty for any other word.</summary>
    /// <param name="takesNext">The next word belongs to the last country.</param>
    public static List<(Place Place, TextSpan Span)> Split(TokenizedText tokens, int token, Gazetteer gazetteer, out bool takesNext)
    {
        takesNext = false;
        int start = tokens[token].Start;
        ReadOnlySpan<char> word = tokens.Span(token);
        if (!HasCountry(word, gazetteer))
        {
            return [];
        }

        List<(Place? Place, TextSpan Span)> parts = [];
        foreach (Range range in word.SplitAny('-', '‐', '‑'))
        {
            (int from, int length) = range.GetOffsetAndLength(word.Length);
            bool last = from + length == word.Length;
            if (last && parts.Count > 0 && Deeds.Contains(word[range]))
            {
                break;
            }

            if (parts.Count == MaxParts)
            {
                return [];
            }

            parts.Add((CountryOf(word[range], last, gazetteer), new TextSpan(start + from, length)));
        }

        // "North Korea-US", "US-South Korean": the words beside it may belong to the first and the last country.
        TextSpan first = parts[0].Span;
        if (token > 0 && IsBeside(tokens, token - 1) && gazetteer.TryFind(tokens.Text.AsSpan(tokens[token - 1].Start, first.End - tokens[token - 1].Start), out Place wider))
        {
            parts[0] = (IsCountry(wider) ? wider : null, new TextSpan(tokens[token - 1].Start, first.End - tokens[token - 1].Start));
        }

        TextSpan end = parts[^1].Span;
        if (parts.Count > 1 && end.End == start + word.Length && token + 1 < tokens.Count && IsBeside(tokens, token)
            && gazetteer.TryFind(tokens.Text.AsSpan(end.Start, tokens[token + 1].End - end.Start), out Place longer) && IsCountry(longer))
        {
            parts[^1] = (longer, new TextSpan(end.Start, tokens[token + 1].End - end.Start));
            takesNext = true;
        }

        return parts.TrueForAll(part => part.Place is not null) ? parts.ConvertAll(part => (part.Place!.Value, part.Span)) : [];
    }

    private static bool HasCountry(ReadOnlySpan<char> word, Gazetteer gazetteer)
    {
        foreach (Range range in word.SplitAny('-', '‐', '‑'))
        {
            if (CountryOf(word[range], last: true, gazetteer) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Two capitalised words with one blank between them.</summary>
    private static bool IsBeside(TokenizedText tokens, int token) =>
        tokens[token].IsCapitalised && tokens[token + 1].IsCapitalised && tokens[token].End + 1 == tokens[token + 1].Start;

    private static bool IsCountry(Place place) => place.Kind is PlaceKind.Country or PlaceKind.Demonym;

    private static Place? CountryOf(ReadOnlySpan<char> part, bool last, Gazetteer gazetteer)
    {
        if (part.IsEmpty || !char.IsUpper(part[0]))
        {
            return null;
        }

        if (!last && CombiningForms.TryGetValue(part, out string? code))
        {
            return new Place(PlaceKind.Demonym, code, part.ToString(), 0, PlaceTrust.Hub, false);
        }

        return gazetteer.TryFind(part, out Place place) && IsCountry(place) && !(place.IsAcronym && char.IsLower(part[^1])) ? place : null;
    }
}
