using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class FieldMappingTests
{
    [Theory]
    [InlineData("headline=kicker,body=content.text", """{"kicker":"k","title":"t","content":{"text":"b"}}""", "0 k | b")]
    [InlineData("body=a|b", """{"title":"t","a":"","b":"second"}""", "0 t | second")]
    [InlineData(" BODY = Full_Text ", """{"title":"t","full-text":"b"}""", "0 t | b")]
    [InlineData("", """{"title":"t","head":"h"}""", "0 t | ")]
    [InlineData("headline=a.b.c", """{"a":{"b":{"c":"deep"}},"a.b.c":"flat"}""", "0 deep | ")]
    [InlineData("headline=Überschrift", """{"überschrift":"u"}""", "0 u | ")]
    public void TryParse_Mapping_ReplacesTheNamesOfItsFields(string mapping, string json, string printed)
    {
        Assert.True(FieldMapping.TryParse(mapping, out FieldMapping? parsed, out string? error), error);
        Assert.Equal([printed], Reader.Print(Reader.Read("a.json", json, new ReadingOptions { Mapping = parsed })));
    }

    [Fact]
    public void TryParse_FieldWithoutNames_IsNotRead()
    {
        Assert.True(FieldMapping.TryParse("id=", out FieldMapping? mapping, out _));
        Assert.Null(Reader.Article("a.json", """{"id":"1","title":"t"}""", new ReadingOptions { Mapping = mapping }).Declared.NativeId);
    }

    private const string Fields =
        "id, headline, body, date, dateline, location, locationCountry, country, person, source, language, byline, section, subject, url";

    [Theory]
    [InlineData("headline", "'headline' in the field mapping, want field=property")]
    [InlineData("headlin=title", $"unknown field 'headlin' in the field mapping, want one of {Fields}")]
    [InlineData("3=title", $"unknown field '3' in the field mapping, want one of {Fields}")]
    [InlineData("body=a..b", "property 'a..b' in the field mapping, want names of 1 to 64 characters, at most 8 with '.' between them")]
    [InlineData(
        "body=a.b.c.d.e.f.g.h.i",
        "property 'a.b.c.d.e.f.g.h.i' in the field mapping, want names of 1 to 64 characters, at most 8 with '.' between them")]
    public void TryParse_Mistake_IsNamed(string mapping, string expected)
    {
        Assert.False(FieldMapping.TryParse(mapping, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("pubDate")]
    [InlineData("pub_date")]
    [InlineData("PUB-DATE")]
    [InlineData("published_at")]
    [InlineData("datePublished")]
    [InlineData("timestamp")]
    public void Default_NamesOfDates_AreFound(string name) =>
        Assert.Equal("x", Reader.Article("a.json", $$"""{"title":"t","{{name}}":"x"}""").Declared.Date);

    [Fact]
    public void Default_Country_IsNotTheStorys() =>
        Assert.Empty(Reader.Article("a.json", """{"title":"t","country":"US"}""").Declared.Countries);
}
