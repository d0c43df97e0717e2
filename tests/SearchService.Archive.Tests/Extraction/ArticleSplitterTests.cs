using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests.Extraction;

public class ArticleSplitterTests
{
    [Theory]
    [InlineData("Rain in May\n\nIt rained all day.", "Rain in May", "It rained all day.")]
    [InlineData("RAIN IN MAY\n\nIt rained all day.", "RAIN IN MAY", "It rained all day.")]
    [InlineData("3 May 2019\n\nRain in May\n\nIt rained all day.", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\n3 May 2019\nIt rained all day.", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\nBy Ann Lee\n\nIt rained all day.", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\n\nIt rained all day.\n\nSource: Meridian", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\n\nIt rained all day.\n\n(Reuters)", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\n\nIt rained all day.\n Reuter\n", "Rain in May", "It rained all day.")]
    [InlineData("Rain in May\n\nPublished: 3 May 2019 | Updated: 4 May 2019\n\nIt rained all day.", "Rain in May", "It rained all day.")]
    [InlineData("It rained all day, and nobody went out for a walk.\n\nIt stopped at night.", null, "It rained all day, and nobody went out for a walk.\n\nIt stopped at night.")]
    [InlineData("LONDON, May 3 (Reuters) - It rained.\n\nIt stopped.", null, "LONDON, May 3 (Reuters) - It rained.\n\nIt stopped.")]
    [InlineData("Rain\r\n\r\nIt rained.\r\n\r\nIt stopped.", "Rain", "It rained.\n\nIt stopped.")]
    [InlineData("Snow in the U.S.\n\nIt snowed.", "Snow in the U.S.", "It snowed.")]
    [InlineData("Rain in Baku\u0092s bay\n\n\u0093It rained,\u0094 he said.", "Rain in Baku’s bay", "“It rained,” he said.")]
    [InlineData("", null, "")]
    [InlineData("\n\n \n", null, "")]
    public void Split_HeadlineAndBody(string text, string? headline, string body)
    {
        Article article = Sample.Extract(text);
        Assert.Equal((headline, body), (article.Headline, article.Body));
    }

    [Fact]
    public void Split_HardLineEnds_BecomeBlanks()
    {
        Article article = Sample.Extract("""
            Talks open on the level of the sea

                The ministers of four countries met by the sea on Friday to speak of
            its level, which has fallen for many years and is now as low as it was
            a century ago.
                They will meet again in June, when the report of the committee that
            looks into the causes is to be ready.
            """);
        Assert.Equal("Talks open on the level of the sea", article.Headline);
        Assert.Equal(
            "The ministers of four countries met by the sea on Friday to speak of its level, which has fallen for many years and is now as low as it was a century ago.\n\n"
            + "They will meet again in June, when the report of the committee that looks into the causes is to be ready.",
            article.Body);
    }

    [Fact]
    public void Split_BrokenLinesWithOneOverlong_AreJoined()
    {
        Article article = Sample.Extractor.Extract(Sample.Fields(
            "The ministers of four countries met by the sea on Friday to speak\nof its level, which has fallen for many years and is now as low\n"
            + "as it was a century ago, and a table of all the stations that measure it, from the north to the south, was read out aloud to those who had come\n"
            + "to the meeting from the towns on its shore."));
        Assert.DoesNotContain('\n', article.Body);
    }

    [Fact]
    public void Split_LinesOfTheirOwnParagraphs_StayApart()
    {
        Article article = Sample.Extractor.Extract(Sample.Fields(
            "A first paragraph that is long enough to be one line of its own, as records of fields have them, with no break in it at all, ever.\n"
            + "A second one.\nA third paragraph, again of a length that no hard line end would have left in one piece, whatever the column is."));
        Assert.Equal(3, article.Body.Split("\n\n").Length);
    }

    [Fact]
    public void Split_BylineAndStamp_AreFindingsInTheSource()
    {
        Article article = Sample.Extract("Rain in May\n\nBy Ann Lee\nMay 3, 2019 6:15 pm EDT\n\nIt rained all day.");
        Assert.Equal(("Ann Lee", "2019-05-03T18:15-04:00"), (article.Byline, article.Date?.Value));
        Assert.Equal(
            ["headline=Rain in May", "date=May 3, 2019 6:15 pm EDT", "byline=Ann Lee"],
            article.Findings.Where(f => f.In == FindingIn.Source).Select(f => $"{f.Field}={Sample.Evidence(article, f)}"));
    }

    [Theory]
    [InlineData("Rain in May\nBy Ann Lee\nAssociated Press Writer\n\nIt rained all day.", "Ann Lee", "AP")]
    [InlineData("Rain in May\n\nBy Ann Lee\n\nReuters correspondent\n\nIt rained all day.", "Ann Lee", "Reuters")]
    [InlineData("Rain in May\n\nBy Ann Lee\nStaff Writer\n\nIt rained all day.", "Ann Lee", null)]
    [InlineData("Rain in May\n\nBy Ann Lee\nSpecial to The Meridian\n\nIt rained all day.", "Ann Lee", null)]
    [InlineData("Rain in May\n\nBy Ann Lee\nMeridian Staff Writer\n\nSource: Northline\n\nIt rained all day.", "Ann Lee", "Northline")]
    public void Split_WhatTheAuthorIs_BelongsToTheByline(string text, string byline, string? source)
    {
        Article article = Sample.Extract(text);
        Assert.Equal(("Rain in May", "It rained all day.", byline, source), (article.Headline, article.Body, article.Byline, article.Source));
    }

    [Theory]
    [InlineData("Rain in May\n\nStaff Writer\n\nIt rained all day.")]
    [InlineData("Rain in May\n\nBy Ann Lee\n\nThe writer left.")]
    public void Split_AFunctionWithoutAnAuthorOrInASentence_StaysInTheBody(string text) => Assert.Contains("riter", Sample.Extract(text).Body, StringComparison.Ordinal);

    [Theory]
    [InlineData("Title: Rain in May\nAuthor: Ann Lee\nDate: 3 May 2019\nSource: Meridian\nDateline: BAKU, Azerbaijan, May 3\nTags: rain, may\n\nIt rained all day.")]
    [InlineData("Dateline: BAKU, Azerbaijan, May 3\n\nPublished: May 3, 2019\nBy: Ann Lee\nAGENCY: Meridian\nKeywords: rain; may\n\nRain in May\n\nIt rained all day.")]
    [InlineData("Rain in May\n\nSource: Meridian\nDate: 2019-05-03\nByline: Ann Lee\nPlace: Baku, Azerbaijan\nTopics: rain, may\nIt rained all day.")]
    public void Split_LabelsAtTheHead_AreDeclaredFields(string text)
    {
        Article article = Sample.Extract(text);
        Assert.Equal(("Rain in May", "It rained all day.", "Ann Lee", "Meridian"), (article.Headline, article.Body, article.Byline, article.Source));
        Assert.Equal(("2019-05-03", DateProvenance.Declared), (article.Date!.Value.Value, article.Date.Value.Provenance));
        Assert.Equal("Baku, AZ", article.Location?.FacetValue);
        Assert.Equal(["rain", "may"], article.Subjects);
        Assert.Equal("Meridian", Sample.Evidence(article, Assert.Single(article.Findings, f => f is { Field: "source", In: FindingIn.Source, Rule: "label" })));
        Assert.StartsWith("BAKU", Sample.Evidence(article, Assert.Single(article.Findings, f => f is { Field: "location", In: FindingIn.Source })).ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Title: Rain in May\n\nIt rained all day.", "Rain in May", "It rained all day.")]
    // One label that may be anything, labels that are sentences, labels in the middle of the story.
    [InlineData("Place: a house by the sea\n\nIt rained all day.", "Place: a house by the sea", "It rained all day.")]
    [InlineData("Rain in May\n\nIt rained all day.\n\nTitle: none\nAuthor: none", "Rain in May", "It rained all day.\n\nTitle: none\n\nAuthor: none")]
    [InlineData("Rain in May\n\nDate: to be announced\nQuestion: why?\n\nIt rained.", "Rain in May", "Date: to be announced\n\nQuestion: why?\n\nIt rained.")]
    public void Split_OtherColons_AreText(string text, string? headline, string body)
    {
        Article article = Sample.Extract(text);
        Assert.Equal((headline, body), (article.Headline, article.Body));
    }
}
