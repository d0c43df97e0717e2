using System.Text;
using System.Text.Json;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class ArticleJsonTests
{
    private static readonly Article Full = new()
    {
        Id = ArticleId.FromPath("a/b.txt", 3),
        Origin = new ArticleOrigin("a/b.txt", 3, "text", "utf-8"),
        Declared = new DeclaredFields { NativeId = "n1", Countries = ["Azerbaijan"], Date = "2018" },
        SourceText = "the text",
        Headline = "Bridge \"opens\" at Bakı",
        Body = "One.\n\nTwo <b> 東京 \ud83d\ude00.",
        Date = new ArticleDate(new DateTime(2018, 11, 21, 14, 20, 0), DatePrecision.Minute, TimeSpan.FromHours(4), DateProvenance.Stamp),
        Location = new ArticleLocation("Baku, Azerbaijan", "Baku", null, "AZ", LocationProvenance.Dateline),
        Countries = ["AZ", "RU"],
        People = [new PersonMentions("Jane Roe", 2, ["Jane Roe", "Roe"])],
        Mentioned = [new CountryMentions("RU", 1)],
        Places = [new PlaceMentions("Moscow", "RU", 2), new PlaceMentions("Nowhere", null, 1)],
        Source = "Agency",
        Language = "en",
        Byline = "A Writer",
        Section = "World",
        Subjects = ["bridges"],
        Url = "https://example.org/1",
        Findings = [new Finding("people", "Jane Roe", FindingIn.Body, 4, 8, "title-before-name")],
    };

    [Fact]
    public void Serialize_OfAFullArticle_IsTheStoredForm() => Assert.Equal(
        $$"""
        {"id":"{{Full.Id}}","origin":{"path":"a/b.txt","record":3,"format":"text","charset":"utf-8"},
        "declared":{"nativeId":"n1","date":"2018","countries":["Azerbaijan"]},"sourceText":"the text",
        "headline":"Bridge \"opens\" at Bakı","body":"One.\n\nTwo <b> 東京 \uD83D\uDE00.","date":"stamp 2018-11-21T14:20+04:00",
        "location":{"text":"Baku, Azerbaijan","place":"Baku","country":"AZ","provenance":"dateline"},"countries":["AZ","RU"],
        "people":[{"name":"Jane Roe","mentions":2,"forms":["Jane Roe","Roe"]}],"mentioned":[{"code":"RU","mentions":1}],
        "places":[{"name":"Moscow","country":"RU","mentions":2},{"name":"Nowhere","mentions":1}],"source":"Agency","language":"en",
        "byline":"A Writer","section":"World","subjects":["bridges"],"url":"https://example.org/1",
        "findings":[["people","Jane Roe","body",4,8,"title-before-name"]]}
        """.ReplaceLineEndings(""),
        Encoding.UTF8.GetString(ArticleJson.Serialize(Full)));

    [Fact]
    public void Deserialize_GivesWhatWasSerialized()
    {
        Article read = ArticleJson.Deserialize(ArticleJson.Serialize(Full));
        Assert.Equivalent(Full, read, strict: true);
        Assert.Equal(Full.Date, read.Date);
        Assert.Equal(Full.Id, read.Id);
    }

    [Fact]
    public void Deserialize_OfAnEmptyArticle_HasEmptyListsAndNoNulls()
    {
        Article empty = new() { Id = ArticleId.FromPath("x", 0), Origin = new ArticleOrigin("", 0, "", "") };
        byte[] stored = ArticleJson.Serialize(empty);
        Assert.Equal($$$"""{"id":"{{{empty.Id}}}","origin":{"path":"","record":0,"format":"","charset":""}}""", Encoding.UTF8.GetString(stored));
        Article read = ArticleJson.Deserialize(stored);
        Assert.Equivalent(empty, read, strict: true);
        Assert.Same(DeclaredFields.None, read.Declared);
    }

    [Fact]
    public void Serialize_OfAnUnpairedSurrogate_KeepsOffsets()
    {
        Article article = Full with { Body = "a\ud800b" };
        Assert.Equal("a\ufffdb", ArticleJson.Deserialize(ArticleJson.Serialize(article)).Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"xyz","origin":{"path":"","record":0,"format":"","charset":""}}""")]
    [InlineData("""{"id":"54ebb7d37eef1fd37dbbb6a6"}""")]
    [InlineData("""{"id":"54ebb7d37eef1fd37dbbb6a6","date":"2018-11-21"}""")]
    [InlineData("""{"id":"54ebb7d37eef1fd37dbbb6a6","findings":[["people"]]}""")]
    public void Deserialize_OfAnythingElse_Throws(string json) =>
        Assert.ThrowsAny<JsonException>(() => ArticleJson.Deserialize(Encoding.UTF8.GetBytes(json)));
}
