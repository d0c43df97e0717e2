using System.Globalization;
using Lucene.Net.Index;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Directories;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Opens generations for reading. Writes nothing and takes no lock.</summary>
internal sealed class GenerationOpener(GenerationFolders folders, TimeProvider time)
{
    private readonly SegmentColumns _columns = new();

    /// <summary>Opens a generation's commit with all its columns, after comparing it with its manifest.</summary>
    /// <exception cref="IndexUnusableException">It is missing, damaged, or of another schema or analyzer.</exception>
    public EmbeddedSnapshot Open(long generation)
    {
        GenerationManifest manifest = folders.ReadUsableManifest(generation);
        DirectoryReader? reader = null;
        try
        {
            reader = DirectoryReader.Open(IndexDirectory.Read(folders.PathOf(generation)));
            long commit = Compare(reader, manifest);
            ArticleCompression compression = ArticleCompression.Of(reader.IndexCommit.UserData[GenerationIndexer.DictionaryKey]);
            EmbeddedSnapshot snapshot = new(reader, new CommitId(generation, commit, manifest.BuildNumber()), manifest, compression, _columns, time);
            reader = null;
            return snapshot;
        }
        catch (Exception e) when (e is not IndexUnusableException and not OutOfMemoryException)
        {
            // Damaged files show as almost any exception of Lucene's.
            throw new IndexUnusableException(Advice.Damaged(generation, $"its files cannot be read ({e.GetType().Name})"), e);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Compares a generation's files with their checksums: at the disk's speed, so a second or more for each gigabyte.</summary>
    /// <exception cref="IndexUnusableException">A file has changed since it was published.</exception>
    public void CheckFiles(long generation, CancellationToken cancellationToken)
    {
        if (FolderChecksums.Compare(folders.PathOf(generation), cancellationToken) is { } problem)
        {
            throw new IndexUnusableException(Advice.Damaged(generation, problem));
        }
    }

    private static long Compare(DirectoryReader reader, GenerationManifest manifest)
    {
        IDictionary<string, string> data = reader.IndexCommit.UserData;
        string articles = manifest.Articles.ToString(CultureInfo.InvariantCulture);
        bool same = reader.NumDocs == manifest.Articles
            && data.TryGetValue(GenerationIndexer.ArticlesKey, out string? committed) && committed == articles
            && data.TryGetValue(GenerationIndexer.DigestKey, out string? digest) && digest == manifest.Digest
            && data.TryGetValue(GenerationIndexer.SchemaKey, out string? schema)
            && schema == manifest.Schema.ToString(CultureInfo.InvariantCulture);
        return same
            && data.TryGetValue(GenerationIndexer.CommitKey, out string? number)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long commit)
            ? commit
            : throw new IndexUnusableException(Advice.Damaged(manifest.Generation, "its commit differs from its manifest"));
    }
}
