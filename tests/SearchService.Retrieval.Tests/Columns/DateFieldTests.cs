using SearchService.Retrieval.Columns;
using static SearchService.Retrieval.Tests.Columns.CivilDayTests;

namespace SearchService.Retrieval.Tests.Columns;

public class DateFieldTests
{
    private readonly record struct Date(int Day, int Second, CivilPeriod Period)
    {
        public int Last => CivilDay.Last(Day, Period);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Counts_AgreeWithANaiveRecount(bool ordered)
    {
        Random random = new(ordered ? 1 : 2);
        for (int round = 0; round < 30; round++)
        {
            int span = (int)Math.Pow(10, 1 + random.Next(5));
            Date?[][] segments = [.. Enumerable.Range(0, 2).Select(_ => RandomSegment(random, span, ordered))];
            using SegmentFixture fixture = Fixture(segments);
            DateField field = new([.. fixture.Segments.Select(s => DateColumn.Load(s, "d"))]);
            Assert.All(field.Columns, c => Assert.True(c.IsOrdered || !ordered));
            DocBits[] documents = [.. segments.Select(s => RandomDocuments(random, s.Length))];
            Date?[] counted = [.. segments.SelectMany((s, i) => s.Where((_, d) => documents[i].Get(d)))];
            CivilInterval? wanted = random.Next(3) == 0 ? null : (CivilInterval)random.Next(6);
            using CountedDocuments given = new(documents);
            DateCounts counts = field.Count(given, wanted);

            Assert.Equal(counted.Length, counts.Counts.Sum() + counts.Imprecise + counts.Missing);
            Assert.Equal(counted.Count(d => d is null), counts.Missing);
            Date[] precise = [.. counted.OfType<Date>().Where(d => d.Period <= CivilDay.Coarsest(counts.Interval))];
            Assert.Equal(counted.OfType<Date>().Count() - precise.Length, counts.Imprecise);
            for (int i = 0; i < counts.Counts.Length; i++)
            {
                Assert.Equal(counts.Edges[i], CivilDay.Floor(counts.Edges[i], counts.Interval));
                Assert.Equal(counts.Edges[i + 1], CivilDay.Next(counts.Edges[i], counts.Interval));
                Assert.Equal(precise.Count(d => d.Day >= counts.Edges[i] && d.Day < counts.Edges[i + 1]), counts.Counts[i]);
            }

            if (counts.Counts.Length > 0)
            {
                Assert.True(counts.Counts[0] > 0 && counts.Counts[^1] > 0);
            }

            if (wanted is null)
            {
                Assert.True(counts.Counts.Length <= DateField.AutoBuckets || counts.Interval == CivilInterval.Decade);
            }

            Assert.Equal(counts.Counts, field.Days(documents, counts.Interval).Count(counts.Edges));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddInside_TakesDatesThatLieInsideWithAllTheirDays(bool ordered)
    {
        Random random = new(ordered ? 3 : 4);
        for (int round = 0; round < 30; round++)
        {
            Date?[] segment = RandomSegment(random, 1000, ordered);
            using SegmentFixture fixture = Fixture(segment);
            DateColumn column = DateColumn.Load(fixture.Segments[0], "d");
            int from = Number("2000-01-01") + random.Next(-100, 1000);
            int to = from + random.Next(-10, 800);
            DocBits inside = new(segment.Length);
            column.AddInside(from, to, inside);
            for (int doc = 0; doc < segment.Length; doc++)
            {
                Assert.Equal(segment[doc] is { } d && d.Day >= from && d.Last <= to, inside.Get(doc));
            }
        }
    }

    [Theory]
    [InlineData("2000-01-01", "2000-04-09", CivilInterval.Day)]
    [InlineData("2000-01-01", "2000-04-10", CivilInterval.Week)]
    [InlineData("2000-01-03", "2001-12-02", CivilInterval.Week)]
    [InlineData("2000-01-01", "2008-04-30", CivilInterval.Month)]
    [InlineData("2000-01-01", "2008-05-01", CivilInterval.Quarter)]
    [InlineData("1900-01-01", "1999-12-31", CivilInterval.Year)]
    [InlineData("1900-01-01", "2000-01-01", CivilInterval.Decade)]
    [InlineData("0001-01-01", "9999-12-31", CivilInterval.Decade)]
    public void Auto_TakesTheFinestIntervalWithAHundredBuckets(string first, string last, CivilInterval expected)
    {
        Date?[] segment = [new Date(Number(first), 0, CivilPeriod.Day), new Date(Number(last), 0, CivilPeriod.Day)];
        using SegmentFixture fixture = Fixture(segment);
        using CountedDocuments documents = new([DocBits.All(2)]);
        DateCounts counts = new DateField([DateColumn.Load(fixture.Segments[0], "d")]).Count(documents, null);
        Assert.Equal(expected, counts.Interval);
        Assert.Equal(2, counts.Counts.Sum());
    }

    [Fact]
    public void Auto_WithMostDatesKnownToTheYear_CountsYears()
    {
        Date?[] segment =
        [
            new Date(Number("1987-01-01"), 0, CivilPeriod.Year), new Date(Number("1988-01-01"), 0, CivilPeriod.Year),
            new Date(Number("1988-03-01"), 0, CivilPeriod.Day),
        ];
        using SegmentFixture fixture = Fixture(segment);
        using CountedDocuments documents = new([DocBits.All(3)]);
        DateCounts counts = new DateField([DateColumn.Load(fixture.Segments[0], "d")]).Count(documents, null);
        Assert.Equal(CivilInterval.Year, counts.Interval);
        Assert.Equal([1, 2], counts.Counts);
        Assert.Equal(0, counts.Imprecise);
    }

    [Fact]
    public void Count_OfDaysOverManyYears_GivesWayToAWiderInterval()
    {
        Date?[] segment = [new Date(Number("0001-01-01"), 0, CivilPeriod.Day), new Date(Number("9999-12-31"), 0, CivilPeriod.Day)];
        using SegmentFixture fixture = Fixture(segment);
        using CountedDocuments documents = new([DocBits.All(2)]);
        DateCounts counts = new DateField([DateColumn.Load(fixture.Segments[0], "d")]).Count(documents, CivilInterval.Day);
        Assert.Equal(CivilInterval.Year, counts.Interval);
    }

    [Fact]
    public void Count_WithoutAnyDate_HasNoBucket()
    {
        using SegmentFixture fixture = Fixture((Date?[])[null, null]);
        using CountedDocuments documents = new([DocBits.All(2)]);
        DateCounts counts = new DateField([DateColumn.Load(fixture.Segments[0], "d")]).Count(documents, null);
        Assert.Empty(counts.Counts);
        Assert.Equal(2, counts.Missing);
    }

    [Fact]
    public void Key_OrdersByDayAndSecond()
    {
        Date?[] segment = [new Date(5, 10, CivilPeriod.Day), new Date(5, 9, CivilPeriod.Day), new Date(4, 86399, CivilPeriod.Day), null];
        using SegmentFixture fixture = Fixture(segment);
        DateColumn column = DateColumn.Load(fixture.Segments[0], "d");
        Assert.True(column.Key(2) < column.Key(1) && column.Key(1) < column.Key(0));
        Assert.Equal(DateColumn.Undated, column.Key(3));
        Assert.False(column.IsOrdered);
    }

    private static SegmentFixture Fixture(params Date?[][] segments) =>
        SegmentFixture.OfDates([.. segments.Select(s => s.Select(d => d is { } date ? DateColumn.Pack(date.Day, date.Second, date.Period) : 0).ToArray())]);

    private static Date?[] RandomSegment(Random random, int span, bool ordered)
    {
        int start = Number("2000-01-01");
        Date?[] dates = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => RandomDate(random, start + random.Next(span)))];
        return ordered ? [.. dates.OrderBy(d => d?.Day ?? int.MaxValue).ThenBy(d => d?.Second)] : dates;
    }

    private static Date? RandomDate(Random random, int day) => random.Next(10) switch
    {
        0 => null,
        1 => new Date(CivilDay.Floor(day, CivilInterval.Year), 0, CivilPeriod.Year),
        2 => new Date(CivilDay.Floor(day, CivilInterval.Month), 0, CivilPeriod.Month),
        _ => new Date(day, random.Next(86400), CivilPeriod.Day),
    };

    private static DocBits RandomDocuments(Random random, int length)
    {
        DocBits documents = new(length);
        for (int doc = 0; doc < length; doc++)
        {
            if (random.Next(3) > 0)
            {
                documents.Add(doc);
            }
        }

        return documents;
    }
}
