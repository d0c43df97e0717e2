using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

public class DateTextTests
{
    [Theory]
    [InlineData("21 November 2018 14:20 (UTC+04:00)", "2018-11-21T14:20+04:00")]
    [InlineData("21 November 2018 14:20 (GMT+4)", "2018-11-21T14:20+04:00")]
    [InlineData("21 November 2018 14:20 (UTC)", "2018-11-21T14:20Z")]
    [InlineData("21 November 2018", "2018-11-21")]
    [InlineData("Wednesday, 21 November 2018", "2018-11-21")]
    [InlineData("Wednesday 21 November 2018 14.20 GMT", "2018-11-21T14:20Z")]
    [InlineData("21st of November, 2018 at 2:20 pm", "2018-11-21T14:20")]
    [InlineData("Wed, 21 Nov 2018 14:20:05 +0400", "2018-11-21T14:20:05+04:00")]
    [InlineData("Wed, 21 Nov 18 14:20:05 EST", "2018-11-21T14:20:05-05:00")]
    [InlineData("Tue, 01 Jan 85 00:01 GMT", "1985-01-01T00:01Z")]
    [InlineData("Wed, 21 Nov 2018 14:20:05 Z", "2018-11-21T14:20:05Z")]
    [InlineData("2018-11-21", "2018-11-21")]
    [InlineData("2018-11-21T14:20", "2018-11-21T14:20")]
    [InlineData("2018-11-21T14:20:05Z", "2018-11-21T14:20:05Z")]
    [InlineData("2018-11-21T14:20:05.123+04:00", "2018-11-21T14:20:05+04:00")]
    [InlineData("2018-11-21T14:20:05+0400", "2018-11-21T14:20:05+04:00")]
    [InlineData("2018-11-21T14:20:05-05", "2018-11-21T14:20:05-05:00")]
    [InlineData("2018-11-21 14:20:05", "2018-11-21T14:20:05")]
    [InlineData("20181121T142005Z", "2018-11-21T14:20:05Z")]
    [InlineData("20181121T1420+0400", "2018-11-21T14:20+04:00")]
    [InlineData("20181121142005", "2018-11-21T14:20:05")]
    [InlineData("20181121", "2018-11-21")]
    [InlineData("2018/11/21", "2018-11-21")]
    [InlineData("2018-11", "2018-11")]
    [InlineData("November 2018", "2018-11")]
    [InlineData("2018", "2018")]
    [InlineData("Fri Oct 20, 2006 6:15pm EDT", "2006-10-20T18:15-04:00")]
    [InlineData("Nov. 21, 2018", "2018-11-21")]
    [InlineData("November 21, 2018, 9:05 a.m. EST", "2018-11-21T09:05-05:00")]
    [InlineData("Nov 21, 2018 12:00 a.m.", "2018-11-21T00:00")]
    [InlineData("Nov 21, 2018 12:30 PM ET", "2018-11-21T12:30")]
    [InlineData("Sunday, September 1, 2019", "2019-09-01")]
    [InlineData("Wed Nov 21 14:20:05 2018", "2018-11-21T14:20:05")]
    [InlineData("Wed Nov 21 14:20:05 +0400 2018", "2018-11-21T14:20:05+04:00")]
    [InlineData("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01")]
    [InlineData(" 5-MAR-1987 09:22:57.75\u0005\u0005\u0005F f0816", "1987-03-05T09:22:57")]
    [InlineData("21.11.2018 14:20", "2018-11-21T14:20")]
    [InlineData("21.11.18", "2018-11-21")]
    [InlineData("21/11/2018", "2018-11-21")]
    [InlineData("11/21/2018", "2018-11-21")]
    [InlineData("11/12/2018", "2018-12-11")]
    [InlineData("14:20, 21 November 2018", "2018-11-21T14:20")]
    [InlineData("14:20 GMT, Wednesday, 21 November 2018", "2018-11-21T14:20Z")]
    [InlineData("1542795600", "2018-11-21T10:20:00Z")]
    [InlineData("1542795600000", "2018-11-21T10:20:00Z")]
    [InlineData("21 November 2018 14:20 MSK", "2018-11-21T14:20+03:00")]
    [InlineData("21 November 2012 14:20 MSK", "2012-11-21T14:20+04:00")]
    [InlineData("21 November 2018 14:20 IST", "2018-11-21T14:20")]
    [InlineData("21 November 2018 14:20 CEST", "2018-11-21T14:20+02:00")]
    [InlineData("30 Sept. 1960", "1960-09-30")]
    [InlineData("21 November 2018 25:20", "2018-11-21")]
    public void TryRead_ADate_GivesIt(string text, string expected)
    {
        Assert.True(DateText.TryRead(text, DateProvenance.Declared, monthFirst: false, out DateText.Reading reading));
        Assert.Equal(expected, reading.Date.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30 February 2018")]
    [InlineData("31 November 2018")]
    [InlineData("29 Feb 2019")]
    [InlineData("2018-13-01")]
    [InlineData("2018-02-30")]
    [InlineData("20181")]
    [InlineData("20181332")]
    [InlineData("1 2 3")]
    [InlineData("Azerbaijan 21, 2018")]
    [InlineData("Marching 21, 2018")]
    [InlineData("21 people 2018")]
    [InlineData("0 May 2018")]
    [InlineData("45.46.2018")]
    [InlineData("yesterday")]
    [InlineData("99999999999999999999999999999999")]
    public void TryRead_NoDate_IsRefused(string text) =>
        Assert.False(DateText.TryRead(text, DateProvenance.Declared, monthFirst: false, out _));

    [Fact]
    public void TryRead_MonthFirst_ReadsTheAmericanOrder()
    {
        Assert.True(DateText.TryRead("11/12/2018", DateProvenance.Declared, monthFirst: true, out DateText.Reading reading));
        Assert.Equal(("2018-11-12", "numeric-ambiguous"), (reading.Date.Value, reading.Rule));
    }

    [Fact]
    public void TryRead_EveryWrittenValue_ComesBack()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            DateTime local = new DateTime(1900, 1, 1).AddSeconds(random.NextInt64(0, 5_000_000_000));
            ArticleDate date = new(local, (DatePrecision)random.Next(5), TimeSpan.FromMinutes(30 * random.Next(-24, 25)), DateProvenance.Declared);
            Assert.True(DateText.TryRead(date.Value, DateProvenance.Declared, monthFirst: false, out DateText.Reading reading), date.Value);
            Assert.Equal(date, reading.Date);
        }
    }

    [Fact]
    public void TryRead_UnderTurkish_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        try
        {
            Assert.True(DateText.TryRead("FRI APRIL 20, 2018 6:15PM GMT", DateProvenance.Declared, monthFirst: false, out DateText.Reading reading));
            Assert.Equal("2018-04-20T18:15Z", reading.Date.Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
