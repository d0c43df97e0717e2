using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>Several threads index, delete, merge and search at once.</summary>
public sealed class ConcurrentIndexingTests : IDisposable
{
    private const int Threads = 4;
    private const int DocsAThread = 1_500;
    private const int DeletedAThread = 40;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "retrieval-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Threads_that_index_at_once_lose_nothing()
    {
        RetrievalCodec.Register();
        using MappedDirectory directory = new(_folder, NoLockFactory.GetNoLockFactory());
        using (IndexWriter writer = new(directory, Config()))
        {
            int indexed = 0;
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() => Index(writer, t, ref indexed)))];
            Array.ForEach(threads, t => t.Start());
            while (Volatile.Read(ref indexed) < Threads)
            {
                using DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);
                Assert.True(Found(reader, "odd") + Found(reader, "even") == reader.NumDocs);
            }

            Array.ForEach(threads, t => t.Join());
            writer.Commit();
        }

        using DirectoryReader last = DirectoryReader.Open(directory);
        int[] kept = [.. Enumerable.Range(0, Threads * DocsAThread).Where(i => i % DocsAThread >= DeletedAThread)];
        Assert.Equal(kept.Length, last.NumDocs);
        Assert.Equal(kept.Count(i => i % 2 == 1), Found(last, "odd"));
        for (int divisor = 3; divisor < 60; divisor++)
        {
            Assert.Equal(kept.Count(i => i % divisor == 0), Found(last, Word(divisor)));
        }

        Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
    }

    private static IndexWriterConfig Config() => new(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
    {
        Codec = new RetrievalCodec(),
        Similarity = new Bm25(),
        MaxBufferedDocs = 150,
        RAMBufferSizeMB = IndexWriterConfig.DISABLE_AUTO_FLUSH,
        MergePolicy = new LogDocMergePolicy { MergeFactor = 4, MinMergeDocs = 10 },
        MergeScheduler = new ConcurrentMergeScheduler(),
    };

    private static void Index(IndexWriter writer, int thread, ref int indexed)
    {
        try
        {
            for (int i = thread * DocsAThread; i < (thread + 1) * DocsAThread; i++)
            {
                string words = string.Join(' ', Enumerable.Range(3, 57).Where(d => i % d == 0).Select(Word));
                writer.AddDocument(
                [
                    new StringField("id", i.ToString(CultureInfo.InvariantCulture), Field.Store.NO),
                    new TextField("text", $"{(i % 2 == 1 ? "odd" : "even")} {words}", Field.Store.NO),
                ]);
            }

            for (int i = 0; i < DeletedAThread; i++)
            {
                writer.DeleteDocuments(new Term("id", ((thread * DocsAThread) + i).ToString(CultureInfo.InvariantCulture)));
            }
        }
        finally
        {
            Interlocked.Increment(ref indexed);
        }
    }

    private static string Word(int divisor) => "by" + divisor.ToString(CultureInfo.InvariantCulture);

    private static long Found(DirectoryReader reader, string word) =>
        new TopKSearcher(reader).Search(new TermClause("text", word), new TopKRequest { Hits = 0, Total = TotalCount.Exact }, CancellationToken.None).Total;
}
