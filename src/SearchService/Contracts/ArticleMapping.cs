using SearchService.Archive.Articles;

namespace SearchService.Contracts;

/// <summary>From the engine's article to the contracts.</summary>
internal static class ArticleMapping
{
    public static ArticleResponse View(Article article) => new()
    {
        Id = article.Id.Value,
        Headline = article.Headline,
        Url = article.Url,
        Source = article.Source,
        Language = article.Language,
        Date = Date(article.Date),
        Location = Location(article.Location),
        Countries = Countries(article.Countries),
        People = People(article.People),
        Byline = article.Byline,
        Section = article.Section,
        Subjects = article.Subjects,
        Body = article.Body,
        Path = article.Origin.Path,
        Record = article.Origin.Record,
        Format = article.Origin.Format,
        Charset = article.Origin.Charset,
        SourceText = article.SourceText,
        Mentioned = [.. article.Mentioned.Select(m => new MentionResponse(m.Code, m.Mentions))],
        Places = [.. article.Places.Select(p => new PlaceResponse(p.Name, p.Country, p.Mentions))],
        Findings = [.. article.Findings.Select(f => new FindingResponse(f.Field, f.Value, EnumNames.Of(f.In), f.Start, f.Length, f.Rule))],
    };

    public static DateResponse? Date(ArticleDate? date) =>
        date is { } d ? new DateResponse(d.Value, EnumNames.Of(d.Precision), EnumNames.Of(d.Provenance)) : null;

    public static LocationResponse? Location(ArticleLocation? location) =>
        location is { } l ? new LocationResponse(l.Text, l.Place, l.Region, l.Country, EnumNames.Of(l.Provenance)) : null;

    public static IReadOnlyList<CountryResponse> Countries(IReadOnlyList<string> codes) =>
        [.. codes.Select(code => new CountryResponse(code, CountryNames.NameOf(code) ?? code))];

    public static IReadOnlyList<PersonResponse> People(IReadOnlyList<PersonMentions> people) =>
        [.. people.Select(p => new PersonResponse(p.Name, p.Mentions))];
}
