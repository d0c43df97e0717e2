using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public sealed class RankBandTests
{
    /// <summary>Documents, distinct values, most values a document: part of a block, whole blocks, a value that most have, many values, more codes than the buffer takes.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(100, 20, 2)]
    [InlineData(1024, 3, 1)]
    [InlineData(1500, 700, 3)]
    [InlineData(600, 300, 120)]
    [InlineData(3000, 4000, 6)]
    public void Top_AgreesWithANaiveRecount(int length, int distinct, int most)
    {
        Random random = new(length + distinct);
        string[][] segment = [.. Enumerable.Range(0, length).Select(_ => RandomValues(random, distinct, most))];
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueColumn column = ValueColumn.Load(fixture.Segments[0], "v");
        foreach (double share in (double[])[0, 0.01, 0.3, 0.9, 1])
        {
            DocBits documents = new(length);
            List<string> counted = [];
            for (int doc = 0; doc < length; doc++)
            {
                if (random.NextDouble() < share)
                {
                    documents.Add(doc);
                    counted.AddRange(segment[doc]);
                }
            }

            (string, int)[] expected = [.. counted.CountBy(v => v).Select(v => (v.Key, v.Value)).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)];
            foreach (int size in (int[])[1, 10, int.MaxValue])
            {
                if (column.Bands.Top(documents, size) is { } top)
                {
                    Assert.Equal(expected.Take(size), top.Select(v => (v.Value, (int)v.Count)));
                }
                else
                {
                    Assert.True(column.Values.Count > 8 * RankBand.Values && (expected.Length < size || expected[size - 1].Item2 <= column.Ranked.Documents(8 * RankBand.Values)));
                }
            }
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(1)]
    public unsafe void Count_IsTheSameOnAllProcessors(double share)
    {
        Random random = new(11);
        string[][] segment = [.. Enumerable.Range(0, 2000).Select(_ => RandomValues(random, 300, 4))];
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueColumn column = ValueColumn.Load(fixture.Segments[0], "v");
        DocBits documents = new(segment.Length);
        for (int doc = 0; doc < segment.Length; doc++)
        {
            if (random.NextDouble() <= share)
            {
                documents.Add(doc);
            }
        }

        RankBandBuilder builder = new(column.Ranked, 1, segment.Length);
        Span<int> room = stackalloc int[ValueWords.Most];
        int[] expected = new int[RankBand.Values];
        for (int doc = 0; doc < segment.Length; doc++)
        {
            foreach (int place in column.Places(doc, room))
            {
                int code = place - ValueColumn.First - RankBand.Values;
                if (code >= 0)
                {
                    builder.Add(doc, code + RankBand.Values);
                    expected[code] += documents.Get(doc) ? 1 : 0;
                }
            }

            if (RankBand.EndsBlock(doc, segment.Length))
            {
                builder.EndBlock(doc);
            }
        }

        RankBand band = builder.Build();
        int[] counts = new int[RankBand.Values];
        band.Count(documents, counts);
        Assert.Equal(expected, counts);
        Array.Fill(counts, 7, 0, column.Values.Count - RankBand.Values);
        fixed (ulong* words = documents.Words)
        {
            band.CountOneByOne(words, counts);
        }

        Assert.Equal(expected, counts);
    }

    /// <summary>A value is left out of all bands: it could be one of those wanted unless all found are more frequent.</summary>
    [Fact]
    public void Top_WhereAValueBeyondTheBandsMayBelongToIt_IsLeftOpen()
    {
        string[][] segment = [.. Enumerable.Range(0, 8 * RankBand.Values).Select(i => new[] { $"v{i:D4}" }), ["w"]];
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueColumn column = ValueColumn.Load(fixture.Segments[0], "v");
        DocBits documents = new(segment.Length);
        documents.AddRange(5, segment.Length);
        Assert.Null(column.Bands.Top(documents, 10));
        Assert.False(column.Bands.AreBest(documents.Count(), 10));
        using CountedDocuments counted = new([documents]);
        Assert.Equal(Enumerable.Range(5, 10).Select(i => new ValueCount($"v{i:D4}", 1)), new ValueField([column]).Top(counted, 10));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(400)]
    [InlineData(3000)]
    public void Top_OfASingleSegment_AgreesWithTheCountOfAll(int distinct)
    {
        Random random = new(distinct);
        string[][] segment = [.. Enumerable.Range(0, 5000).Select(_ => RandomValues(random, distinct, 3))];
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueField field = new([ValueColumn.Load(fixture.Segments[0], "v")]);
        long before = field.Bytes;
        foreach (int step in (int[])[1, 2, 3, 20, 400])
        {
            DocBits documents = new(segment.Length);
            for (int doc = 0; doc < segment.Length; doc += step)
            {
                documents.Add(doc);
            }

            using CountedDocuments counted = new([documents]);
            foreach (int size in (int[])[0, 1, 10, int.MaxValue])
            {
                Assert.Equal(field.Count(counted, size, [], null).Values, field.Top(counted, size));
            }
        }

        Assert.Equal(RankBand.IsFast, field.Bytes > before);
    }

    private static string[] RandomValues(Random random, int distinct, int most) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => $"v{(int)(distinct * Math.Pow(random.NextDouble(), 3))}").Distinct()];
}
