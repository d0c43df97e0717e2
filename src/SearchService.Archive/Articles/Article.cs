using System.Text.Json.Serialization;

namespace SearchService.Archive.Articles;

/// <summary>
/// One news article: the same immutable record from the reader to the response. A reader fills <see cref="Id"/>,
/// <see cref="Origin"/>, <see cref="Declared"/> and either <see cref="Body"/> or <see cref="SourceText"/>; extraction fills the rest.
/// Unknown is null or an empty list, never a guess. All offsets are UTF-16 units.
/// </summary>
public sealed record Article
{
    public required ArticleId Id { get; init; }

    public required ArticleOrigin Origin { get; init; }

    /// <summary>What the input's own fields say, as written there.</summary>
    public DeclaredFields Declared { get; init; } = DeclaredFields.None;

    /// <summary>The whole text as read, where the format has no fields (plain text); else null. Findings "in source" point into it.</summary>
    public string? SourceText { get; init; }

    /// <summary>The headline, without markup or line ends; null where the article has none.</summary>
    public string? Headline { get; init; }

    /// <summary>
    /// The running text, paragraphs separated by a blank line, with its dateline; without headline, stamp, byline and source lines.
    /// </summary>
    public string Body { get; init; } = "";

    public ArticleDate? Date { get; init; }

    /// <summary>Where the story was filed from.</summary>
    public ArticleLocation? Location { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes of the countries the story is about, most important first.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>People named, most mentions first, then by first mention.</summary>
    public IReadOnlyList<PersonMentions> People { get; init; } = [];

    /// <summary>Countries mentioned at all, by name or demonym, most mentions first.</summary>
    public IReadOnlyList<CountryMentions> Mentioned { get; init; } = [];

    /// <summary>Places mentioned, most mentions first.</summary>
    public IReadOnlyList<PlaceMentions> Places { get; init; } = [];

    /// <summary>Agency or paper: declared, else the agency of the dateline or of a source line.</summary>
    public string? Source { get; init; }

    /// <summary>BCP 47 language tag, lower-case; null where unknown.</summary>
    public string? Language { get; init; }

    /// <summary>The author line without "By".</summary>
    public string? Byline { get; init; }

    public string? Section { get; init; }

    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>The article's address, as declared.</summary>
    public string? Url { get; init; }

    /// <summary>Evidence for every extracted value, in order of field, place and start.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>Where an article was read.</summary>
/// <param name="Path">Path relative to the input root with '/' between its parts; "!/" stands before an archive's member.</param>
/// <param name="Record">The record's number inside the file, from 0.</param>
/// <param name="Format">The reader's format name: text, json, ndjson, reuters-sgml …</param>
/// <param name="Charset">Encoding the text was decoded with, by its IANA name: utf-8, iso-8859-1 …</param>
public sealed record ArticleOrigin(string Path, long Record, string Format, string Charset);

/// <summary>
/// What the input's own fields say, exactly as written there; null or empty where the field is absent. Extraction reads
/// them first: declared beats derived. Kept with the stored article, so that it can be extracted again.
/// </summary>
public sealed record DeclaredFields
{
    public static readonly DeclaredFields None = new();

    public string? NativeId { get; init; }

    public string? Headline { get; init; }

    /// <summary>Publication date in whatever form the input has: ISO 8601, RFC 822, "Fri Oct 20, 2006 6:15pm EDT", "26-FEB-1987 15:01:01.79".</summary>
    public string? Date { get; init; }

    /// <summary>A dateline of its own: "SAN DIEGO, Calif., Feb 26 -".</summary>
    public string? Dateline { get; init; }

    /// <summary>Place filed from: a place name, alone or as "Baku, Azerbaijan".</summary>
    public string? Location { get; init; }

    /// <summary>Country filed from: a name or an ISO code.</summary>
    public string? LocationCountry { get; init; }

    /// <summary>Countries the story is about: names or ISO codes.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public IReadOnlyList<string> People { get; init; } = [];

    public string? Source { get; init; }

    public string? Language { get; init; }

    public string? Byline { get; init; }

    public string? Section { get; init; }

    public IReadOnlyList<string> Subjects { get; init; } = [];

    public string? Url { get; init; }
}

/// <summary>Where the place a story was filed from was read.</summary>
public enum LocationProvenance : byte
{
    Declared,
    Dateline,
}

/// <summary>Where a story was filed from.</summary>
/// <param name="Text">The place as printed, without date and agency: "Baku, Azerbaijan".</param>
/// <param name="Place">The place's name in ordinary case: "San Diego"; null where only a country is named.</param>
/// <param name="Region">State or province where printed or needed to tell two places apart, by its full name: "California".</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where the place is not known to the gazetteer.</param>
public sealed record ArticleLocation(string Text, string? Place, string? Region, string? Country, LocationProvenance Provenance)
{
    /// <summary>Value of the location facet: "Baku, AZ"; the printed text where no country is known.</summary>
    [JsonIgnore]
    public string FacetValue => (Place, Country) switch
    {
        (null, null) => Text,
        (null, { } country) => country,
        ({ } place, null) => place,
        ({ } place, { } country) => $"{place}, {country}",
    };
}

/// <summary>One person of an article.</summary>
/// <param name="Name">The fullest form used in the article, without title.</param>
/// <param name="Mentions">Mentions in headline and body, short forms included.</param>
/// <param name="Forms">Every form used, the name first.</param>
public sealed record PersonMentions(string Name, int Mentions, IReadOnlyList<string> Forms);

/// <summary>Mentions of a country by name or demonym.</summary>
public sealed record CountryMentions(string Code, int Mentions);

/// <summary>Mentions of a place below the country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where the gazetteer does not know it.</param>
public sealed record PlaceMentions(string Name, string? Country, int Mentions)
{
    /// <summary>Value of the place facet: "Moscow, RU"; the name alone where no country is known.</summary>
    [JsonIgnore]
    public string FacetValue => Country is null ? Name : $"{Name}, {Country}";
}

/// <summary>The text a finding's offsets point into.</summary>
public enum FindingIn : byte
{
    Headline,
    Body,

    /// <summary><see cref="Article.SourceText"/>.</summary>
    Source,

    /// <summary>A declared field; start and length are 0.</summary>
    Declared,
}

/// <summary>One piece of evidence: which value was found where, by which rule.</summary>
/// <param name="Field">Field as in the article view: headline, date, location, countries, people, places, source, byline.</param>
/// <param name="Value">The value it stands for: a person's full name for a mention by surname, a country's code for a demonym.</param>
/// <param name="Start">Offset of the evidence in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Rule">The rule's name, in lower case with hyphens: title-before-name.</param>
public sealed record Finding(string Field, string Value, FindingIn In, int Start, int Length, string Rule);
