using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>Zeroed memory with a page before and a page behind it that nobody may touch: reading past an end ends the process. Linux only.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadAndWrite = 3;

    private readonly byte* _all;

    /// <param name="bytes">Rounded up to whole pages.</param>
    public GuardedMemory(int bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint whole = ((nuint)bytes + page - 1) / page * page;
        _all = (byte*)NativeMemory.AlignedAlloc(whole + (2 * page), page);
        Start = _all + page;
        End = Start + whole;
        NativeMemory.Clear(Start, whole);
        Protect(_all, page, 0);
        Protect(End, page, 0);
    }

    /// <summary>The first byte that may be touched.</summary>
    public byte* Start { get; }

    /// <summary>The first byte that may not be touched.</summary>
    public byte* End { get; }

    public void Dispose()
    {
        nuint page = (nuint)Environment.SystemPageSize;
        Protect(_all, page, ReadAndWrite);
        Protect(End, page, ReadAndWrite);
        NativeMemory.AlignedFree(_all);
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
