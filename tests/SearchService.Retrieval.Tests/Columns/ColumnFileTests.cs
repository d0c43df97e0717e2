using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Columns;

/// <summary>What is kept of a column is the column that its postings give.</summary>
public sealed class ColumnFileTests
{
    /// <summary>Documents, distinct values, most values a document.</summary>
    [Theory]
    [InlineData(1_000, 6, 2, "SetColumn`1[System.Byte]")]
    [InlineData(5_000, 30, 2, "SetColumn`1[System.UInt16]")]
    [InlineData(3_000, 700, 3, "WordColumn")]
    [InlineData(2_000, 900, 40, "WordColumn")]
    [InlineData(70_000, 66_000, 6, "WordColumn")]
    public void Load_OfAKeptColumn_GivesTheColumnOfItsPostings(int documents, int distinct, int most, string kind)
    {
        using SegmentFixture fixture = SegmentFixture.OfValues(Values(documents, distinct, most));
        AtomicReader segment = fixture.Segments[0];
        Assert.True(IsKept(segment, "v"));
        ValueColumn kept = ValueColumn.Load(segment, "v");
        ValueColumn turned = SegmentFixture.Turned(segment, "v");
        Assert.Contains(kind, kept.GetType().ToString(), StringComparison.Ordinal);
        AssertEqual(turned, kept);
    }

    [Fact]
    public void Load_AfterAMerge_OfACompoundFile_GivesTheColumnOfItsPostings()
    {
        using RAMDirectory directory = new();
        RetrievalCodec.Register();
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec(), UseCompoundFile = true, MergePolicy = new LogDocMergePolicy { NoCFSRatio = 1 } };
        using (IndexWriter writer = new(directory, config))
        {
            int number = 0;
            foreach (string[] values in Values(600, 200, 5))
            {
                writer.AddDocument([new StringField("id", $"{number++}", Field.Store.NO), .. values.Select(v => new StringField("v", v, Field.Store.NO))]);
                if (number % 100 == 0)
                {
                    writer.Commit();
                }
            }

            writer.DeleteDocuments(new Term("id", "17"), new Term("id", "340"));
            writer.ForceMerge(1);
        }

        Assert.Contains(directory.ListAll(), f => f.EndsWith(".cfs", StringComparison.Ordinal));
        using DirectoryReader reader = DirectoryReader.Open(directory);
        AtomicReader segment = reader.Leaves.Single().AtomicReader;
        Assert.Equal(598, segment.MaxDoc);
        Assert.True(IsKept(segment, "v"));
        Assert.False(IsKept(segment, "id"));
        AssertEqual(SegmentFixture.Turned(segment, "v"), ValueColumn.Load(segment, "v"));
        Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
    }

    [Fact]
    public void Load_OfASegmentThatKeepsNone_GivesTheColumnOfItsPostings()
    {
        using SegmentFixture fixture = SegmentFixture.OfValues(keptColumns: false, Values(500, 90, 4));
        AtomicReader segment = fixture.Segments[0];
        Assert.Null(((BlockTerms)segment.GetTerms("v")).Reader.Columns);
        AssertEqual(SegmentFixture.Turned(segment, "v"), ValueColumn.Load(segment, "v"));
    }

    [Fact]
    public void Write_OfValuesOfOneDocumentEach_KeepsNone()
    {
        using SegmentFixture fixture = SegmentFixture.OfValues([["a"], ["b", "c"], []]);
        Assert.False(IsKept(fixture.Segments[0], "v"));
        Assert.Equal(3, ValueColumn.Load(fixture.Segments[0], "v").Values.Count);
    }

    /// <summary>Values by document: early ones are frequent, one document in so many has none, and one has many.</summary>
    internal static string[][] Values(int documents, int distinct, int most)
    {
        Random random = new(documents + distinct + most);
        string[] Of(int count) => [.. Enumerable.Range(0, count).Select(_ => $"value {(int)(distinct * Math.Pow(random.NextDouble(), 3))}").Distinct()];
        return [.. Enumerable.Range(0, documents).Select(_ => Of(random.Next(most + 1)))];
    }

    private static bool IsKept(AtomicReader segment, string field) =>
        segment.GetTerms(field) is BlockTerms terms && terms.Reader.Columns!.Find(terms.Dictionary.Field.Number) is not null;

    private static void AssertEqual(ValueColumn expected, ValueColumn actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        Assert.Equal((expected.Length, expected.Values.Count), (actual.Length, actual.Values.Count));
        Assert.Equal(expected.WithValue.Words, actual.WithValue.Words);
        int step = Math.Max(1, expected.Values.Count / 500);
        for (int ordinal = 0; ordinal < expected.Values.Count; ordinal += step)
        {
            Assert.Equal(expected.Values[ordinal], actual.Values[ordinal]);
            Assert.Equal(ordinal, actual.Values.Find(expected.Values.Utf8(ordinal)));
            Assert.Equal(expected.Documents(ordinal), actual.Documents(ordinal));
            Assert.Equal(Collected(expected, ordinal).Words, Collected(actual, ordinal).Words);
        }

        DocBits some = new(expected.Length);
        for (int doc = 0; doc < some.Length; doc += 1 + (doc % 3))
        {
            some.Add(doc);
        }

        using CountedDocuments documents = new([some]);
        Assert.Equal(new ValueField([expected]).Top(documents, int.MaxValue), new ValueField([actual]).Top(documents, int.MaxValue));
    }

    private static DocBits Collected(ValueColumn column, int ordinal)
    {
        DocBits found = new(column.Length);
        column.Collect([ordinal], found);
        return found;
    }
}
