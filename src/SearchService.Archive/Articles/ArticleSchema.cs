using System.Collections.Frozen;

namespace SearchService.Archive.Articles;

/// <summary>What a field can do.</summary>
[Flags]
public enum FieldUses
{
    None = 0,

    /// <summary>Searched by word and phrase: <c>headline:merger</c>.</summary>
    Words = 1,

    /// <summary>Has exact values: a filter parameter and a facet.</summary>
    Values = 2,

    /// <summary>A range of civil dates.</summary>
    Dates = 4,

    /// <summary>Values are ISO 3166-1 codes; a country's name is accepted and turned into its code.</summary>
    Codes = 8,
}

/// <summary>One searchable field: its name everywhere, its aliases in the query language, what it can do.</summary>
public sealed record ArticleField(string Name, FieldUses Uses, params string[] Aliases)
{
    public bool HasWords => (Uses & FieldUses.Words) != 0;

    public bool HasValues => (Uses & FieldUses.Values) != 0;

    public bool HasCodes => (Uses & FieldUses.Codes) != 0;

    public override string ToString() => Name;
}

/// <summary>
/// The searchable fields, by the names used in the index, the query language, the API and the page, and the version of
/// what lies in an index. An index of another version is refused with the command to run.
/// </summary>
/// <remarks>
/// Diary of <see cref="Version"/>: 1 = first version. 2 = the embedded index has postings and norms of its own format.
/// 3 = that format has champions and columns.
/// </remarks>
public static class ArticleSchema
{
    public const int Version = 3;

    /// <summary>A missing value, as value of any filter and facet.</summary>
    public const string Missing = "_missing";

    /// <summary>Longest headline in characters; a longer declared one is rejected (it is not a headline but a wrong mapping).</summary>
    public const int MaxHeadlineChars = 1024;

    /// <summary>Longest value of a field with exact values, in characters; longer ones are cut and reported.</summary>
    public const int MaxValueChars = 1024;

    /// <summary>Headline and body together: plain words, a word in the headline weighs more.</summary>
    public static readonly ArticleField Text = new("text", FieldUses.Words);

    public static readonly ArticleField Headline = new("headline", FieldUses.Words, "title");
    public static readonly ArticleField Body = new("body", FieldUses.Words);
    public static readonly ArticleField Date = new("date", FieldUses.Dates);
    public static readonly ArticleField Location = new("location", FieldUses.Words | FieldUses.Values, "dateline");
    public static readonly ArticleField LocationCountry = new("locationCountry", FieldUses.Values | FieldUses.Codes);
    public static readonly ArticleField Person = new("person", FieldUses.Words | FieldUses.Values, "people");
    public static readonly ArticleField Country = new("country", FieldUses.Values | FieldUses.Codes);
    public static readonly ArticleField Mentioned = new("mentioned", FieldUses.Values | FieldUses.Codes);
    public static readonly ArticleField Place = new("place", FieldUses.Words | FieldUses.Values);
    public static readonly ArticleField Source = new("source", FieldUses.Words | FieldUses.Values);
    public static readonly ArticleField Language = new("language", FieldUses.Values);
    public static readonly ArticleField Byline = new("byline", FieldUses.Words | FieldUses.Values);
    public static readonly ArticleField Section = new("section", FieldUses.Words | FieldUses.Values);
    public static readonly ArticleField Subject = new("subject", FieldUses.Words | FieldUses.Values);

    /// <summary>The fields a user can name, in the order they are listed to users.</summary>
    public static readonly IReadOnlyList<ArticleField> Fields =
    [
        Headline, Body, Date, Location, LocationCountry, Person, Country, Mentioned, Place, Source, Language, Byline, Section, Subject,
    ];

    /// <summary>The fields with exact values, in the same order: filters and facets beside <see cref="Date"/>.</summary>
    public static readonly IReadOnlyList<ArticleField> ValueFields = [.. Fields.Where(f => f.HasValues)];

    private static readonly FrozenDictionary<string, ArticleField> ByName = Fields
        .SelectMany(f => f.Aliases.Append(f.Name), (f, name) => KeyValuePair.Create(name, f))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field a user means by a name or an alias, in any case; null for an unknown one.</summary>
    public static ArticleField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// The exact values an article has in a field, distinct, in the article's order, uncut; empty where it has none.
    /// Throws <see cref="ArgumentException"/> for a field without values.
    /// </summary>
    public static IReadOnlyList<string> ValuesOf(Article article, ArticleField field) => field.Name switch
    {
        "location" => One(article.Location?.FacetValue),
        "locationCountry" => One(article.Location?.Country),
        "person" => Distinct(article.People.Select(p => p.Name)),
        "country" => Distinct(article.Countries),
        "mentioned" => Distinct(article.Mentioned.Select(m => m.Code)),
        "place" => Distinct(article.Places.Select(p => p.FacetValue)),
        "source" => One(article.Source),
        "language" => One(article.Language),
        "byline" => One(article.Byline),
        "section" => One(article.Section),
        "subject" => Distinct(article.Subjects),
        _ => throw new ArgumentException($"field '{field.Name}' has no values", nameof(field)),
    };

    private static IReadOnlyList<string> One(string? value) => string.IsNullOrWhiteSpace(value) ? [] : [value];

    private static string[] Distinct(IEnumerable<string> values) =>
        [.. values.Where(v => !string.IsNullOrWhiteSpace(v)).Distinct(StringComparer.Ordinal)];
}
