using SearchService.Archive.Articles;

namespace SearchService.Tests;

/// <summary>Articles written for the tests.</summary>
internal static class TestArticles
{
    /// <summary>An article with every field.</summary>
    public static Article Full { get; } = new()
    {
        Id = ArticleId.FromPath("wire/0001.txt", 0),
        Origin = new ArticleOrigin("wire/0001.txt", 0, "text", "utf-8"),
        SourceText = "Harbour reopens after storm\n\nBAKU, Azerbaijan (Test Wire) - The harbour of Baku reopened, said Leyla Məmmədova.",
        Headline = "Harbour reopens after storm",
        Body = "BAKU, Azerbaijan (Test Wire) - The harbour of Baku reopened, said Leyla Məmmədova.",
        Date = new ArticleDate(new DateTime(2018, 11, 21, 14, 20, 0), DatePrecision.Minute, TimeSpan.FromHours(4), DateProvenance.Stamp),
        Location = new ArticleLocation("Baku, Azerbaijan", "Baku", null, "AZ", LocationProvenance.Dateline),
        Countries = ["AZ"],
        People = [new PersonMentions("Leyla Məmmədova", 1, ["Leyla Məmmədova"])],
        Mentioned = [new CountryMentions("AZ", 1)],
        Places = [new PlaceMentions("Baku", "AZ", 2)],
        Source = "Test Wire",
        Language = "en",
        Byline = "A. Writer",
        Section = "Ports",
        Subjects = ["shipping"],
        Url = "https://news.example/2018/11/21/harbour",
        Findings = [new Finding("people", "Leyla Məmmədova", FindingIn.Body, 64, 15, "said-name")],
    };

    /// <summary>An article of a number, with what every article must have and a headline.</summary>
    public static Article Plain(int number) => new()
    {
        Id = ArticleId.FromPath($"wire/{number}.txt", 0),
        Origin = new ArticleOrigin($"wire/{number}.txt", 0, "text", "utf-8"),
        Headline = $"Article {number}",
        Body = $"The text of article {number}.",
    };
}
