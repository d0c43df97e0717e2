using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests.Articles;

public sealed class CountryNamesTests
{
    [Theory]
    [InlineData("AZ", "Azerbaijan")]
    [InlineData("ci", "Ivory Coast")]
    [InlineData("RU", "Russia")]
    [InlineData("US", "United States")]
    [InlineData("GB", "United Kingdom")]
    [InlineData("KR", "South Korea")]
    [InlineData("CD", "Democratic Republic of the Congo")]
    [InlineData("ST", "São Tomé and Príncipe")]
    [InlineData("XK", "Kosovo")]
    [InlineData("ZZ", null)]
    [InlineData("", null)]
    public void NameOf_Code_NameNewsroomsUse(string code, string? name) => Assert.Equal(name, CountryNames.NameOf(code));

    [Theory]
    [InlineData("azerbaijan", "AZ")]
    [InlineData("az", "AZ")]
    [InlineData("Russian Federation", "RU")]
    [InlineData("the united states of america", "US")]
    [InlineData("U.S.A.", "US")]
    [InlineData("UK", "GB")]
    [InlineData("Cote d’Ivoire", "CI")]
    [InlineData("CÔTE D'IVOIRE", "CI")]
    [InlineData("türkiye", "TR")]
    [InlineData("Turkiye", "TR")]
    [InlineData("Trinidad & Tobago", "TT")]
    [InlineData("St. Lucia", "LC")]
    [InlineData("st", "ST")]
    [InlineData("  Hong  Kong ", "HK")]
    [InlineData("TÜRKİYE", "TR")]
    [InlineData("Burma", "MM")]
    [InlineData("Korea", null)]
    [InlineData("Atlantis", null)]
    [InlineData("", null)]
    public void CodeOf_Name_Code(string name, string? code) => Assert.Equal(code, CountryNames.CodeOf(name));

    [Fact]
    public void CodeOf_NotText_Null()
    {
        Assert.Null(CountryNames.CodeOf("\uD800"));
        Assert.Null(CountryNames.CodeOf(new string('a', 1_000_000)));
    }

    [Fact]
    public void EveryCountry_HasOneCode_AndItsNamesFindIt()
    {
        Assert.Equal(250, CountryNames.Codes.Count);
        Assert.Equal(CountryNames.Codes.Order(StringComparer.Ordinal), CountryNames.Codes);
        Assert.All(CountryNames.Codes, code =>
        {
            Assert.Matches("^[A-Z]{2}$", code);
            Assert.Equal(code, CountryNames.CodeOf(code));
            Assert.Equal(code, CountryNames.CodeOf(CountryNames.NameOf(code)!));
        });
    }
}
