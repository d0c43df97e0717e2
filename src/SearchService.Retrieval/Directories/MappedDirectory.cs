using Lucene.Net.Store;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// An index directory on a local disk: files are read through memory mappings and pointers, written through one buffer, and made
/// durable by fsync of every file named and of the directory itself.
/// </summary>
/// <remarks>
/// <para>Reading: a mapping lives until its last user is gone, so a searcher that is replaced and closed under load never takes
/// the memory away from a search that is still running.</para>
/// <para>Writing: <see cref="Sync"/> re-opens and syncs every file it is given, whoever wrote it and whenever; an error of the disk
/// is an <see cref="IOException"/> and the commit is not published.</para>
/// <para>The lock is the caller's choice. Lucene.NET's own native lock is shared on Linux and must not be used with two writing processes.</para>
/// <para>Not an <see cref="FSDirectory"/>: that begins by provoking an error on a file in the temporary folder, to learn the system's number for it. This
/// takes 4 ms of every start, and who only reads writes nothing.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class MappedDirectory : BaseDirectory
{
    /// <param name="path">The directory; made with the first file written.</param>
    /// <param name="lockFactory">Guards the index against a second writer; knows by itself where.</param>
    public MappedDirectory(string path, LockFactory lockFactory)
    {
        ArgumentNullException.ThrowIfNull(lockFactory);
        FullPath = Path.GetFullPath(path);
        SetLockFactory(lockFactory);
    }

    /// <summary>The directory.</summary>
    public string FullPath { get; }

    /// <exception cref="DirectoryNotFoundException">There is no directory yet.</exception>
    public override string[] ListAll()
    {
        EnsureOpen();
        return [.. System.IO.Directory.EnumerateFiles(FullPath).Select(f => Path.GetFileName(f))];
    }

    [Obsolete("Lucene's own.")]
    public override bool FileExists(string name)
    {
        EnsureOpen();
        return File.Exists(PathOf(name));
    }

    public override long FileLength(string name)
    {
        EnsureOpen();
        return new FileInfo(PathOf(name)).Length;
    }

    public override void DeleteFile(string name)
    {
        EnsureOpen();
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"no file '{name}' to delete", path);
        }

        File.Delete(path);
    }

    public override IndexInput OpenInput(string name, IOContext context)
    {
        EnsureOpen();
        return MappedDirectoryInput.Open(PathOf(name));
    }

    public override IndexInputSlicer CreateSlicer(string name, IOContext context)
    {
        EnsureOpen();
        return new Slicer(MappedDirectoryInput.Open(PathOf(name)));
    }

    public override IndexOutput CreateOutput(string name, IOContext context)
    {
        EnsureOpen();
        System.IO.Directory.CreateDirectory(FullPath);
        string path = PathOf(name);
        File.Delete(path);
        return new MappedDirectoryOutput(path);
    }

    public override void Sync(ICollection<string> names)
    {
        EnsureOpen();
        foreach (string name in names)
        {
            // not only the files this instance wrote: a second sync of a clean file costs next to nothing
            DurableFiles.FlushFile(PathOf(name));
        }

        DurableFiles.FlushFolder(FullPath);
    }

    public override string GetLockID() => FullPath;

    public override string ToString() => $"{nameof(MappedDirectory)}@{FullPath}";

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IsOpen = false;
        }
    }

    private string PathOf(string name) => Path.Combine(FullPath, name);

    /// <summary>Slices of a compound file share its mapping.</summary>
    private sealed class Slicer(MappedDirectoryInput whole) : IndexInputSlicer
    {
        public override IndexInput OpenSlice(string sliceDescription, long offset, long length) =>
            whole.Slice($"{whole}[{sliceDescription}]", offset, length);

        [Obsolete("Only for reading CFS files from 3.x indexes.")]
        public override IndexInput OpenFullSlice() => whole.Slice(whole.ToString(), 0, whole.Length);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                whole.Dispose();
            }
        }
    }
}
