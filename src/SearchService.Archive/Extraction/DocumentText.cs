using System.Buffers;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Headline or body of an article as tokens, with the names of the gazetteer that stand in it. A text most of whose words are in
/// capitals is marked: there a capital says nothing.
/// </summary>
internal sealed class DocumentText
{
    private static readonly SearchValues<char> Hyphens = SearchValues.Create("-‐‑");

    private readonly int[] _placeAt;
    private readonly List<PlaceMatch> _places = [];

    public DocumentText(string text, Lexicon lexicon, Gazetteer gazetteer, bool headline)
    {
        IsHeadline = headline;
        Tokens = Tokenizer.Tokenize(text, lexicon);
        IsCapitals = MostlyCapitals(Tokens);
        _placeAt = new int[Tokens.Count];
        for (int i = 0; i < Tokens.Count; i++)
        {
            ref readonly Token token = ref Tokens[i];
            if (!token.IsWord || token.Shape is WordShape.Lower || _placeAt[i] != 0)
            {
                continue;
            }

            if (gazetteer.TryMatch(Tokens, i, out Place place, out int words) && !(place.IsAcronym && token.Shape != WordShape.Upper))
            {
                _places.Add(new PlaceMatch(i, words, place));
                for (int j = i; j < i + words; j++)
                {
                    _placeAt[j] = _places.Count;
                }
            }
            else if (Tokens.Span(i).ContainsAny(Hyphens))
            {
                AddCompound(i, gazetteer);
            }
        }
    }

    private void AddCompound(int token, Gazetteer gazetteer)
    {
        foreach ((Place country, TextSpan span) in CountryCompounds.Split(Tokens, token, gazetteer, out bool takesNext))
        {
            // "Saudi Arabia-Iran": Saudi alone has been read as the country already.
            if (span.Start < Tokens[token].Start && PlaceAt(token - 1)?.Place.Country == country.Country)
            {
                continue;
            }

            _places.Add(new PlaceMatch(token, 1, country, span));
            _placeAt[token] = _places.Count;
            if (takesNext)
            {
                _placeAt[token + 1] = _places.Count;
            }
        }
    }

    public TokenizedText Tokens { get; }

    public bool IsHeadline { get; }

    /// <summary>At least 70 % of four words or more are in capitals.</summary>
    public bool IsCapitals { get; }

    public IReadOnlyList<PlaceMatch> Places => _places;

    /// <summary>The name of the gazetteer that a token belongs to; null where there is none.</summary>
    public PlaceMatch? PlaceAt(int token) => _placeAt[token] == 0 ? null : _places[_placeAt[token] - 1];

    private static bool MostlyCapitals(TokenizedText tokens)
    {
        int words = 0;
        int capitals = 0;
        foreach (Token token in tokens.Tokens)
        {
            if (token.IsWord && token.Length > 1)
            {
                words++;
                capitals += token.Shape == WordShape.Upper ? 1 : 0;
            }
        }

        return words >= 2 && capitals * 10 >= words * 7;
    }
}

/// <summary>A name of the gazetteer in a text: its first token and their number.</summary>
/// <param name="Part">Where the name stands if it is a part of its token, as in US-China.</param>
internal sealed record PlaceMatch(int First, int Words, Place Place, TextSpan? Part = null)
{
    public int Last => First + Words - 1;
}
