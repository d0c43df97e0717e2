namespace SearchService.Archive.Extraction;

/// <summary>What a name of the gazetteer names.</summary>
internal enum PlaceKind : byte
{
    Country,

    /// <summary>The people or the adjective of a country: Azerbaijani.</summary>
    Demonym,

    /// <summary>A state, province or landscape below the country.</summary>
    Region,
    City,

    /// <summary>A firm, an institution, a sea: capitals that are neither a person nor a place of a country.</summary>
    Other,
}

/// <summary>How far a city's bare name may be trusted.</summary>
internal enum PlaceTrust : byte
{
    /// <summary>From the list of cities: by population and context.</summary>
    Listed,

    /// <summary>Set by hand: the bare name means this place.</summary>
    Hub,

    /// <summary>Set by hand: a common word or several places; as a place only in datelines or with support.</summary>
    DatelineOnly,

    /// <summary>Set by hand: not a place.</summary>
    Never,
}

/// <summary>What a name of the gazetteer stands for.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; empty for <see cref="PlaceKind.Other"/>.</param>
/// <param name="Name">The name in ordinary case, as the gazetteer writes it.</param>
/// <param name="Population">Inhabitants of a city in thousands, else 0.</param>
/// <param name="IsCapital">The seat of a country's government.</param>
/// <param name="IsAcronym">The name is written in capitals: UAE.</param>
internal readonly record struct Place(PlaceKind Kind, string Country, string Name, int Population, PlaceTrust Trust, bool IsCapital, bool IsAcronym = false)
{
    /// <summary>Above this a bare name is trusted, in thousands.</summary>
    public const int LargeCity = 1000;

    public bool IsLargeOrCapital => IsCapital || Population >= LargeCity;
}
