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
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class MappedDirectory : FSDirectory
{
    /// <param name="path">The directory; made with the first file written.</param>
    /// <param name="lockFactory">Guards the index against a second writer.</param>
    public MappedDirectory(string path, LockFactory lockFactory)
        : base(new DirectoryInfo(path), lockFactory)
    {
        ArgumentNullException.ThrowIfNull(lockFactory);
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
        EnsureCanWrite(name);
        return new MappedDirectoryOutput(PathOf(name), () => MarkStale(name));
    }

    public override void Sync(ICollection<string> names)
    {
        EnsureOpen();
        foreach (string name in names)
        {
            // not only the files this instance wrote: a second sync of a clean file costs next to nothing
            DurableFiles.FlushFile(PathOf(name));
        }

        DurableFiles.FlushFolder(m_directory.FullName);
        lock (m_syncLock)
        {
            m_staleFiles.ExceptWith(names);
        }
    }

    private string PathOf(string name) => Path.Combine(m_directory.FullName, name);

    private void MarkStale(string name)
    {
        lock (m_syncLock)
        {
            m_staleFiles.Add(name);
        }
    }

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
