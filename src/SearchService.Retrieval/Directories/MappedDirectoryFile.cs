using System.IO.MemoryMappedFiles;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// One file mapped into memory, read-only. Counted: it starts with one holder and is unmapped when the last has let go.
/// </summary>
/// <remarks>
/// A reader that is still at work when the directory's input is closed must not lose the memory under its pointers.
/// Whoever hands a raw pointer on therefore holds this object: <see cref="Release"/> by the last counted holder unmaps at once only
/// if no uncounted user (<see cref="Share"/>: Lucene never closes clones) was ever given the memory; otherwise the view goes with the last
/// reference to it, by its finalizer. Thread-safe.
/// </remarks>
internal sealed unsafe class MappedDirectoryFile
{
    private readonly MemoryMappedViewAccessor? _view;
    private readonly Lock _lock = new();
    private int _holders = 1;
    private bool _shared;

    /// <exception cref="IOException">The file is missing or cannot be mapped.</exception>
    public MappedDirectoryFile(string path)
    {
        // FileShare.Delete: a merge may remove the file while it is mapped
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        Length = stream.Length;
        if (Length == 0)
        {
            return;
        }

        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        // the reference just taken is given back: this object keeps the handle alive, and a handle that is
        // never disposed explicitly is released by its own finalizer once nothing refers to it
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        Start = start + _view.PointerOffset;
    }

    /// <summary>Memory that stands for a file and belongs to someone else, who frees it when no reader is left.</summary>
    public MappedDirectoryFile(byte* start, long length)
    {
        Start = start;
        Length = length;
    }

    /// <summary>First byte; null for an empty file. Valid while this object is reachable and a holder is left.</summary>
    public byte* Start { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Adds a counted holder.</summary>
    /// <exception cref="ObjectDisposedException">All holders have let go.</exception>
    public void Acquire()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_holders == 0, this);
            _holders++;
        }
    }

    /// <summary>Notes that the memory is now read by someone who holds this object but will never release it.</summary>
    /// <exception cref="ObjectDisposedException">All holders have let go, and nobody was given the memory before.</exception>
    public void Share()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_holders == 0 && !_shared, this);
            _shared = true;
        }
    }

    /// <summary>Takes one counted holder away.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (_holders == 0 || --_holders > 0 || _shared)
            {
                return;
            }
        }

        _view?.Dispose();
    }
}
