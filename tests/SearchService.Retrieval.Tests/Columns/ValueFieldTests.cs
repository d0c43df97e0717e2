using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Tests.Postings;

namespace SearchService.Retrieval.Tests.Columns;

public class ValueFieldTests
{
    /// <summary>Distinct values, most values a document: few combinations, many, more values than a word takes, many values; kept or made of postings.</summary>
    [Theory]
    [InlineData(5, 1, true)]
    [InlineData(5, 1, false)]
    [InlineData(5, 4, true)]
    [InlineData(40, 2, true)]
    [InlineData(40, 2, false)]
    [InlineData(300, 1, true)]
    [InlineData(300, 3, true)]
    [InlineData(300, 3, false)]
    [InlineData(2_000, 12, true)]
    [InlineData(2_000, 12, false)]
    [InlineData(70_000, 2, true)]
    public void Count_AgreesWithANaiveRecount(int distinct, int most, bool keptColumns)
    {
        Random random = new(distinct + most);
        string[][][] segments = [.. Enumerable.Range(0, 3).Select(_ => RandomSegment(random, distinct, most))];
        if (distinct > ushort.MaxValue)
        {
            segments[0] = [.. Enumerable.Range(0, distinct).Select(i => new[] { $"v{i}" })];
        }

        using SegmentFixture fixture = SegmentFixture.OfValues(keptColumns, segments);
        ValueField field = new([.. fixture.Segments.Select(s => ValueColumn.Load(s, "v"))]);
        for (int round = 0; round < 8; round++)
        {
            double share = round == 0 ? 1 : random.NextDouble();
            DocBits[] documents = [.. segments.Select(s => RandomDocuments(random, s.Length, share))];
            int size = random.Next(0, 12);
            string[] extra = [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"v{random.Next(distinct + 2)}").Distinct()];
            string? prefix = round % 3 == 2 ? $"v{random.Next(10)}" : null;
            ValueCounts expected = Recount(segments, documents, size, extra, prefix);
            using CountedDocuments counted = new(documents);
            ValueCounts actual = field.Count(counted, size, extra, prefix);
            Assert.Equal(expected.Values, actual.Values);
            Assert.Equal((expected.Total, expected.Missing, expected.Other), (actual.Total, actual.Missing, actual.Other));
            IEnumerable<ValueCount> all = Ranked(segments.SelectMany((s, i) => s.Where((_, d) => documents[i].Get(d))));
            Assert.Equal(all.Take(size), field.Top(counted, size));
            Assert.Equal(all, field.Top(counted, int.MaxValue));
        }
    }

    [Fact]
    public void Count_OfASingleSegmentAndOfNoDocuments_AgreesWithANaiveRecount()
    {
        string[][] segment = RandomSegment(new Random(3), 500, 5);
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueField field = new([ValueColumn.Load(fixture.Segments[0], "v")]);
        foreach (double share in (double[])[1, 0.5, 0.01, -1])
        {
            DocBits[] documents = [RandomDocuments(new Random(4), segment.Length, share)];
            ValueCounts expected = Recount([segment], documents, 10, ["v1"], null);
            using CountedDocuments counted = new(documents);
            ValueCounts actual = field.Count(counted, 10, ["v1"], null);
            Assert.Equal(expected.Values, actual.Values);
            Assert.Equal((expected.Total, expected.Missing, expected.Other), (actual.Total, actual.Missing, actual.Other));
        }
    }

    [Fact]
    public void Load_OfAnotherCodec_IsRefused()
    {
        using TestIndex index = new(new TestIndexOptions { Docs = 5 }, stock: true);
        Assert.StartsWith("field 'kind' has ", Assert.Throws<ArgumentException>(() => ValueColumn.Load(index.Reader.Leaves[0].AtomicReader, "kind")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(400)]
    public void Collect_GivesTheDocumentsOfAValue(int distinct)
    {
        string[][] segment = RandomSegment(new Random(7), distinct, 3);
        using SegmentFixture fixture = SegmentFixture.OfValues(segment);
        ValueColumn column = ValueColumn.Load(fixture.Segments[0], "v");
        for (int ordinal = 0; ordinal < column.Values.Count; ordinal++)
        {
            DocBits found = new(column.Length);
            column.Collect([ordinal], found);
            string value = column.Values[ordinal];
            Assert.Equal(Enumerable.Range(0, segment.Length).Where(d => segment[d].Contains(value)), Documents(found));
            Assert.Equal(found.Count(), column.Documents(ordinal));
        }
    }

    [Fact]
    public void Load_OfAFieldNobodyHas_HasNoValues()
    {
        using SegmentFixture fixture = SegmentFixture.OfValues([[[], []]]);
        ValueField field = new([ValueColumn.Load(fixture.Segments[0], "v")]);
        using CountedDocuments documents = new([DocBits.All(2)]);
        ValueCounts counts = field.Count(documents, 10, ["x"], null);
        Assert.Equal([new ValueCount("x", 0)], counts.Values);
        Assert.Equal((0, 2L, 0L), (counts.Total, counts.Missing, counts.Other));
    }

    [Fact]
    public void Count_OfAnIndexWithoutSegments_IsEmpty()
    {
        using CountedDocuments documents = new([]);
        ValueCounts counts = new ValueField([]).Count(documents, 10, [], null);
        Assert.Equal((0, 0L, 0L), (counts.Total, counts.Missing, counts.Other));
    }

    [Theory]
    [InlineData("ali", "Ilham Aliyev,İlham Əliyev")]
    [InlineData("ƏLİ", "Ilham Aliyev,İlham Əliyev")]
    [InlineData("ilham a", "Ilham Aliyev,İlham Əliyev")]
    [InlineData("liyev", "")]
    [InlineData("al-", "Al-Sabah")]
    [InlineData("sab", "Al-Sabah")]
    [InlineData("", "Al-Sabah,Ilham Aliyev,İlham Əliyev")]
    public void Count_WithPrefix_TakesValuesWithAWordThatBeginsSo(string prefix, string expected)
    {
        using SegmentFixture fixture = SegmentFixture.OfValues([[["Ilham Aliyev"], ["İlham Əliyev"], ["Al-Sabah"]]]);
        ValueField field = new([ValueColumn.Load(fixture.Segments[0], "v")]);
        using CountedDocuments documents = new([DocBits.All(3)]);
        ValueCounts counts = field.Count(documents, 10, [], prefix);
        Assert.Equal(expected, string.Join(',', counts.Values.Select(v => v.Value)));
    }

    private static string[][] RandomSegment(Random random, int distinct, int most) =>
        [.. Enumerable.Range(0, 900).Select(_ => RandomValues(random, distinct, random.Next(most + 1)))];

    private static string[] RandomValues(Random random, int distinct, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => $"v{(int)(distinct * Math.Pow(random.NextDouble(), 2))}").Distinct()];

    private static DocBits RandomDocuments(Random random, int length, double share)
    {
        DocBits documents = new(length);
        for (int doc = 0; doc < length; doc++)
        {
            if (random.NextDouble() <= share)
            {
                documents.Add(doc);
            }
        }

        return documents;
    }

    private static ValueCounts Recount(string[][][] segments, DocBits[] documents, int size, string[] extra, string? prefix)
    {
        string[][] counted = [.. segments.SelectMany((s, i) => s.Where((_, d) => documents[i].Get(d)))];
        bool Fits(string value) => prefix is null || value.StartsWith(prefix, StringComparison.Ordinal);
        ValueCount[] all = [.. counted.SelectMany(v => v).Where(Fits).CountBy(v => v).Select(v => new ValueCount(v.Key, v.Value))];
        List<ValueCount> listed = [.. all.OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).Take(size)];
        bool Known(string value) => segments.Any(s => s.Any(d => d.Contains(value)));
        string[] appended = [.. extra.Where(v => Fits(v) && (prefix is null || Known(v)) && listed.TrueForAll(l => l.Value != v))];
        listed.AddRange(appended.OrderBy(v => Known(v) ? 0 : 1).Select(v => new ValueCount(v, counted.Count(d => d.Contains(v)))));
        int other = counted.Count(d => d.Any(Fits) && !d.Any(v => listed.Exists(l => l.Value == v)));
        return new ValueCounts(listed, all.Length, counted.Count(d => d.Length == 0), other);
    }

    private static IEnumerable<ValueCount> Ranked(IEnumerable<string[]> documents) =>
        documents.SelectMany(v => v).CountBy(v => v).Select(v => new ValueCount(v.Key, v.Value)).OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal);

    private static List<int> Documents(DocBits bits)
    {
        List<int> documents = [];
        for (int doc = bits.Next(0); doc >= 0; doc = bits.Next(doc + 1))
        {
            documents.Add(doc);
        }

        return documents;
    }
}
