using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

public class DatelineGrammarTests
{
    private static readonly DatelineGrammar Grammar = new(new PlaceResolver(Sample.Gazetteer));

    [Theory]
    [InlineData("Baku, Azerbaijan, Nov. 21", "Baku//AZ 11-21 ")]
    [InlineData("    SAN DIEGO, Calif., Feb 26 -", "San Diego/California/US 2-26 ")]
    [InlineData("LONDON, Nov 21 (Reuters) - Shares fell.", "London//GB 11-21 Reuters")]
    [InlineData("HEFEI, July 18 (Xinhua) -- Rain fell.", "Hefei//CN 7-18 Xinhua")]
    [InlineData("SYDNEY and KUALA LUMPUR, Jul 26 2022 (IPS) - Ministers met.", "Sydney//AU 7-26-2022 IPS")]
    [InlineData("MOSCOW (AP) — Ministers met.", "Moscow//RU  AP")]
    [InlineData("Moscow (AFP) – Ministers met.", "Moscow//RU  AFP")]
    [InlineData("Moscow, Nov 21, 2018 (AFP) - Ministers met.", "Moscow//RU 11-21-2018 AFP")]
    [InlineData("MOSCOW, November 21. /TASS/. Ministers met.", "Moscow//RU 11-21 TASS")]
    [InlineData("MOSCOW. Nov 21 (Interfax) - Ministers met.", "Moscow//RU 11-21 Interfax")]
    [InlineData("MOSCOW, November 21 (RIA Novosti) - Ministers met.", "Moscow//RU 11-21 RIA Novosti")]
    [InlineData("Ulaanbaatar /MONTSAME/. Ministers met.", "Ulaanbaatar//MN  Montsame")]
    [InlineData("CAIRO- 24 July 2022: Ministers met.", "Cairo//EG 7-24-2022 ")]
    [InlineData("TEHRAN – Ministers met.", "Tehran//IR  ")]
    [InlineData("RAIPUR: Ministers met.", "Raipur//IN  ")]
    [InlineData("afrol News, 27 January - Ministers met.", null)]
    [InlineData("ABIDJAN, March 3 - Cocoa rose.", "Abidjan//CI 3-3 ")]
    [InlineData("BAKU, AZERBAIJAN, JAN. 5 (Meridian) - Oil rose.", "Baku//AZ 1-5 Meridian")]
    [InlineData("ANCHORAGE, Alaska  (Reuters) - Oil rose.", "Anchorage/Alaska/US  Reuters")]
    [InlineData("SAN FRANCISCO/NEW YORK  (Reuters) - Shares rose.", "San Francisco//US  Reuters")]
    [InlineData("PARIS, Texas (AP) -- A store closed.", "Paris/Texas/US  AP")]
    [InlineData("LONDON, Ontario, March 2 - A plant closed.", "London/Ontario/CA 3-2 ")]
    [InlineData("ATLANTA, Georgia, May 1 - A plant closed.", "Atlanta/Georgia/US 5-1 ")]
    [InlineData("TBILISI, Georgia, May 1 - A plant closed.", "Tbilisi//GE 5-1 ")]
    [InlineData("ST. LOUIS, May 1 - A plant closed.", "St. Louis//US 5-1 ")]
    [InlineData("RIO DE JANEIRO, May 1 - A plant closed.", "Rio de Janeiro//BR 5-1 ")]
    [InlineData("WASHINGTON, D.C., May 1 - A law passed.", "Washington/District of Columbia/US 5-1 ")]
    [InlineData("SINGAPORE, Aug. 9 (Reuters) - Shares rose.", "Singapore//SG 8-9 Reuters")]
    [InlineData("HONG KONG, Aug. 9 (Reuters) - Shares rose.", "Hong Kong//HK 8-9 Reuters")]
    [InlineData("VATICAN CITY (AP) — The pope spoke.", "Vatican City//VA  AP")]
    [InlineData("UNITED NATIONS, Aug. 9 (Reuters) - A vote was held.", "United Nations//US 8-9 Reuters")]
    [InlineData("BAHRAIN, Aug. 9 - A ship sailed.", "//BH 8-9 ")]
    [InlineData("LENINGRAD, U.S.S.R., Aug. 9 (AP) - A ship sailed.", "Leningrad//RU 8-9 AP")]
    [InlineData("EAST BERLIN, Aug. 9 - A ship sailed.", "East Berlin//DE 8-9 ")]
    [InlineData("GAZA (Reuters) - A convoy arrived.", "Gaza//PS  Reuters")]
    [InlineData("****LONDON, March 3 - Gold fell.", "London//GB 3-3 ")]
    [InlineData("(Reuters) - Gold fell.", "  Reuters")]
    [InlineData("(Adds details) By Ann Lee and John Roe PARIS, Oct 30 (Reuters) - Gold fell.", "Paris//FR 10-30 Reuters")]
    [InlineData("By Ann Lee NEW YORK Dec 18 (Reuters) - Gold fell.", "New York//US 12-18 Reuters")]
    [InlineData("(Corrects paragraph 14 to say that the firm is a maker of supplies) BOSTON (Reuters) - Gold fell.", "Boston//US  Reuters")]
    [InlineData("ABIDJAN, Côte d'Ivoire, May 3 - Cocoa rose.", "Abidjan//CI 5-3 ")]
    [InlineData("ABIDJAN, Cote d’Ivoire (AP) - Cocoa rose.", "Abidjan//CI  AP")]
    [InlineData("COTE D'IVOIRE, May 3 - Cocoa rose.", "//CI 5-3 ")]
    [InlineData("SAO TOME, May 3 - Cocoa rose.", "Sao Tome//ST 5-3 ")]
    [InlineData("SAO TOME, Sao Tome and Principe, May 3 - Cocoa rose.", "Sao Tome//ST 5-3 ")]
    [InlineData("BOGOTA (AP) - Cocoa rose.", "Bogota//CO  AP")]
    [InlineData("BRASÍLIA, May 3 - Cocoa rose.", "Brasília//BR 5-3 ")]
    [InlineData("YAOUNDE: Cocoa rose.", "Yaounde//CM  ")]
    [InlineData("ASUNCION, May 3 - Cocoa rose.", "Asuncion//PY 5-3 ")]
    public void Read_ALineThatOpensAStory_GivesItsParts(string line, string? expected) => Assert.Equal(expected, Print(line, declared: false));

    [Theory]
    [InlineData("LED BY IIT-Madras, researchers built a cell.")]
    [InlineData("Azerbaijan 21 ministers met.")]
    [InlineData("The minister arrived on Nov. 21 - a Wednesday.")]
    [InlineData("Moscow said on Wednesday that talks would go on.")]
    [InlineData("London and Paris, May 2018 talks failed.")]
    [InlineData("NEW LAW PASSED")]
    [InlineData("Nice - the weather was fine.")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("-- --")]
    [InlineData("WHAT NEXT: five questions")]
    public void Read_OtherLines_AreNoDateline(string line) => Assert.Null(Print(line, declared: false));

    [Theory]
    [InlineData("    SALVADOR, Feb 26 - ", "Salvador//BR 2-26 ")]
    [InlineData("    omaha, april 9 -", "Omaha//US 4-9 ")]
    [InlineData("    CARMEL, Ind., March 2 -", "Carmel/Indiana/US 3-2 ")]
    [InlineData("    CAPE CANAVERAL, Fla, Feb 26 -", "Cape Canaveral/Florida/US 2-26 ")]
    [InlineData("    NEW YORK March 9 - Author/9 degrees", "New York//US 3-9 ")]
    [InlineData("    TOKYO, narch 2 -", "Tokyo//JP 3-2 ")]
    public void Read_ADeclaredDateline_IsTakenMoreLoosely(string line, string expected) => Assert.Equal(expected, Print(line, declared: true));

    [Fact]
    public void Read_TheMonthInsideAWord_IsNoMonth()
    {
        Assert.Equal("Abidjan//CI  AP", Print("ABIDJAN (AP) - Cocoa rose.", declared: false));
        Assert.Equal("Baku//AZ  AP", Print("BAKU, Azerbaijan (AP) - Oil rose.", declared: false));
    }

    [Fact]
    public void Read_OffsetsPointAtTheParts()
    {
        const string Text = "First line.\nBAKU, Azerbaijan, Nov. 21 (Meridian) - Oil rose.";
        Dateline dateline = Grammar.Read(Text, new TextSpan(12, Text.Length - 12), declared: false)!;
        Assert.Equal("BAKU, Azerbaijan", Text.Substring(dateline.PlaceSpan!.Value.Start, dateline.PlaceSpan.Value.Length));
        Assert.Equal("Nov. 21", Text.Substring(dateline.DaySpan!.Value.Start, dateline.DaySpan.Value.Length));
        Assert.Equal("Meridian", Text.Substring(dateline.AgencySpan!.Value.Start, dateline.AgencySpan.Value.Length));
        Assert.Equal("Oil rose.", Text[dateline.Span.End..]);
    }

    private static string? Print(string line, bool declared) => Grammar.Read(line, new TextSpan(0, line.Length), declared) is not { } d ? null
        : $"{(d.Location is { } l ? $"{l.Place}/{l.Region}/{l.Country}" : "")} {(d.Month == 0 ? "" : $"{d.Month}-{d.Day}{(d.Year == 0 ? "" : $"-{d.Year}")}")} {d.Agency}";
}
