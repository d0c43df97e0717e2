using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// Files that outlive a power cut: what these methods have returned from is on the disk, not only in its cache.
/// </summary>
/// <remarks>
/// A flush that fails must be told: the system drops what it could not write and says nothing the next time. .NET's own
/// <c>FileStream.Flush(true)</c> passes over the error on Linux (seen in 10.0.12 with one injected), hence the call of the system.
/// </remarks>
public static partial class DurableFiles
{
    private const int ReadOnlyFlag = 0;
    private const int Interrupted = 4;

    /// <summary>Flushes a file's content to the disk.</summary>
    /// <exception cref="IOException">The file does not exist or the disk failed.</exception>
    public static void FlushFile(string path)
    {
        // FileAccess.Write: Windows flushes only what may be written. Linux does not mind.
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        Flush(file);
    }

    /// <summary>
    /// Flushes a folder, so that its entries (files made, renamed, removed) are on the disk. Does nothing on Windows, which
    /// has no such call and writes entries through.
    /// </summary>
    /// <exception cref="IOException">The folder does not exist or the disk failed.</exception>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, ReadOnlyFlag);
        if (descriptor < 0)
        {
            throw Failed("open", path);
        }

        try
        {
            Sync(descriptor, path);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Flushes every file of a folder and then the folder; folders inside it are left out.</summary>
    public static void FlushFolderWithFiles(string path)
    {
        foreach (string file in Directory.EnumerateFiles(path))
        {
            FlushFile(file);
        }

        FlushFolder(path);
    }

    /// <summary>
    /// Replaces a file's content in one step: a reader, and a machine after a power cut, sees the old text or the new one,
    /// never a part. The text is written to <c>path + ".new"</c>, flushed, renamed over the file, and the folder flushed.
    /// </summary>
    public static void Replace(string path, string text)
    {
        string fresh = path + ".new";
        using (FileStream file = new(fresh, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            Flush(file);
        }

        File.Move(fresh, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void Flush(FileStream file)
    {
        if (OperatingSystem.IsWindows())
        {
#pragma warning disable RS0030 // Windows has no other call, and it tells of errors there
            file.Flush(flushToDisk: true);
#pragma warning restore RS0030
            return;
        }

        file.Flush();
        Sync((int)file.SafeFileHandle.DangerousGetHandle(), file.Name);
    }

    private static void Sync(int descriptor, string path)
    {
        while (Sync(descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Failed("flush", path);
            }
        }
    }

    private static IOException Failed(string what, string path) =>
        new($"cannot {what} '{path}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
