using System.Collections.Concurrent;
using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Writes a spool's articles into a fresh Lucene index, in the spool's order, with one commit. One thread feeds the writer,
/// so that documents keep their order; the others read, parse and analyse ahead of it.
/// </summary>
internal static class GenerationIndexer
{
    /// <summary>Names in a commit's user data.</summary>
    public const string CommitKey = "commit";
    public const string ArticlesKey = "articles";
    public const string DigestKey = "digest";
    public const string SchemaKey = "schema";
    public const string DictionaryKey = "dictionary";

    private const int BatchSize = 32;

    /// <summary>Articles that the dictionary of the stored articles is learnt from, evenly spread, and how much of each.</summary>
    private const int Samples = 2_000;
    private const int SampleBytes = 8 << 10;

    /// <summary>Memory for documents before they are written out as a segment. More costs memory, less costs merging.</summary>
    private const double RamBufferMB = 192;

    /// <summary>
    /// Indexes and commits. On any failure nothing is committed.
    /// </summary>
    /// <param name="directory">The generation's folder, without any index in it; not closed here.</param>
    public static async Task IndexAsync(ArticleSpool spool, Lucene.Net.Store.Directory directory, IProgress<PublishProgress>? progress, CancellationToken cancellationToken)
    {
        using ArticleCompression compression = ArticleCompression.Learn(SamplesOf(spool));
        IndexWriter writer = new(directory, Config());
        try
        {
            await AddAllAsync(spool, compression, writer, progress, cancellationToken);
            progress?.Report(new PublishProgress("merging", 0));
            writer.ForceMerge(1);
            cancellationToken.ThrowIfCancellationRequested();
            writer.SetCommitData(CommitData(1, spool.Count, spool.Digest, compression.Dictionary));
            writer.Commit();
            progress?.Report(new PublishProgress("merging", 1));
        }
        catch
        {
            // Never Dispose here: it commits what is left after the failure, and nothing would tell.
            GiveUp(writer);
            throw;
        }

        writer.Dispose();
    }

    /// <summary>User data of a commit.</summary>
    public static Dictionary<string, string> CommitData(long commit, long articles, string digest, string dictionary) => new(StringComparer.Ordinal)
    {
        [CommitKey] = commit.ToString(CultureInfo.InvariantCulture),
        [ArticlesKey] = articles.ToString(CultureInfo.InvariantCulture),
        [DigestKey] = digest,
        [SchemaKey] = ArticleSchema.Version.ToString(CultureInfo.InvariantCulture),
        [DictionaryKey] = dictionary,
    };

    private static IndexWriterConfig Config() => new(LuceneVersion.LUCENE_48, analyzer: null)
    {
        OpenMode = OpenMode.CREATE,
        Codec = new RetrievalCodec(),
        Similarity = new Bm25(),
        RAMBufferSizeMB = RamBufferMB,
        UseCompoundFile = false,
        // Neighbours only, so that document order stays. Many at once: each article is merged once or twice.
        MergePolicy = new LogDocMergePolicy { MergeFactor = 40, NoCFSRatio = 0 },
        // On the thread that asks: a full disk is then an exception here that names the file, and not one of another thread's.
        MergeScheduler = new SerialMergeScheduler(),
    };

    private static void GiveUp(IndexWriter writer)
    {
        try
        {
            writer.Rollback();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The first failure is the one to tell of.
        }
    }

    private static List<byte[]> SamplesOf(ArticleSpool spool)
    {
        List<byte[]> samples = [];
        int step = Math.Max(1, spool.Count / Samples);
        for (int i = 0; i < spool.Count && samples.Count < Samples; i += step)
        {
            byte[] stored = spool.Read(i);
            samples.Add(stored.Length <= SampleBytes ? stored : stored[..SampleBytes]);
        }

        return samples;
    }

    private static async Task AddAllAsync(
        ArticleSpool spool,
        ArticleCompression compression,
        IndexWriter writer,
        IProgress<PublishProgress>? progress,
        CancellationToken cancellationToken)
    {
        ConcurrentBag<DocumentMapper> mappers = [];
        Queue<Task<(DocumentMapper Mapper, Document Document)[]>> ahead = new();
        int window = Environment.ProcessorCount * 2;
        int next = 0;
        int done = 0;
        try
        {
            while (next < spool.Count || ahead.Count > 0)
            {
                while (next < spool.Count && ahead.Count < window)
                {
                    int start = next;
                    next = Math.Min(spool.Count, start + BatchSize);
                    int end = next;
                    ahead.Enqueue(Task.Run(() => Prepare(spool, start, end, compression, mappers), cancellationToken));
                }

                foreach ((DocumentMapper mapper, Document document) in await ahead.Dequeue())
                {
                    writer.AddDocument(document);
                    mappers.Add(mapper);
                    done++;
                }

                progress?.Report(new PublishProgress("indexing", (double)done / spool.Count));
            }
        }
        finally
        {
            // After a failure: no task reads the spool when this method has returned.
            await Task.WhenAll(ahead.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static (DocumentMapper Mapper, Document Document)[] Prepare(
        ArticleSpool spool, int start, int end, ArticleCompression compression, ConcurrentBag<DocumentMapper> mappers)
    {
        var prepared = new (DocumentMapper, Document)[end - start];
        for (int i = start; i < end; i++)
        {
            DocumentMapper mapper = mappers.TryTake(out DocumentMapper? idle) ? idle : new DocumentMapper(new ArticleAnalyzer());
            byte[] stored = spool.Read(i);
            prepared[i - start] = (mapper, mapper.Map(ArticleJson.Deserialize(stored), compression.Compress(stored)));
        }

        return prepared;
    }
}
