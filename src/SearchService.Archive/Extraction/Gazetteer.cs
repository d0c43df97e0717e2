using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Names of countries, their peoples, regions and cities, and what they stand for. A name that several places bear means the
/// one set by hand, else the largest. Longest match first: <c>New Guinea</c> is not <c>Guinea</c>. Names are compared folded
/// (<see cref="TextFolding"/>); whether a capital is needed is the caller's rule. Immutable, shared by all threads.
/// </summary>
internal sealed class Gazetteer
{
    private const int Cities = 1 << 30;

    /// <summary>A name with one of these is split by the tokenizer, any other at its blanks.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("&/,()");

    private readonly KeyTable _phrases = new(1 << 18);

    /// <summary>From the key of a phrase's first word to the number of words of the longest phrase that begins so.</summary>
    private readonly KeyTable _longest = new(1 << 18);

    /// <summary>Regions by their abbreviations and names, as they stand after a comma: Calif., N.Y., Georgia.</summary>
    private readonly KeyTable _afterComma = new(1 << 11);

    private readonly List<Place> _named = [];
    private readonly string _cityText;
    private readonly List<(int NameStart, int NameLength, short Country, int Population)> _cities = new(1 << 17);
    private readonly List<string> _codes = [];

    private Gazetteer()
    {
        // The first name wins: what is set by hand comes before what is listed.
        ReadOverrides();
        ReadCountries();
        ReadRegions();
        ReadCapitals();
        foreach (string name in EmbeddedData.Lines("organisations.txt"))
        {
            Add(name, new Place(PlaceKind.Other, "", name, 0, PlaceTrust.Hub, false));
        }

        _cityText = EmbeddedData.Text("places.tsv.gz");
        ReadCities();
    }

    /// <summary>The gazetteer that comes along with the program.</summary>
    public static Gazetteer Load() => new();

    /// <summary>The place whose name begins at a token, the longest one; false where none does.</summary>
    /// <param name="words">Number of tokens of the name.</param>
    public bool TryMatch(TokenizedText text, int token, out Place place, out int words)
    {
        place = default;
        words = 0;
        ulong phrase = text[token].Key;
        if (!_longest.TryGet(phrase, out int longest))
        {
            return false;
        }

        int found = -1;
        int last = Math.Min(text.Count, token + longest);
        for (int i = token; i < last; i++)
        {
            if (i > token)
            {
                if (text[i].Kind == TokenKind.Break || text[i].Kind == TokenKind.Possessive)
                {
                    break;
                }

                phrase = TextFolding.Combine(phrase, text[i].Key);
            }

            if (_phrases.TryGet(phrase, out int value))
            {
                found = value;
                words = i - token + 1;
            }
        }

        if (found < 0)
        {
            return false;
        }

        place = PlaceOf(found);
        return true;
    }

    /// <summary>The place that a whole name stands for.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out Place place)
    {
        if (_phrases.TryGet(KeyOf(name), out int value))
        {
            place = PlaceOf(value);
            return true;
        }

        place = default;
        return false;
    }

    /// <summary>The region that a name or an abbreviation after a comma stands for: <c>Calif.</c>, <c>Georgia</c>.</summary>
    public bool TryFindRegion(ReadOnlySpan<char> name, out Place region)
    {
        if (_afterComma.TryGet(KeyOf(name), out int value))
        {
            region = _named[value];
            return true;
        }

        region = default;
        return false;
    }

    /// <summary>Key of a phrase of words separated by blanks.</summary>
    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong KeyOf(ReadOnlySpan<char> name)
    {
        ulong phrase = 0;
        bool first = true;
        if (name.ContainsAny(Marks))
        {
            TokenizedText tokens = Tokenizer.Tokenize(name.ToString(), null);
            foreach (Token token in tokens.Tokens)
            {
                phrase = first ? token.Key : TextFolding.Combine(phrase, token.Key);
                first = false;
            }

            return phrase;
        }

        foreach (Range range in name.Split(' '))
        {
            ReadOnlySpan<char> word = name[range];
            if (!word.IsEmpty)
            {
                ulong key = TextFolding.Key(word);
                phrase = first ? key : TextFolding.Combine(phrase, key);
                first = false;
            }
        }

        return phrase;
    }

    private Place PlaceOf(int value)
    {
        if ((value & Cities) == 0)
        {
            return _named[value];
        }

        (int start, int length, short country, int population) = _cities[value & ~Cities];
        string name = _cityText.Substring(start, length);
        return new Place(PlaceKind.City, _codes[country], name, population, PlaceTrust.Listed, false);
    }

    private void Add(ReadOnlySpan<char> name, Place place)
    {
        if (AddPhrase(name, _named.Count))
        {
            _named.Add(place);
        }
    }

    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AddPhrase(ReadOnlySpan<char> name, int value)
    {
        ulong key = KeyOf(name);
        if (!_phrases.TryAdd(key, value))
        {
            return false;
        }

        int words = 1 + name.Count(' ');
        ReadOnlySpan<char> first = name;
        if (name.ContainsAny(Marks))
        {
            TokenizedText tokens = Tokenizer.Tokenize(name.ToString(), null);
            words = tokens.Count;
            first = tokens.Span(0);
        }
        else if (name.IndexOf(' ') is > 0 and int blank)
        {
            first = name[..blank];
        }

        _longest.Max(TextFolding.Key(first), words);
        return true;
    }

    private void ReadOverrides()
    {
        foreach (string line in EmbeddedData.Lines("place-overrides.tsv"))
        {
            string[] fields = line.Split('\t');
            PlaceTrust trust = fields.Length < 3 ? PlaceTrust.Never : fields[2] == "dateline" ? PlaceTrust.DatelineOnly : PlaceTrust.Hub;
            Add(fields[0], new Place(PlaceKind.City, trust == PlaceTrust.Never ? "" : fields[1], fields[0], Place.LargeCity / 2, trust, false));
        }
    }

    private void ReadCountries()
    {
        foreach (CountryLexicon.Country country in CountryLexicon.All)
        {
            foreach (string name in country.Names)
            {
                Add(name, new Place(PlaceKind.Country, country.Code, country.Name, 0, PlaceTrust.Hub, false, IsAcronym: name.Length <= 4 && name.All(char.IsUpper)));
            }

            foreach (string demonym in country.Demonyms)
            {
                Add(demonym, new Place(PlaceKind.Demonym, country.Code, demonym, 0, PlaceTrust.Hub, false));
            }
        }
    }

    private void ReadRegions()
    {
        foreach (string line in EmbeddedData.Lines("regions.tsv"))
        {
            string[] fields = line.Split('\t');
            Place region = new(PlaceKind.Region, fields[0], fields[1], 0, PlaceTrust.Hub, false);
            int value = _named.Count;
            _named.Add(region);
            AddPhrase(fields[1], value);
            _afterComma.TryAdd(KeyOf(fields[1]), value);
            foreach (string form in fields.Length > 2 ? fields[2].Split('|', StringSplitOptions.RemoveEmptyEntries) : [])
            {
                _afterComma.TryAdd(KeyOf(form), value);
                if (!form.Contains('.', StringComparison.Ordinal) && form.Length > 3)
                {
                    AddPhrase(form, value);
                }
            }
        }
    }

    private void ReadCapitals()
    {
        foreach (string line in EmbeddedData.Lines("capitals.tsv"))
        {
            string[] fields = line.Split('\t');
            foreach (string name in fields[1].Split('|'))
            {
                ulong key = KeyOf(name);
                Place capital = new(PlaceKind.City, fields[0], name, Place.LargeCity / 2, PlaceTrust.Hub, true);
                if (!_phrases.TryGet(key, out int value))
                {
                    Add(name, capital);
                }
                else if (_named[value] is { Kind: PlaceKind.City } known && known.Country == fields[0])
                {
                    _named[value] = known with { IsCapital = true };
                }
            }
        }
    }

    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadCities()
    {
        Dictionary<string, short> codes = new(StringComparer.Ordinal);
        Dictionary<string, short>.AlternateLookup<ReadOnlySpan<char>> bySpan = codes.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> text = _cityText;
        int start = 0;
        while (start < text.Length)
        {
            ReadOnlySpan<char> line = text[start..];
            line = line[..line.IndexOf('\n')];
            int name = line.IndexOf('\t');
            ReadOnlySpan<char> rest = line[(name + 1)..];
            int population = rest.IndexOf('\t');
            int alternates = rest[(population + 1)..].IndexOf('\t') + population + 1;
            if (!bySpan.TryGetValue(rest[..population], out short country))
            {
                country = (short)_codes.Count;
                _codes.Add(rest[..population].ToString());
                codes[_codes[country]] = country;
            }

            int inhabitants = int.Parse(rest[(population + 1)..alternates], NumberStyles.None, CultureInfo.InvariantCulture);
            AddCity(line[..name], start, country, inhabitants);
            ReadOnlySpan<char> others = rest[(alternates + 1)..];
            foreach (Range other in others.Split('|'))
            {
                if (!others[other].IsEmpty)
                {
                    AddCity(others[other], start + name + 1 + alternates + 1 + other.Start.Value, country, inhabitants);
                }
            }

            start += line.Length + 1;
        }
    }

    private void AddCity(ReadOnlySpan<char> name, int start, short country, int population)
    {
        if (AddPhrase(name, _cities.Count | Cities))
        {
            _cities.Add((start, name.Length, country, population));
        }
        else if (_phrases.TryGet(KeyOf(name), out int value) && (value & Cities) == 0 && _named[value] is { Kind: PlaceKind.City } known
            && known.Country == _codes[country] && known.Population < population)
        {
            _named[value] = known with { Population = population };
        }
    }
}
