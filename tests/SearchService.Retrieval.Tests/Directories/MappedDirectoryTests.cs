using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Directories;

public sealed class MappedDirectoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "mapped-" + Guid.NewGuid().ToString("N"));

    public MappedDirectoryTests() => RetrievalCodec.Register();

    public void Dispose()
    {
        if (System.IO.Directory.Exists(_path))
        {
            System.IO.Directory.Delete(_path, recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_was_written_is_read(int length)
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        using (IndexOutput output = directory.CreateOutput("a", IOContext.DEFAULT))
        {
            output.WriteBytes(bytes, length);
            output.WriteInt64(-5);
            output.WriteVInt32(300);
        }

        directory.Sync(["a"]);
        using IndexInput input = directory.OpenInput("a", IOContext.DEFAULT);
        byte[] read = new byte[length];
        input.ReadBytes(read, 0, length);
        Assert.Equal(bytes, read);
        Assert.Equal(-5, input.ReadInt64());
        Assert.Equal(300, input.ReadVInt32());
        Assert.Equal(input.Length, input.Position);
        Assert.Throws<EndOfStreamException>(() => input.ReadByte());
    }

    /// <summary>Its memory is no longer there: a read would end the process.</summary>
    [Fact]
    public void A_closed_input_is_at_its_end()
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        using (IndexOutput output = directory.CreateOutput("a", IOContext.DEFAULT))
        {
            output.WriteBytes(new byte[1 << 20], 1 << 20);
        }

        IndexInput input = directory.OpenInput("a", IOContext.DEFAULT);
        input.ReadByte();
        input.Dispose();
        Assert.Throws<EndOfStreamException>(() => input.ReadByte());
        Assert.Throws<EndOfStreamException>(() => input.Seek(1));
        Assert.Throws<EndOfStreamException>(() => input.ReadInt64());
        Assert.Throws<ObjectDisposedException>(() => input.Clone());
    }

    [Fact]
    public void Memory_that_is_gone_is_not_shared()
    {
        System.IO.Directory.CreateDirectory(_path);
        string path = Path.Combine(_path, "a");
        File.WriteAllBytes(path, new byte[10]);
        MappedDirectoryFile gone = new(path);
        gone.Release();
        Assert.Throws<ObjectDisposedException>(gone.Share);
        MappedDirectoryFile kept = new(path);
        kept.Share();
        kept.Release();
        kept.Share();
    }

    [Fact]
    public void Files_are_listed_replaced_and_deleted()
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        Assert.Throws<DirectoryNotFoundException>(() => directory.ListAll());
        foreach (string name in (string[])["a", "b", "a"])
        {
            using IndexOutput output = directory.CreateOutput(name, IOContext.DEFAULT);
            output.WriteInt32(1);
        }

        Assert.Equal(["a", "b"], directory.ListAll().Order(StringComparer.Ordinal));
        Assert.Equal(4, directory.FileLength("a"));
        directory.DeleteFile("a");
        Assert.Equal(["b"], directory.ListAll());
        Assert.Throws<FileNotFoundException>(() => directory.DeleteFile("a"));
        Assert.Throws<FileNotFoundException>(() => directory.FileLength("a"));
        directory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => directory.ListAll());
    }

    [Fact]
    public void A_clone_outlives_its_input()
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        using (IndexOutput output = directory.CreateOutput("a", IOContext.DEFAULT))
        {
            output.WriteInt32(77);
        }

        IndexInput input = directory.OpenInput("a", IOContext.DEFAULT);
        IndexInput clone = (IndexInput)input.Clone();
        input.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(77, clone.ReadInt32());
        Assert.Throws<ObjectDisposedException>(() => input.Clone());
    }

    [Fact]
    public void Sync_of_a_missing_file_is_an_error()
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        System.IO.Directory.CreateDirectory(_path);
        Assert.Throws<FileNotFoundException>(() => directory.Sync(["nothing"]));
    }

    [Fact]
    public void Readers_closed_under_load_take_no_memory_away()
    {
        using MappedDirectory directory = new(_path, NoLockFactory.GetNoLockFactory());
        using (IndexWriter writer = new(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec() }))
        {
            for (int i = 0; i < 500; i++)
            {
                writer.AddDocument([new StringField("id", "x" + (i % 7).ToString(System.Globalization.CultureInfo.InvariantCulture), Field.Store.NO)]);
            }
        }

        for (int round = 0; round < 30; round++)
        {
            DirectoryReader reader = DirectoryReader.Open(directory);
            TermsEnum terms = ((AtomicReader)reader.Leaves[0].Reader).GetTerms("id").GetEnumerator();
            Assert.True(terms.SeekExact(new BytesRef("x3")));
            DocsEnum docs = terms.Docs(null, null);
            Thread closing = new(reader.Dispose);
            closing.Start();
            int count = 0;
            while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                count++;
            }

            closing.Join();
            GC.Collect();
            Assert.Equal(71, count);
            Assert.True(terms.SeekExact(new BytesRef("x4")));
        }
    }
}
