using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

public class GazetteerTests
{
    [Theory]
    [InlineData("Moscow", "RU")]
    [InlineData("MOSCOW", "RU")]
    [InlineData("Sana'a", "YE")]
    [InlineData("Sanaa", "YE")]
    [InlineData("São Paulo", "BR")]
    [InlineData("Sao Paulo", "BR")]
    [InlineData("Ts’khinvali", "GE")]
    [InlineData("Birmingham", "GB")]
    [InlineData("Alma Ata", "KZ")]
    [InlineData("Khankendi", "AZ")]
    [InlineData("Soviet Union", "RU")]
    [InlineData("Kalbajar", "AZ")]
    public void TryFind_AName_GivesItsCountry(string name, string country)
    {
        Assert.True(Sample.Gazetteer.TryFind(name, out Place place));
        Assert.Equal(country, place.Country);
    }

    [Fact]
    public void TryFind_EveryNameOfACountry_GivesTheCountry()
    {
        IEnumerable<string> lost = from country in CountryLexicon.All
                                   from name in country.Names.Concat(country.Demonyms)
                                   where !Sample.Gazetteer.TryFind(name, out Place place) || !Names(place, country, name)
                                   select $"{country.Code} {name}";
        Assert.Empty(lost);

        // A name that several countries bear belongs to the one that stands first; a country's own name is nobody else's.
        static bool Names(Place place, CountryLexicon.Country country, string name) =>
            place.Country == country.Code || (name != country.Name && place.Kind is PlaceKind.Country or PlaceKind.Demonym);
    }

    [Theory]
    [InlineData("Calif.", "US", "California")]
    [InlineData("N.Y.", "US", "New York")]
    [InlineData("Ont.", "CA", "Ontario")]
    [InlineData("Georgia", "US", "Georgia")]
    public void TryFindRegion_AnAbbreviation_GivesTheFullName(string form, string country, string name)
    {
        Assert.True(Sample.Gazetteer.TryFindRegion(form, out Place region));
        Assert.Equal((country, name), (region.Country, region.Name));
    }

    [Theory]
    [InlineData("MƏMMƏDOV", "mammadov")]
    [InlineData("Wałęsa", "walesa")]
    [InlineData("İlham", "ilham")]
    [InlineData("Straße", "strasse")]
    [InlineData("Sana’a", "sanaa")]
    [InlineData("e\u0301té", "ete")]
    [InlineData("Calif.", "calif")]
    public void Fold_IsCaseAndMarkBlind(string word, string folded)
    {
        Assert.Equal(folded, TextFolding.Fold(word));
        Assert.Equal(TextFolding.Key(folded), TextFolding.Key(word));
    }
}
