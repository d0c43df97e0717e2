using System.Globalization;
using System.Text.Json;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests.Extraction;

public class ArticleExtractorTests
{
    [Fact]
    public void Extract_AnAgencyStory_GivesEveryField()
    {
        Article article = Sample.Extract(Sample.Agency);
        Assert.Equal("Water ministers of four countries open talks in Almaty", article.Headline);
        Assert.Equal("2019-05-03T09:05+06:00", article.Date?.Value);
        Assert.Equal(DateProvenance.Stamp, article.Date?.Provenance);
        Assert.Equal(new ArticleLocation("Baku, Azerbaijan", "Baku", null, "AZ", LocationProvenance.Dateline), article.Location);
        Assert.Equal("Meridian", article.Source);
        Assert.Equal("en", article.Language);
        Assert.Equal(
            ["Askar Mamin:2", "Mukhtar Babayev:1", "Natig Amirov:1", "Sergei Orlov:1", "Valentina Petrenko:1"],
            article.People.Select(p => $"{p.Name}:{p.Mentions}"));
        Assert.StartsWith("Baku, Azerbaijan, May 3\n\nMinisters responsible", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Meridian", article.Body, StringComparison.Ordinal);
        Assert.EndsWith("took part.", article.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_EveryFinding_PointsAtItsEvidence()
    {
        Article article = Sample.Extract(Sample.Agency);
        Assert.Equal("3 May 2019 09:05 (UTC+06:00)", Evidence("date", "day-month-year"));
        Assert.Equal("May 3", Evidence("date", "dateline-day"));
        Assert.Equal("2019-05-03", article.Findings.Single(f => f.Rule == "dateline-day").Value);
        Assert.Equal("Baku, Azerbaijan", Evidence("location", "dateline-with-day"));
        Assert.Equal("Baku, Azerbaijan", Evidence("countries", "dateline"));
        Assert.Equal("Meridian", Evidence("source", "source-line"));
        Assert.Equal("Mamin", Evidence("people", "surname"));
        Assert.Equal("Water ministers of four countries open talks in Almaty", Evidence("headline", "first-line"));
        Assert.All(article.Findings.Where(f => f.Field == "places" && f.Value == "Almaty"), f => Assert.Equal("Almaty", Sample.Evidence(article, f)));

        string Evidence(string field, string rule) => Sample.Evidence(article, article.Findings.Single(f => f.Field == field && f.Rule == rule));
    }

    [Fact]
    public void Extract_Twice_IsTheSame()
    {
        Article once = Sample.Extract(Sample.Agency);
        Assert.Equal(JsonSerializer.Serialize(once), JsonSerializer.Serialize(Sample.Extractor.Extract(once)));
        Article fields = Sample.Extractor.Extract(Sample.Fields("ORAN, Algeria (Reuters) - Oil fell,\nJohn Smith said."));
        Assert.Equal(JsonSerializer.Serialize(fields), JsonSerializer.Serialize(Sample.Extractor.Extract(fields)));
    }

    [Fact]
    public void Extract_Declared_BeatsDerived()
    {
        DeclaredFields declared = new()
        {
            Headline = " Talks\n open ",
            Date = "2019-05-04T10:00:00Z",
            Location = "Astana",
            LocationCountry = "Kazakhstan",
            Source = "Northline",
            Language = "EN-us",
            Byline = "By  Ann Lee",
            Section = "World",
            Subjects = ["water", "water", " sea "],
            Url = "http://example.org/2019/05/05/x",
            People = ["Askar Mamin", "Jane Roe"],
        };
        Article article = Sample.Extractor.Extract(Sample.Fields("BAKU, May 3 (Meridian) - Askar Mamin spoke. Mamin left.", declared));
        Assert.Equal("Talks open", article.Headline);
        Assert.Equal(("2019-05-04T10:00:00Z", DateProvenance.Declared), (article.Date!.Value.Value, article.Date.Value.Provenance));
        Assert.Equal(new ArticleLocation("Astana", "Astana", null, "KZ", LocationProvenance.Declared), article.Location);
        Assert.Equal(("Northline", "en-us", "Ann Lee", "World"), (article.Source, article.Language, article.Byline, article.Section));
        Assert.Equal(["water", "sea"], article.Subjects);
        Assert.Equal(["Askar Mamin:2", "Jane Roe:0"], article.People.Select(p => $"{p.Name}:{p.Mentions}"));
        Assert.All(
            article.Findings.Where(f => f.Field is "headline" or "location" or "source" or "language" or "byline"),
            f => Assert.Equal((FindingIn.Declared, 0, 0, "declared"), (f.In, f.Start, f.Length, f.Rule)));
    }

    [Theory]
    [InlineData("wire/story.txt", null, "LONDON, Nov 21 (Reuters) - Gold fell.", null)]
    [InlineData("2018/story.txt", null, "LONDON, Nov 21 (Reuters) - Gold fell.", "2018-11-21 Dateline")]
    [InlineData("2018-11-22.txt", null, "LONDON, Nov 21 (Reuters) - Gold fell.", "2018-11-21 Dateline")]
    [InlineData("2019-01-02.txt", null, "LONDON, Dec 31 (Reuters) - Gold fell.", "2018-12-31 Dateline")]
    [InlineData("2018-11-22.txt", null, "LONDON, June 21 (Reuters) - Gold fell.", "2018-11-22 FileName")]
    [InlineData("wire/story.txt", "http://example.org/2018/11/22/x", "LONDON, Nov 21 (Reuters) - Gold fell.", "2018-11-22 Url")]
    [InlineData("2018-11-22.txt", null, "LONDON (Reuters) - Gold fell.", "2018-11-22 FileName")]
    [InlineData("wire/story.txt", null, "LONDON, Nov 21 2017 (Reuters) - Gold fell.", "2017-11-21 Dateline")]
    public void Extract_DateWithoutAStamp_ComesFromTheNextBest(string path, string? url, string body, string? expected)
    {
        ArticleDate? date = Sample.Extractor.Extract(Sample.Fields(body, new DeclaredFields { Url = url }, path)).Date;
        Assert.Equal(expected, date is { } d ? $"{d.Value} {d.Provenance}" : null);
    }

    [Theory]
    [InlineData("BOSTON, Nov 12 (AP) - Gold fell.", "2018-11-12")]
    [InlineData("LONDON, Dec 11 (AP) - Gold fell.", "2018-12-11")]
    public void Extract_AnAmbiguousDate_IsReadAsWhereTheStoryIsFrom(string body, string expected) =>
        Assert.Equal(expected, Sample.Extractor.Extract(Sample.Fields(body, new DeclaredFields { Date = "11/12/2018" })).Date?.Value);

    [Fact]
    public void Extract_ADeclaredYear_GivesWayToADayInsideIt()
    {
        ArticleDate? date = Sample.Extractor.Extract(Sample.Fields("LONDON, Nov 21 (AP) - Gold fell.", new DeclaredFields { Date = "1987" })).Date;
        Assert.Equal("1987-11-21", date?.Value);
    }

    [Fact]
    public void Extract_ADeclaredDateline_IsRead()
    {
        Article article = Sample.Extractor.Extract(Sample.Fields(
            "Showers fell in the cocoa zone,\nofficials said.\n    The dry period is over.\n Reuter",
            new DeclaredFields { Dateline = "    SALVADOR, Feb 26 - ", Date = "26-FEB-1987 15:01:01.79" }));
        Assert.Equal("Salvador, BR", article.Location?.FacetValue);
        Assert.Equal("1987-02-26T15:01:01", article.Date?.Value);
        Assert.Equal("Reuters", article.Source);
        Assert.Equal("Showers fell in the cocoa zone, officials said.\n\nThe dry period is over.", article.Body);
        Assert.Contains(article.Findings, f => f is { Field: "date", Value: "1987-02-26", Rule: "dateline-day" });
    }

    [Fact]
    public void Extract_RandomText_NeverThrows_AndEveryFindingIsInside()
    {
        Random random = new(11);
        for (int round = 0; round < 1500; round++)
        {
            string text = RandomText.Make(random, random.Next(120));
            Article article = Sample.Extractor.Extract(round % 2 == 0
                ? Sample.Plain(text)
                : Sample.Fields(text, new DeclaredFields { Headline = RandomText.Make(random, 8), Dateline = RandomText.Make(random, 6), Date = RandomText.Make(random, 3), Byline = RandomText.Make(random, 3) }));
            Assert.All(article.Findings, f => Sample.Evidence(article, f));
            Assert.All(article.People, p => Assert.True(p.Name.Length > 0 && p.Mentions > 0));
        }
    }

    [Fact]
    public void Extract_UnderTurkish_IsTheSame()
    {
        string expected = JsonSerializer.Serialize(Sample.Extract(Sample.Agency.ToUpperInvariant()));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        try
        {
            Assert.Equal(expected, JsonSerializer.Serialize(Sample.Extract(Sample.Agency.ToUpperInvariant())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("ALPHA BETA ")]
    [InlineData("abcdefgh")]
    [InlineData("Alpha ")]
    [InlineData("A\n")]
    [InlineData("1")]
    [InlineData("(")]
    [InlineData("Nov ")]
    public async Task Extract_AMillionCharacters_EndsSoon(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        Assert.NotNull(await Task.Run(() => Sample.Extract(text)).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Extract_AMillionCharactersOfNames_EndsSoon()
    {
        Random random = new(5);
        string text = string.Join(", ", Enumerable.Range(0, 70_000).Select(_ => $"John {Syllables()} and Mr {Syllables()}"));
        Article article = await Task.Run(() => Sample.Extract(text)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.InRange(article.People.Count, 1, 1000);

        string Syllables() => string.Concat("BDFGKLMNPRSTV"[random.Next(13)], "aeiou"[random.Next(5)], "bdfgklmnprstv"[random.Next(13)], "aeiou"[random.Next(5)]);
    }

    [SkippableFact]
    public void Extract_TheFirstArticle_IsExact()
    {
        string? data = Environment.GetEnvironmentVariable("SEARCHSERVICE_DATA");
        Skip.If(data is null, "SEARCHSERVICE_DATA is not set");
        Article article = Sample.Extract(File.ReadAllText(Path.Combine(data!, "seed", "article.txt")));
        Assert.Equal("6th meeting of Secretaries of CIS Security Councils underway in Moscow", article.Headline);
        Assert.Equal(("2018-11-21T14:20+04:00", DateProvenance.Stamp), (article.Date!.Value.Value, article.Date.Value.Provenance));
        Assert.Equal(("Baku", "AZ"), (article.Location?.Place, article.Location?.Country));
        Assert.Contains(article.Findings, f => f is { Field: "date", Value: "2018-11-21", In: FindingIn.Body });
        Assert.Equal("Trend", article.Source);
        Assert.Equal(["AZ", "RU"], article.Countries.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Nikolai Patrushev:2", "Ramiz Mehdiyev:1", "Fuad Alasgarov:1", "Sergey Lebedev:1", "Valery Semerikov:1"],
            article.People.Select(p => $"{p.Name}:{p.Mentions}"));
        Assert.All(article.Findings, f => Sample.Evidence(article, f));
    }
}
