using System.Globalization;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class DateExpressionTests
{
    [Theory]
    [InlineData("2018", "2018", "2018-01-01", "2018-12-31")]
    [InlineData("2018-11", "2018-11", "2018-11-01", "2018-11-30")]
    [InlineData("2018-11-21", "2018-11-21", "2018-11-21", "2018-11-21")]
    [InlineData("1960/1969", "1960/1969", "1960-01-01", "1969-12-31")]
    [InlineData("2018-11/2019-02", "2018-11/2019-02", "2018-11-01", "2019-02-28")]
    [InlineData("2018/2018-03", "2018/2018-03", "2018-01-01", "2018-03-31")]
    [InlineData("/2018", "/2018", "", "2018-12-31")]
    [InlineData("2018/", "2018/", "2018-01-01", "")]
    [InlineData(" 2018 / 2019 ", "2018/2019", "2018-01-01", "2019-12-31")]
    [InlineData("Today", "today", "2024-02-29", "2024-02-29")]
    [InlineData("2023/today", "2023/today", "2023-01-01", "2024-02-29")]
    [InlineData("P1D", "P1D", "2024-02-29", "2024-02-29")]
    [InlineData("P7D", "P7D", "2024-02-23", "2024-02-29")]
    [InlineData("p07d", "P7D", "2024-02-23", "2024-02-29")]
    [InlineData("P2W", "P2W", "2024-02-16", "2024-02-29")]
    [InlineData("P1M", "P1M", "2024-01-30", "2024-02-29")]
    [InlineData("P1Y", "P1Y", "2023-03-01", "2024-02-29")]
    [InlineData("P9999Y", "P9999Y", "0001-01-01", "2024-02-29")]
    [InlineData("P9999D", "P9999D", "1996-10-15", "2024-02-29")]
    [InlineData("0001", "0001", "0001-01-01", "0001-12-31")]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31")]
    public void TryParse_Date_CanonicalTextAndDays(string text, string canonical, string from, string to)
    {
        Assert.True(DateExpression.TryParse(text, out DateExpression? date, out _));
        Assert.Equal(canonical, date.Text);
        Assert.False(date.IsMissing);
        Assert.Equal((Day(from), Day(to)), (date.On(new DateOnly(2024, 2, 29)).From, date.On(new DateOnly(2024, 2, 29)).To));
        Assert.True(DateExpression.TryParse(canonical, out DateExpression? again, out _));
        Assert.Equal(canonical, again.Text);
    }

    [Fact]
    public void TryParse_Missing_HasNoRange()
    {
        Assert.True(DateExpression.TryParse("_missing", out DateExpression? date, out _));
        Assert.True(date.IsMissing);
        Assert.Throws<InvalidOperationException>(() => date.On(new DateOnly(2024, 1, 1)));
    }

    [Fact]
    public void On_FirstDaysOfTheCalendar_DoesNotUnderflow()
    {
        foreach (string text in new[] { "P9999D", "P9999W", "P9999M", "P9999Y", "P1M", "P1Y" })
        {
            Assert.True(DateExpression.TryParse(text, out DateExpression? date, out _));
            Assert.Equal(DateOnly.MinValue, date.On(new DateOnly(1, 1, 3)).From);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("18")]
    [InlineData("2018-13")]
    [InlineData("2019-02-29")]
    [InlineData("2018-11-21T14:20")]
    [InlineData("0000")]
    [InlineData("12018")]
    [InlineData("P0D")]
    [InlineData("P-1D")]
    [InlineData("P1H")]
    [InlineData("P10000D")]
    [InlineData("P7D/2018")]
    [InlineData("2018/2019/2020")]
    [InlineData("_missing/2018")]
    [InlineData("٢٠١٨")]
    public void TryParse_NoDate_SaysWhatIsWanted(string text)
    {
        Assert.False(DateExpression.TryParse(text, out _, out string? reason));
        Assert.EndsWith("is not a date, want 2018, 2018-11, 2018-11-21, a range such as 2018/2019, today, P7D or _missing", reason, StringComparison.Ordinal);
        Assert.True(reason.Length <= 200);
    }

    [Theory]
    [InlineData("/", "a range of dates needs a first or a last day")]
    [InlineData("2019/2018", "the range 2019/2018 ends before it begins")]
    [InlineData("2018-11-21/2018-11-20", "the range 2018-11-21/2018-11-20 ends before it begins")]
    public void TryParse_NoRange_Sentence(string text, string message)
    {
        Assert.False(DateExpression.TryParse(text, out _, out string? reason));
        Assert.Equal(message, reason);
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
