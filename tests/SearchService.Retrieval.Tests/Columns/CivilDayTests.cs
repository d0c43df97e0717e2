using System.Globalization;
using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public class CivilDayTests
{
    [Theory]
    [InlineData("2018-11-21", CivilInterval.Day, "2018-11-21", "2018-11-22")]
    [InlineData("2018-11-21", CivilInterval.Week, "2018-11-19", "2018-11-26")]
    [InlineData("2018-11-25", CivilInterval.Week, "2018-11-19", "2018-11-26")]
    [InlineData("2019-01-01", CivilInterval.Week, "2018-12-31", "2019-01-07")]
    [InlineData("2020-02-29", CivilInterval.Month, "2020-02-01", "2020-03-01")]
    [InlineData("2018-12-31", CivilInterval.Month, "2018-12-01", "2019-01-01")]
    [InlineData("2018-11-21", CivilInterval.Quarter, "2018-10-01", "2019-01-01")]
    [InlineData("2018-11-21", CivilInterval.Year, "2018-01-01", "2019-01-01")]
    [InlineData("2018-11-21", CivilInterval.Decade, "2010-01-01", "2020-01-01")]
    [InlineData("0005-06-07", CivilInterval.Decade, "0001-01-01", "0010-01-01")]
    [InlineData("0001-01-01", CivilInterval.Week, "0001-01-01", "0001-01-08")]
    public void FloorAndNext_GiveTheBucket(string day, CivilInterval interval, string from, string to)
    {
        int start = CivilDay.Floor(Number(day), interval);
        Assert.Equal(Number(from), start);
        Assert.Equal(Number(to), CivilDay.Next(start, interval));
    }

    [Theory]
    [InlineData(CivilInterval.Day)]
    [InlineData(CivilInterval.Week)]
    [InlineData(CivilInterval.Month)]
    [InlineData(CivilInterval.Quarter)]
    [InlineData(CivilInterval.Year)]
    [InlineData(CivilInterval.Decade)]
    public void Next_OfTheCalendarsLastBucket_IsItsEnd(CivilInterval interval) =>
        Assert.Equal(CivilDay.End, CivilDay.Next(CivilDay.Floor(CivilDay.End - 1, interval), interval));

    [Theory]
    [InlineData("2020-02-01", CivilPeriod.Month, "2020-02-29")]
    [InlineData("9999-12-01", CivilPeriod.Month, "9999-12-31")]
    [InlineData("9999-01-01", CivilPeriod.Year, "9999-12-31")]
    [InlineData("2020-02-03", CivilPeriod.Day, "2020-02-03")]
    public void Last_IsThePeriodsLastDay(string first, CivilPeriod period, string last) =>
        Assert.Equal(Number(last), CivilDay.Last(Number(first), period));

    [Theory]
    [InlineData(CivilInterval.Day)]
    [InlineData(CivilInterval.Week)]
    [InlineData(CivilInterval.Month)]
    [InlineData(CivilInterval.Quarter)]
    [InlineData(CivilInterval.Year)]
    [InlineData(CivilInterval.Decade)]
    public void Edges_AreThoseOfBucketAfterBucket(CivilInterval interval)
    {
        Random random = new((int)interval);
        for (int i = 0; i < 200; i++)
        {
            int first = i == 0 ? 0 : random.Next(CivilDay.End);
            int last = i == 1 ? CivilDay.End - 1 : Math.Min(CivilDay.End - 1, first + random.Next(1, 9_000));
            first = Math.Max(first, last - 9_000);
            List<int> edges = [CivilDay.Floor(first, interval)];
            while (edges[^1] <= last)
            {
                edges.Add(CivilDay.Next(edges[^1], interval));
            }

            Assert.Equal(edges, CivilDay.Edges(first, last, interval, edges.Count - 1));
            Assert.Null(CivilDay.Edges(first, last, interval, edges.Count - 2));
        }
    }

    internal static int Number(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
