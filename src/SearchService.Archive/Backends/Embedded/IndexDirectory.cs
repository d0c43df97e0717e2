using Lucene.Net.Store;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>The one way to a generation's files: mapped into memory, with the codec they are written in known to Lucene.</summary>
internal static class IndexDirectory
{
    /// <summary>Opens a folder for reading; takes no lock.</summary>
    public static MappedDirectory Read(string folder) => Open(folder, NoLockFactory.GetNoLockFactory());

    /// <summary>Opens a folder for writing.</summary>
    public static MappedDirectory Write(string folder) => Open(folder, new ExclusiveLockFactory(folder));

    private static MappedDirectory Open(string folder, LockFactory locks)
    {
        RetrievalCodec.Register();
        return new MappedDirectory(folder, locks);
    }
}
