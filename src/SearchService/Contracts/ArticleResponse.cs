using System.Text.Json.Serialization;

namespace SearchService.Contracts;

/// <summary>What a hit and an article view have in common. Absent values are left out.</summary>
/// <remarks>The order -1 puts these before the properties of the derived record, which the serializer would write first.</remarks>
public abstract record ArticleFields
{
    /// <summary>24 lower-case hexadecimal digits, the same in every generation.</summary>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>The headline.</summary>
    [JsonPropertyOrder(-1)]
    public string? Headline { get; init; }

    /// <summary>The article's address, as the input declares it.</summary>
    [JsonPropertyOrder(-1)]
    public string? Url { get; init; }

    /// <summary>Agency or paper.</summary>
    [JsonPropertyOrder(-1)]
    public string? Source { get; init; }

    /// <summary>BCP 47 language tag, lower-case.</summary>
    [JsonPropertyOrder(-1)]
    public string? Language { get; init; }

    /// <summary>The civil date printed in the article.</summary>
    [JsonPropertyOrder(-1)]
    public DateResponse? Date { get; init; }

    /// <summary>Where the story was filed from.</summary>
    [JsonPropertyOrder(-1)]
    public LocationResponse? Location { get; init; }

    /// <summary>Countries the story is about, most important first.</summary>
    [JsonPropertyOrder(-1)]
    public required IReadOnlyList<CountryResponse> Countries { get; init; }

    /// <summary>People named, most mentions first.</summary>
    [JsonPropertyOrder(-1)]
    public required IReadOnlyList<PersonResponse> People { get; init; }

    /// <summary>The author line without "By".</summary>
    [JsonPropertyOrder(-1)]
    public string? Byline { get; init; }

    /// <summary>The section the input names.</summary>
    [JsonPropertyOrder(-1)]
    public string? Section { get; init; }

    /// <summary>The subjects the input names.</summary>
    [JsonPropertyOrder(-1)]
    public required IReadOnlyList<string> Subjects { get; init; }
}

/// <summary>A whole article with the evidence of what was found in it.</summary>
public sealed record ArticleResponse : ArticleFields
{
    /// <summary>The running text, paragraphs separated by a blank line.</summary>
    public required string Body { get; init; }

    /// <summary>Where it was read, relative to the input root; "!/" stands before an archive's member.</summary>
    public required string Path { get; init; }

    /// <summary>The record's number inside the file, from 0.</summary>
    public required long Record { get; init; }

    /// <summary>The format it was read as.</summary>
    public required string Format { get; init; }

    /// <summary>The encoding it was read with, by its IANA name.</summary>
    public required string Charset { get; init; }

    /// <summary>The whole text as read, where findings point into it; left out where the format has fields of its own.</summary>
    public string? SourceText { get; init; }

    /// <summary>Countries mentioned by name or demonym, most mentions first.</summary>
    public required IReadOnlyList<MentionResponse> Mentioned { get; init; }

    /// <summary>Places mentioned, most mentions first.</summary>
    public required IReadOnlyList<PlaceResponse> Places { get; init; }

    /// <summary>The evidence: one finding for every mention.</summary>
    public required IReadOnlyList<FindingResponse> Findings { get; init; }
}

/// <summary>A civil date: as printed, never converted.</summary>
/// <param name="Value">2018, 2018-11, 2018-11-21, 2018-11-21T14:20+04:00; no offset where none is printed.</param>
/// <param name="Precision">year, month, day, minute or second.</param>
/// <param name="Provenance">declared, stamp, url, dateline or file-name.</param>
public sealed record DateResponse(string Value, string Precision, string Provenance);

/// <summary>Where a story was filed from.</summary>
/// <param name="Text">The place as printed.</param>
/// <param name="Place">The place's name; left out where only a country is named.</param>
/// <param name="Region">State or province.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; left out where the place is not known.</param>
/// <param name="Provenance">declared or dateline.</param>
public sealed record LocationResponse(string Text, string? Place, string? Region, string? Country, string Provenance);

/// <summary>A country.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 code.</param>
/// <param name="Name">Its name in English.</param>
public sealed record CountryResponse(string Code, string Name);

/// <summary>A person of an article.</summary>
/// <param name="Name">The fullest form used in the article.</param>
/// <param name="Mentions">Mentions, short forms included.</param>
public sealed record PersonResponse(string Name, int Mentions);

/// <summary>A country mentioned.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 code.</param>
/// <param name="Mentions">Mentions by name or demonym.</param>
public sealed record MentionResponse(string Code, int Mentions);

/// <summary>A place mentioned.</summary>
/// <param name="Name">The place's name.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; left out where it is not known.</param>
/// <param name="Mentions">Mentions in headline and body.</param>
public sealed record PlaceResponse(string Name, string? Country, int Mentions);

/// <summary>One piece of evidence.</summary>
/// <param name="Field">headline, date, location, countries, people, places, source, byline.</param>
/// <param name="Value">The value it stands for.</param>
/// <param name="In">The text it points into: headline, body, source (the text as read) or declared (a field of the input).</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="Rule">The rule that found it.</param>
public sealed record FindingResponse(string Field, string Value, string In, int Start, int Length, string Rule);
