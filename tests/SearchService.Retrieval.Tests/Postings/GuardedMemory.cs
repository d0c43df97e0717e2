using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>Zeroed memory with a page behind it that nobody may touch: reading past the end ends the process. Linux only.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadAndWrite = 3;

    private readonly byte* _start;
    private readonly nuint _bytes;

    /// <param name="bytes">Rounded up to whole pages.</param>
    public GuardedMemory(int bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        _bytes = ((nuint)bytes + page - 1) / page * page;
        _start = (byte*)NativeMemory.AlignedAlloc(_bytes + page, page);
        NativeMemory.Clear(_start, _bytes);
        End = _start + _bytes;
        Protect(End, page, 0);
    }

    /// <summary>The first byte that may not be touched.</summary>
    public byte* End { get; }

    public void Dispose()
    {
        Protect(End, (nuint)Environment.SystemPageSize, ReadAndWrite);
        NativeMemory.AlignedFree(_start);
    }

    private static void Protect(byte* start, nuint bytes, int access)
    {
        if (MProtect(start, bytes, access) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(byte* start, nuint bytes, int access);
}
