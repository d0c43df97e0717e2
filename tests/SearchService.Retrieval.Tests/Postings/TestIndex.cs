using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>Random small indexes, the same documents for a seed whatever the codec.</summary>
internal sealed class TestIndex : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "retrieval-" + Guid.NewGuid().ToString("N"));

    static TestIndex() => RetrievalCodec.Register();

    public TestIndex(TestIndexOptions options, bool stock = false)
    {
        Directory = new MappedDirectory(_path, NoLockFactory.GetNoLockFactory());
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            Codec = stock ? new Lucene46Codec() : new RetrievalCodec(),
            Similarity = new Bm25(),
            MaxBufferedDocs = options.DocsPerSegment,
            RAMBufferSizeMB = IndexWriterConfig.DISABLE_AUTO_FLUSH,
            MergePolicy = options.Merge ? new LogDocMergePolicy { MergeFactor = 4, MinMergeDocs = 10 } : NoMergePolicy.NO_COMPOUND_FILES,
            MergeScheduler = new SerialMergeScheduler(),
            UseCompoundFile = options.Compound,
        };
        using (IndexWriter writer = new(Directory, config))
        {
            Random random = new(options.Seed);
            for (int i = 0; i < options.Docs; i++)
            {
                writer.AddDocument(Document(random, i, options));
            }

            if (options.DeleteShare > 0)
            {
                for (int i = 0; i < options.Docs; i++)
                {
                    if (random.NextDouble() < options.DeleteShare)
                    {
                        writer.DeleteDocuments(new Term("id", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                    }
                }
            }

            if (options.ForceMerge > 0)
            {
                writer.ForceMerge(options.ForceMerge);
            }
        }

        Reader = DirectoryReader.Open(Directory);
    }

    public MappedDirectory Directory { get; }

    public DirectoryReader Reader { get; }

    public bool Check(out string report)
    {
        using MemoryStream stream = new();
        using StreamWriter text = new(stream);
        CheckIndex check = new(Directory) { InfoStream = text };
        bool clean = check.DoCheckIndex().Clean;
        text.Flush();
        report = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        return clean;
    }

    public void Dispose()
    {
        Reader.Dispose();
        Directory.Dispose();
        System.IO.Directory.Delete(_path, recursive: true);
    }

    private static Document Document(Random random, int number, TestIndexOptions options)
    {
        Document document = new();
        document.Add(new StringField("id", number.ToString(System.Globalization.CultureInfo.InvariantCulture), Field.Store.YES));
        document.Add(new Field("text", Tokens(random, options, 1 + random.Next(options.MaxLength)), TextType));
        if (random.Next(3) > 0)
        {
            document.Add(new Field("title", Tokens(random, options, 1 + random.Next(8)), TextType));
        }

        document.Add(new StringField("kind", "k" + random.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture), Field.Store.NO));
        return document;
    }

    private static readonly FieldType TextType = new() { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS };

    private static TokenList Tokens(Random random, TestIndexOptions options, int length)
    {
        List<(string, int)> tokens = [];
        for (int i = 0; i < length; i++)
        {
            string word = Word(random, options.Vocabulary);
            tokens.Add((word, 1));

            // a weighted word: the same token again at the same position
            for (int again = random.Next(20); again > 17; again--)
            {
                tokens.Add((word, 0));
            }
        }

        return new TokenList(tokens);
    }

    /// <summary>A word of the vocabulary: low numbers are frequent.</summary>
    public static string Word(Random random, int vocabulary) =>
        "w" + ((int)(vocabulary * Math.Pow(random.NextDouble(), 3))).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class TokenList : Lucene.Net.Analysis.TokenStream
    {
        private readonly List<(string Word, int Step)> _tokens;
        private readonly ICharTermAttribute _term;
        private readonly IPositionIncrementAttribute _step;
        private int _next;

        public TokenList(List<(string Word, int Step)> tokens)
        {
            _tokens = tokens;
            _term = AddAttribute<ICharTermAttribute>();
            _step = AddAttribute<IPositionIncrementAttribute>();
        }

        public override bool IncrementToken()
        {
            if (_next == _tokens.Count)
            {
                return false;
            }

            ClearAttributes();
            _term.SetEmpty().Append(_tokens[_next].Word);
            _step.PositionIncrement = _tokens[_next].Step;
            _next++;
            return true;
        }

        public override void Reset() => _next = 0;
    }
}

/// <summary>What a <see cref="TestIndex"/> looks like.</summary>
internal sealed record TestIndexOptions
{
    public int Seed { get; init; } = 1;

    public int Docs { get; init; } = 1000;

    public int DocsPerSegment { get; init; } = 10_000;

    public int MaxLength { get; init; } = 30;

    public int Vocabulary { get; init; } = 200;

    public double DeleteShare { get; init; }

    public bool Merge { get; init; }

    public bool Compound { get; init; }

    /// <summary>Segments to merge down to; 0 for none.</summary>
    public int ForceMerge { get; init; }
}
