using System.Globalization;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests.Extraction;

public class CountryTests
{
    [Theory]
    [InlineData("France and Germany signed. France ratified; French farmers cheered. The Germans did not.", "FR:3 DE:2")]
    [InlineData("Papua New Guinea met Guinea-Bissau and Guinea.", "GN:1 GW:1 PG:1")]
    [InlineData("Niger is north of Nigeria; Nigerien and Nigerian troops met.", "NE:2 NG:2")]
    [InlineData("The Democratic Republic of Congo and the Republic of the Congo met.", "CD:1 CG:1")]
    [InlineData("South Korean and North Korean envoys met in Korea.", "KR:2 KP:1")]
    [InlineData("The Soviet Union, East Germany, Zaire, Rhodesia, Ceylon and Burma signed.", "CD:1 DE:1 LK:1 MM:1 RU:1 ZW:1")]
    [InlineData("Give it to us, said US officials and U.S. farmers.", "US:2")]
    [InlineData("American Airlines and Air France cut fares.", "")]
    [InlineData("Michael Jordan met Jordan Smith in New Jersey.", "")]
    [InlineData("Jordan and Chad signed.", "JO:1 TD:1")]
    [InlineData("The DRC and the UAE signed.", "AE:1 CD:1")]
    [InlineData("Türkiye, Eswatini and Czechia signed.", "CZ:1 SZ:1 TR:1")]
    [InlineData("The Afghan-Pakistan border, Sino-Soviet and US-China trade.", "CN:2 AF:1 PK:1 RU:1 US:1")]
    [InlineData("Israeli-Palestinian, Franco-German, Anglo-Irish and Indo-Pakistani ties.", "DE:1 FR:1 GB:1 IE:1 IL:1 IN:1 PK:1 PS:1")]
    [InlineData("U.S.-Japanese, Iran–Iraq and India-Pakistan-China talks.", "CN:1 IN:1 IQ:1 IR:1 JP:1 PK:1 US:1")]
    [InlineData("US-led and Russian-backed troops left.", "RU:1 US:1")]
    [InlineData("North Korea-US and US-South Korean talks; Saudi Arabia-Iran trade.", "US:2 IR:1 KP:1 KR:1 SA:1")]
    [InlineData("Paris-based, Swiss-made, New Jersey-Chad, Anglo-Saxon, Rolls-Royce, Euro-Asian, Indo-European.", "")]
    [InlineData("Guinea-Bissau and Timor-Leste met.", "GW:1 TL:1")]
    public void Extract_Mentioned(string body, string expected)
    {
        IEnumerable<CountryMentions> mentioned = Sample.Extractor.Extract(Sample.Fields(body)).Mentioned;
        Assert.Equal(expected, string.Join(' ', mentioned.OrderByDescending(m => m.Mentions).ThenBy(m => m.Code, StringComparer.Ordinal).Select(m => $"{m.Code}:{m.Mentions}")));
    }

    [Theory]
    [InlineData("Moscow and Paris agreed. Moscow was pleased.", "Moscow, RU:2; Paris, FR:1")]
    [InlineData("A fire in Paris, Texas, was put out; another in London, Ontario, was not.", "Paris, US:1; Texas, US:1; London, CA:1; Ontario, CA:1")]
    [InlineData("He read in Reading and was nice in Nice.", "Reading, GB:1; Nice, FR:1")]
    [InlineData("Most men of the University Police saw a Mobile.", "")]
    [InlineData("Troops left Leningrad, Saigon, Peking, Bombay and Dacca.", "Leningrad, RU:1; Saigon, VN:1; Peking, CN:1; Bombay, IN:1; Dacca, BD:1")]
    [InlineData("Paris Hilton and Jack London came.", "")]
    public void Extract_Places(string body, string expected)
    {
        Article article = Sample.Extractor.Extract(Sample.Fields(body));
        Assert.Equal(expected, string.Join("; ", article.Places.Select(p => $"{p.Name}, {p.Country}:{p.Mentions}")));
    }

    [Fact]
    public void Extract_ACompound_PointsAtEachPart()
    {
        Article article = Sample.Extractor.Extract(Sample.Fields("The Afghan-Pakistan border and US-South Korean talks."));
        Assert.Equal(
            ["AF Afghan", "KR South Korean", "PK Pakistan", "US US"],
            article.Findings.Where(f => f.Field is "countries" or "mentioned").Select(f => $"{f.Value} {Sample.Evidence(article, f)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Extract_ACapitalInHeadlineAndLead_CountsWhereItsCountryIsNamed()
    {
        Article article = Sample.Extract(Sample.Agency);
        Assert.Equal(["KZ", "AZ"], article.Countries.OrderByDescending(c => c, StringComparer.Ordinal));
    }

    [Theory]
    // Each country named once, far enough below the opening that its name alone would not do.
    [InlineData("Seven states sign a charter for the river", "{0} Benin, Togo, Ghana, Mali and the Ivory Coast will share its water.", "BJ CI GH ML TG")]
    [InlineData("West African leaders meet", "{0} Ann Boko of Benin, Kofi Mensa of Ghana and Ali Traore of Mali came.", "BJ GH ML")]
    [InlineData("COFFEE PRODUCERS TO MEET", "{0} Envoys of Peru, Kenya And Ecuador will come.", "EC KE PE")]
    // No group, one that is named already, too few members, a list far down.
    [InlineData("A charter for the river is signed", "{0} Benin, Togo, Ghana, Mali and the Ivory Coast will share its water.", "")]
    [InlineData("EU ministers meet", "{0} Denmark, Malta and Latvia were against.", "")]
    [InlineData("Turkish leaders meet", "{0} Denmark, Malta and Latvia were against.", "TR")]
    [InlineData("The United States signs", "{0} Denmark, Malta and Latvia signed before.", "US")]
    [InlineData("Two states sign", "{0} Denmark and Malta signed.", "")]
    [InlineData("Seven states sign", "{0} {0} Denmark, Malta and Latvia signed before.", "")]
    public void Extract_AGroupInTheHeadline_IsItsMembers(string headline, string body, string expected)
    {
        string opening = string.Concat(Enumerable.Repeat("Nothing that happened in the hall before noon was made known outside. ", 9)).TrimEnd();
        Article article = Sample.Extractor.Extract(Sample.Fields(string.Format(CultureInfo.InvariantCulture, body, opening), new DeclaredFields { Headline = headline }));
        Assert.Equal(expected, string.Join(' ', article.Countries.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Extract_DeclaredCountries_Win()
    {
        DeclaredFields declared = new() { Countries = ["Azerbaijan", "RU", "Atlantis"] };
        Article article = Sample.Extractor.Extract(Sample.Fields("France, France, France and France.", declared));
        Assert.Equal(["AZ", "RU"], article.Countries);
        Assert.Equal(2, article.Findings.Count(f => f is { Field: "countries", In: FindingIn.Declared, Rule: "declared" }));
        Assert.Equal("FR", Assert.Single(article.Mentioned).Code);
    }
}
