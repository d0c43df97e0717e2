using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

public sealed class BlockNumbersFormatTests
{
    private static readonly Dictionary<string, Func<Random, int, long?>> Shapes = new()
    {
        ["ascending"] = (random, doc) => 1_000_000_000 + (doc * 300L) + random.Next(300),
        ["equal"] = (_, _) => -5,
        ["any"] = (random, _) => random.NextInt64(long.MinValue, long.MaxValue),
        ["extremes"] = (_, doc) => doc % 2 == 0 ? long.MinValue : long.MaxValue,
        ["wide"] = (random, _) => random.NextInt64(1L << 55),
        ["small"] = (random, _) => random.Next(-3, 9),
        ["days"] = (_, doc) => (doc / 7L) << 20,
        ["some"] = (random, doc) => random.Next(3) == 0 ? null : doc,
        ["late"] = (_, doc) => doc < 700 ? null : 7,
        ["early"] = (_, doc) => doc < 300 ? doc : null,
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_come_back_one_by_one_and_all_at_once(string shape) =>
        Assert.All([1, 127, 128, 129, 1_000], documents => AssertComeBack(shape, documents));

    [Theory]
    [InlineData("some")]
    [InlineData("ascending")]
    public void Numbers_come_back_after_a_merge(string shape)
    {
        long?[] numbers = Numbers(shape, 900);
        using RAMDirectory directory = Index(numbers, segments: 4);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        AssertEqual(numbers, reader.Leaves.Single().AtomicReader);
        Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
    }

    [Fact]
    public void Numbers_in_order_take_few_bytes()
    {
        using RAMDirectory directory = Index(Numbers("ascending", 20_000), segments: 1);
        string file = directory.ListAll().Single(f => f.EndsWith(BlockNumbersFormat.Extension, StringComparison.Ordinal));
        Assert.InRange(directory.FileLength(file), 1, 20_000 * 3 / 2);
    }

    [Fact]
    public void Other_doc_values_are_refused_with_the_field_named()
    {
        using RAMDirectory directory = new();
        IndexWriter writer = new(directory, Config());
        writer.AddDocument([new SortedDocValuesField("source", new BytesRef("wire"))]);
        Exception thrown = Assert.ThrowsAny<Exception>(() => writer.Commit());
        Assert.Contains("field 'source' has doc values that are no numbers", thrown.ToString(), StringComparison.Ordinal);
        writer.Rollback();
    }

    [SkippableFact]
    public void Damage_is_named_or_gives_other_numbers()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are protected by mprotect");
        using RAMDirectory sound = Index(Numbers("some", 1_000), segments: 1);
        using GuardedDirectory directory = new(sound);
        string file = directory.ListAll().Single(f => f.EndsWith(BlockNumbersFormat.Extension, StringComparison.Ordinal));
        int named = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            byte[] bytes = (byte[])directory.Sound(file).Clone();
            if (random.Next(6) == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }
            else
            {
                // every other time near the end, where the offsets and the table are
                int from = random.Next(2) == 0 ? 0 : bytes.Length - 300;
                bytes[random.Next(from, bytes.Length)] ^= (byte)random.Next(1, 256);
            }

            directory.Put(file, bytes, atEnd: random.Next(4) > 0);
            try
            {
                using DirectoryReader reader = DirectoryReader.Open(directory);
                AtomicReader segment = reader.Leaves.Single().AtomicReader;
                NumberColumn.Read(segment, "n", new long[segment.MaxDoc]);
                segment.GetNumericDocValues("n").Get(segment.MaxDoc - 1);
                segment.GetDocsWithField("n").Get(0);
            }
            catch (IOException)
            {
                named++;
            }
        }

        Assert.InRange(named, 100, 900);
    }

    private static void AssertComeBack(string shape, int documents)
    {
        long?[] numbers = Numbers(shape, documents);
        using RAMDirectory directory = Index(numbers, segments: 1);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        AssertEqual(numbers, reader.Leaves.Single().AtomicReader);
    }

    private static void AssertEqual(long?[] expected, AtomicReader segment)
    {
        Assert.IsType<FieldNumbers>(segment.GetNumericDocValues("n"));
        long[] all = new long[segment.MaxDoc];
        NumberColumn.Read(segment, "n", all);
        Assert.Equal(expected.Select(n => n ?? 0), all);
        IBits present = segment.GetDocsWithField("n");
        NumericDocValues each = segment.GetNumericDocValues("n");
        for (int doc = expected.Length - 1; doc >= 0; doc -= 1 + (doc % 5))
        {
            Assert.Equal(expected[doc] ?? 0, each.Get(doc));
            Assert.Equal(expected[doc] is not null, present.Get(doc));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => each.Get(expected.Length));
    }

    private static long?[] Numbers(string shape, int documents)
    {
        Random random = new(documents);
        long?[] numbers = [.. Enumerable.Range(0, documents).Select(doc => Shapes[shape](random, doc))];

        // a field that no document has is not in the index at all
        numbers[^1] ??= 3;
        return numbers;
    }

    private static RAMDirectory Index(long?[] numbers, int segments)
    {
        RAMDirectory directory = new();
        using IndexWriter writer = new(directory, Config());
        for (int doc = 0; doc < numbers.Length; doc++)
        {
            writer.AddDocument(numbers[doc] is { } number ? [new NumericDocValuesField("n", number)] : []);
            if (segments > 1 && doc % ((numbers.Length / segments) + 1) == 0)
            {
                writer.Commit();
            }
        }

        writer.ForceMerge(1);
        return directory;
    }

    private static IndexWriterConfig Config()
    {
        RetrievalCodec.Register();
        return new IndexWriterConfig(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec(), MergePolicy = new LogDocMergePolicy { NoCFSRatio = 0 }, UseCompoundFile = false };
    }
}
