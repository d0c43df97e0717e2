using System.Text.Json;

namespace SearchService.Archive.Articles;

/// <summary>An article's properties as they are stored. Settable, so that an absent one keeps its empty value.</summary>
internal sealed class StoredArticle
{
    public ArticleId Id { get; set; }

    public ArticleOrigin? Origin { get; set; }

    public StoredDeclared? Declared { get; set; }

    public string? SourceText { get; set; }

    public string? Headline { get; set; }

    public string Body { get; set; } = "";

    public ArticleDate? Date { get; set; }

    public ArticleLocation? Location { get; set; }

    public IReadOnlyList<string> Countries { get; set; } = [];

    public IReadOnlyList<PersonMentions> People { get; set; } = [];

    public IReadOnlyList<CountryMentions> Mentioned { get; set; } = [];

    public IReadOnlyList<PlaceMentions> Places { get; set; } = [];

    public string? Source { get; set; }

    public string? Language { get; set; }

    public string? Byline { get; set; }

    public string? Section { get; set; }

    public IReadOnlyList<string> Subjects { get; set; } = [];

    public string? Url { get; set; }

    public IReadOnlyList<Finding> Findings { get; set; } = [];

    public static StoredArticle Of(Article article) => new()
    {
        Id = article.Id,
        Origin = article.Origin,
        Declared = StoredDeclared.Of(article.Declared),
        SourceText = article.SourceText,
        Headline = article.Headline,
        Body = article.Body,
        Date = article.Date,
        Location = article.Location,
        Countries = article.Countries,
        People = article.People,
        Mentioned = article.Mentioned,
        Places = article.Places,
        Source = article.Source,
        Language = article.Language,
        Byline = article.Byline,
        Section = article.Section,
        Subjects = article.Subjects,
        Url = article.Url,
        Findings = article.Findings,
    };

    public Article ToArticle() => new()
    {
        Id = Id,
        Origin = Origin ?? throw new JsonException("an article's origin wanted"),
        Declared = Declared?.ToDeclared() ?? DeclaredFields.None,
        SourceText = SourceText,
        Headline = Headline,
        Body = Body,
        Date = Date,
        Location = Location,
        Countries = Countries,
        People = People,
        Mentioned = Mentioned,
        Places = Places,
        Source = Source,
        Language = Language,
        Byline = Byline,
        Section = Section,
        Subjects = Subjects,
        Url = Url,
        Findings = Findings,
    };
}

/// <summary>Declared fields as they are stored.</summary>
internal sealed class StoredDeclared
{
    public string? NativeId { get; set; }

    public string? Headline { get; set; }

    public string? Date { get; set; }

    public string? Dateline { get; set; }

    public string? Location { get; set; }

    public string? LocationCountry { get; set; }

    public IReadOnlyList<string> Countries { get; set; } = [];

    public IReadOnlyList<string> People { get; set; } = [];

    public string? Source { get; set; }

    public string? Language { get; set; }

    public string? Byline { get; set; }

    public string? Section { get; set; }

    public IReadOnlyList<string> Subjects { get; set; } = [];

    public string? Url { get; set; }

    /// <summary>Null where nothing is declared.</summary>
    public static StoredDeclared? Of(DeclaredFields declared) => declared == DeclaredFields.None ? null : new()
    {
        NativeId = declared.NativeId,
        Headline = declared.Headline,
        Date = declared.Date,
        Dateline = declared.Dateline,
        Location = declared.Location,
        LocationCountry = declared.LocationCountry,
        Countries = declared.Countries,
        People = declared.People,
        Source = declared.Source,
        Language = declared.Language,
        Byline = declared.Byline,
        Section = declared.Section,
        Subjects = declared.Subjects,
        Url = declared.Url,
    };

    public DeclaredFields ToDeclared() => new()
    {
        NativeId = NativeId,
        Headline = Headline,
        Date = Date,
        Dateline = Dateline,
        Location = Location,
        LocationCountry = LocationCountry,
        Countries = Countries,
        People = People,
        Source = Source,
        Language = Language,
        Byline = Byline,
        Section = Section,
        Subjects = Subjects,
        Url = Url,
    };
}
