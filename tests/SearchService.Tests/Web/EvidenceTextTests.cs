using SearchService.Archive.Articles;
using SearchService.Web;

namespace SearchService.Tests.Web;

public sealed class EvidenceTextTests
{
    private const string Text = "Baku and Iraq agreed, Ann Lee said.";

    private static readonly Finding[] Findings =
    [
        new("countries", "AZ", FindingIn.Body, 0, 4, "city"),
        new("places", "Baku, AZ", FindingIn.Body, 0, 4, "city"),
        new("countries", "IQ", FindingIn.Body, 9, 4, "country-name"),
        new("places", "Iraq", FindingIn.Body, 9, 4, "country-name"),
        new("people", "Ann Lee", FindingIn.Body, 22, 7, "first-name"),
    ];

    /// <summary>The page lists a country under what the story is about, a town under its places.</summary>
    [Theory]
    [InlineData("Baku", "places")]
    [InlineData("Iraq", "countries")]
    [InlineData("Ann Lee", "people")]
    [InlineData(" and ", "")]
    public void A_stretch_has_the_colour_of_the_list_that_names_it(string words, string field) =>
        Assert.Equal(field, EvidenceText.Cut(Text, 0, Text.Length, Findings).Single(s => s.Text == words).Field);

    [Fact]
    public void The_colours_of_a_text_are_named_once_each()
    {
        Assert.Equal([("people", "people"), ("places", "places"), ("countries", "countries")], EvidenceText.Colours(Findings));
        Finding[] others =
        [
            new("source", "Reuters", FindingIn.Body, 0, 7, "dateline-agency"),
            new("mentioned", "IQ", FindingIn.Body, 20, 5, "demonym"),
            new("date", "1962", FindingIn.Body, 9, 4, "dateline"),
            new("headline", "Baku", FindingIn.Body, 30, 4, "first-line"),
            new("people", "Ann Lee", FindingIn.Declared, 0, 0, "declared"),
        ];
        Assert.Equal([("countries", "countries"), ("date", "date and source")], EvidenceText.Colours(others));
        Assert.Empty(EvidenceText.Colours([]));
    }

    [Fact]
    public void Nothing_of_the_text_is_lost() =>
        Assert.Equal(Text, string.Concat(EvidenceText.Cut(Text, 0, Text.Length, Findings).Select(s => s.Text)));
}
