using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>The codec gives exactly the terms, documents, frequencies and positions that Lucene's own gives.</summary>
public sealed class BlockPostingsFormatTests
{
    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Enumeration_equals_the_stock_codec(int shape)
    {
        TestIndexOptions options = Shape(shape);
        using TestIndex stock = new(options, stock: true);
        using TestIndex blocks = new(options);
        Assert.Equal(stock.Reader.Leaves.Count, blocks.Reader.Leaves.Count);
        for (int i = 0; i < stock.Reader.Leaves.Count; i++)
        {
            EqualLeaves((AtomicReader)stock.Reader.Leaves[i].Reader, (AtomicReader)blocks.Reader.Leaves[i].Reader, new Random(shape));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void CheckIndex_finds_nothing_wrong(int shape)
    {
        using TestIndex index = new(Shape(shape));
        Assert.True(index.Check(out string report), report);
        Assert.Contains("SearchServiceRetrieval", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_are_refused_with_the_field_named()
    {
        using Lucene.Net.Store.RAMDirectory directory = new();
        using IndexWriter writer = new(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new Lucene.Net.Analysis.Core.WhitespaceAnalyzer(LuceneVersion.LUCENE_48)) { Codec = new RetrievalCodec() });
        Lucene.Net.Documents.FieldType type = new(Lucene.Net.Documents.TextField.TYPE_NOT_STORED) { IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS };
        writer.AddDocument([new Lucene.Net.Documents.Field("body", "some words", type)]);
        Exception thrown = Assert.ThrowsAny<Exception>(() => writer.Commit());
        Assert.Contains("field 'body' wants offsets", thrown.ToString(), StringComparison.Ordinal);
        writer.Rollback();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Length_bytes_order_like_lengths_and_are_exact_to_forty(int exact)
    {
        Assert.Equal(exact, Bm25.DecodeLength(Bm25.EncodeLength(exact)));
        for (int length = 1; length < 100_000; length += 1 + (length / 50))
        {
            Assert.True(Bm25.EncodeLength(length) >= Bm25.EncodeLength(length - 1));
            Assert.InRange(Bm25.DecodeLength(Bm25.EncodeLength(length)), length * 7 / 8, length);
        }
    }

    internal static TestIndexOptions Shape(int shape) => new()
    {
        Seed = shape,
        Docs = (int[])[1, 3, 127, 128, 129, 1000, 2500, 700, 900, 1500, 256, 3000] is { } docs ? docs[shape] : 0,
        DocsPerSegment = shape % 3 == 0 ? 10_000 : 200,
        Merge = shape % 2 == 0,
        DeleteShare = shape % 4 == 3 ? 0.2 : 0,
        Compound = shape % 5 == 1,
        ForceMerge = shape == 11 ? 1 : shape == 6 ? 2 : 0,
        Vocabulary = shape % 3 == 2 ? 20 : 3000,
        MaxLength = shape == 9 ? 400 : 30,
    };

    private static void EqualLeaves(AtomicReader expected, AtomicReader actual, Random random)
    {
        Assert.Equal(expected.MaxDoc, actual.MaxDoc);
        Assert.Equal(expected.NumDocs, actual.NumDocs);
        Assert.Equal(expected.Fields.ToArray(), actual.Fields.ToArray());
        foreach (string field in expected.Fields)
        {
            Terms a = expected.GetTerms(field);
            Terms b = actual.GetTerms(field);
            Assert.IsType<BlockTerms>(b);
            Assert.Equal((a.SumTotalTermFreq, a.SumDocFreq, a.DocCount), (b.SumTotalTermFreq, b.SumDocFreq, b.DocCount));
            EqualTerms(a, b, expected, actual);
            EqualSeeks(a, b, random);
            NumericDocValues? norms = expected.GetNormValues(field);
            if (norms is not null)
            {
                NumericDocValues own = actual.GetNormValues(field);
                Assert.All(Enumerable.Range(0, expected.MaxDoc), d => Assert.Equal((byte)norms.Get(d), (byte)own.Get(d)));
            }
        }
    }

    private static void EqualTerms(Terms a, Terms b, AtomicReader expected, AtomicReader actual)
    {
        TermsEnum x = a.GetEnumerator();
        TermsEnum y = b.GetEnumerator();
        DocsEnum? reuse = null;
        long count = 0;
        while (x.MoveNext())
        {
            count++;
            Assert.True(y.MoveNext());
            Assert.Equal(x.Term, y.Term);
            Assert.Equal((x.DocFreq, x.TotalTermFreq), (y.DocFreq, y.TotalTermFreq));
            EqualDocs(x.Docs(expected.LiveDocs, null), reuse = y.Docs(actual.LiveDocs, reuse));
            EqualPositions(x.DocsAndPositions(null, null), y.DocsAndPositions(null, null));
            EqualAdvance(x.Docs(null, null), y.Docs(null, null), expected.MaxDoc);
        }

        Assert.False(y.MoveNext());
        Assert.Equal(count, b.Count);
    }

    private static void EqualDocs(DocsEnum a, DocsEnum b)
    {
        do
        {
            Assert.Equal(a.NextDoc(), b.NextDoc());
            if (a.DocID != DocIdSetIterator.NO_MORE_DOCS)
            {
                Assert.Equal(a.Freq, b.Freq);
            }
        }
        while (a.DocID != DocIdSetIterator.NO_MORE_DOCS);
    }

    private static void EqualPositions(DocsAndPositionsEnum? a, DocsAndPositionsEnum? b)
    {
        Assert.Equal(a is null, b is null);
        while (a is not null && b is not null && a.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            Assert.Equal(a.DocID, b.NextDoc());
            for (int i = 0; i < a.Freq; i++)
            {
                Assert.Equal(a.NextPosition(), b.NextPosition());
            }
        }
    }

    private static void EqualAdvance(DocsEnum a, DocsEnum b, int maxDoc)
    {
        for (int target = 0; target < maxDoc + 10; target = a.DocID + 1 + (a.DocID % 37))
        {
            Assert.Equal(a.Advance(target), b.Advance(target));
            if (a.DocID == DocIdSetIterator.NO_MORE_DOCS)
            {
                return;
            }

            Assert.Equal(a.Freq, b.Freq);
        }
    }

    private static void EqualSeeks(Terms a, Terms b, Random random)
    {
        TermsEnum x = a.GetEnumerator();
        TermsEnum y = b.GetEnumerator();
        for (int i = 0; i < 300; i++)
        {
            BytesRef wanted = new(random.Next(3) switch
            {
                0 => "w" + random.Next(4000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                1 => random.Next(9000).ToString(System.Globalization.CultureInfo.InvariantCulture) + "w",
                _ => new string((char)('a' + random.Next(26)), random.Next(12)),
            });
            TermsEnum.SeekStatus status = x.SeekCeil(wanted);
            Assert.Equal(status, y.SeekCeil(wanted));
            if (status != TermsEnum.SeekStatus.END)
            {
                Assert.Equal(x.Term, y.Term);
                bool more = x.MoveNext();
                Assert.Equal(more, y.MoveNext());
                Assert.True(!more || x.Term.Equals(y.Term));
            }

            bool found = x.SeekExact(wanted);
            Assert.Equal(found, y.SeekExact(wanted));
            if (found)
            {
                Assert.Equal(x.DocFreq, y.DocFreq);
                TermState state = y.GetTermState();
                TermsEnum z = b.GetEnumerator();
                z.SeekExact(wanted, state);
                EqualDocs(x.Docs(null, null), z.Docs(null, null));
                Assert.Equal(x.MoveNext(), z.MoveNext());
            }
        }
    }
}
