using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Columns;
using SearchService.Retrieval.Tests.TopK;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>
/// A small index of several segments whose engine files are damaged at random and then used in every way, without any checksum being compared. Answers may be
/// wrong and exceptions may be thrown; an access outside of a file ends the process, and a case that takes long is named.
/// </summary>
internal sealed class DamagedIndex : IDisposable
{
    /// <summary>Several small segments.</summary>
    public static readonly TestIndexOptions Small = new()
    {
        Seed = 4,
        Docs = 1400,
        DocsPerSegment = 520,
        MaxLength = 60,
        Vocabulary = 120,
        DeleteShare = 0.05,
    };

    /// <summary>A segment large enough for champions.</summary>
    public static readonly TestIndexOptions Large = Small with { Docs = 3200, DocsPerSegment = 3000 };

    /// <summary>The files of the engine.</summary>
    public static readonly string[] Extensions =
        [BlockPostingsFormat.TermsExtension, BlockPostingsFormat.DocsExtension, BlockPostingsFormat.PositionsExtension, BlockNormsFormat.Extension];

    private readonly GuardedDirectory _directory;
    private readonly string[] _files;
    private readonly int _vocabulary;

    /// <param name="damaged">What files to damage, by extension.</param>
    public DamagedIndex(TestIndexOptions options, string[] damaged)
    {
        _vocabulary = options.Vocabulary;
        using TestIndex index = new(options);
        _directory = new GuardedDirectory(index.Directory);
        _files = [.. _directory.ListAll().Where(f => damaged.Contains(Path.GetExtension(f).TrimStart('.'))).Order(StringComparer.Ordinal)];
    }

    /// <summary>Cases that ended in some exception.</summary>
    public int Failed { get; private set; }

    /// <summary>Damages a file and uses the index.</summary>
    /// <param name="seed">Tells all of the case.</param>
    /// <returns>What was damaged, and how.</returns>
    public string Run(int seed)
    {
        Random random = new(seed);
        string file = _files[random.Next(_files.Length)];
        byte[] bytes = (byte[])_directory.Sound(file).Clone();
        string damage = Damage(random, ref bytes);
        _directory.Put(file, bytes, atEnd: random.Next(4) > 0);
        bool failed = false;
        DirectoryReader? reader = null;
        Try(() => reader = DirectoryReader.Open(_directory));
        if (reader is not null)
        {
            Search(reader, random);
            Columns(reader);
            if (seed % 8 == 0)
            {
                Merge(reader);
            }

            if (seed % 8 == 4)
            {
                Try(() => new CheckIndex(_directory).DoCheckIndex());
            }

            Try(reader.Dispose);
        }

        Failed += failed ? 1 : 0;
        _directory.Put(file, _directory.Sound(file), atEnd: true);
        return string.Create(CultureInfo.InvariantCulture, $"case {seed}: {file} {damage}");

        void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed = true;
            }
        }

        void Search(DirectoryReader open, Random choose)
        {
            TopKSearcher? searcher = null;
            Try(() => searcher = new TopKSearcher(open));
            if (searcher is null)
            {
                return;
            }

            RandomQueries queries = new(choose, _vocabulary, open.MaxDoc);
            IndexSearcher stock = new(open) { Similarity = new Bm25() };
            for (int kind = 0; kind < queries.Kinds; kind++)
            {
                (Clause own, Query query) = queries.Next(kind);
                bool matches = choose.Next(2) == 0;
                Try(() => searcher.Search(own, new TopKRequest { Hits = choose.Next(30), Total = matches ? TotalCount.Exact : TotalCount.None, Matches = matches }, default));
                if (kind % 8 == seed % 8)
                {
                    Try(() => stock.Search(query, 20));
                }
            }

            foreach (Clause clause in Further(choose))
            {
                Try(() => searcher.Search(clause, new TopKRequest { Total = TotalCount.Exact, Matches = true }, default));
                Try(() => searcher.Search(clause, new TopKRequest(), default));
            }

            Try(() => searcher.Explain(queries.Next(choose.Next(5)).Own, choose.Next(open.MaxDoc), default));
        }

        void Columns(DirectoryReader open)
        {
            foreach (string field in (string[])["kind", "id", "title"])
            {
                Try(() =>
                {
                    // of their postings, not of what is kept: DamagedColumnsTests damages that
                    ValueField column = new([.. open.Leaves.Select(l => SegmentFixture.Turned(l.AtomicReader, field))]);
                    foreach (int size in (int[])[1, 10, 1000])
                    {
                        using CountedDocuments all = new([.. open.Leaves.Select(l => DocBits.All(l.Reader.MaxDoc))]);
                        column.Count(all, size, [], null);
                        using CountedDocuments most = new([.. open.Leaves.Select(l => AllBut(l.Reader.MaxDoc / 2, l.Reader.MaxDoc))]);
                        column.Count(most, size, [], null);
                    }
                });
            }
        }

        void Merge(DirectoryReader open) => Try(() =>
        {
            IndexWriterConfig config = new(LuceneVersion.LUCENE_48, null)
            {
                Codec = new RetrievalCodec(),
                Similarity = new Bm25(),
                MergeScheduler = new SerialMergeScheduler(),
            };
            IndexWriter writer = new(new RAMDirectory(), config);
            try
            {
                writer.AddIndexes(open);
                writer.ForceMerge(1);
                writer.Dispose();
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        });
    }

    public void Dispose() => _directory.Dispose();

    // counting all documents is a short cut that looks at none
    private static DocBits AllBut(int document, int length)
    {
        DocBits bits = DocBits.All(length);
        bits.Remove(document);
        return bits;
    }

    /// <summary>A bit flipped, some bytes overwritten (with high ones, low ones, or any), or the end cut off.</summary>
    private static string Damage(Random random, ref byte[] bytes)
    {
        int at = random.Next(random.Next(3) > 0 ? bytes.Length : Math.Min(bytes.Length, 600));
        at = random.Next(4) == 0 ? bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 600)) : at;
        switch (random.Next(8))
        {
            case 0:
                bytes = bytes[..at];
                return string.Create(CultureInfo.InvariantCulture, $"cut at {at}");
            case 1 or 2 or 3:
                int length = Math.Min(1 << random.Next(5), bytes.Length - at);
                int kind = random.Next(4);
                for (int i = 0; i < length; i++)
                {
                    bytes[at + i] = kind switch { 0 => 0xFF, 1 => 0, 2 => (byte)(i % 4 == 3 ? 0x7F : 0xFF), _ => (byte)random.Next(256) };
                }

                return string.Create(CultureInfo.InvariantCulture, $"{length} bytes of kind {kind} from {at}");
            default:
                int bit = random.Next(8);
                bytes[at] ^= (byte)(1 << bit);
                return string.Create(CultureInfo.InvariantCulture, $"bit {bit} of byte {at}");
        }
    }

    private Clause[] Further(Random random) =>
    [
        new PrefixClause("text", "w" + random.Next(20).ToString(CultureInfo.InvariantCulture)),
        new PrefixClause("text", "w") { Beyond = new FieldShare("title", 1) },
        new TermClause("text", TestIndex.Word(random, _vocabulary)) { Beyond = new FieldShare("title", 3) },
        new TermClause("text", TestIndex.Word(random, _vocabulary)) { Within = new PositionRange(3, 12) },
        new PhraseClause("text", [new PhraseTerm(TestIndex.Word(random, 20), 0), new PhraseTerm(TestIndex.Word(random, 20), 1)]) { Within = new PositionRange(0, 9) },
        new AnyTermClause("kind", ["k0"u8.ToArray(), "k2"u8.ToArray()]),
    ];
}
