using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Values outside the managed heap, on large pages where the system has them: numbers read here and there, as a column's are, cost less to find. Zero at
/// first. The memory lives as long as the object; whoever reads by address keeps it alive.
/// </summary>
internal sealed unsafe partial class LargeArray<T> : CriticalFinalizerObject
    where T : unmanaged
{
    public LargeArray(int length)
    {
        Length = length;
        Start = (T*)LargePages.Allocate((nuint)length * (nuint)sizeof(T));
        if (Bytes > 0)
        {
            // the collector does not see this memory, and would leave columns of a closed reader lying
            GC.AddMemoryPressure(Bytes);
        }
    }

    ~LargeArray()
    {
        LargePages.Free(Start);

        // nothing was allocated where the constructor failed
        if (Start != null && Bytes > 0)
        {
            GC.RemoveMemoryPressure(Bytes);
        }
    }

    public T* Start { get; }

    public int Length { get; }

    public long Bytes => (long)Length * sizeof(T);

    public Span<T> Span => new(Start, Length);
}

/// <summary>Memory for <see cref="LargeArray{T}"/>.</summary>
internal static unsafe partial class LargePages
{
    private const int PageBytes = 2 << 20;

    // MADV_HUGEPAGE of Linux's madvise
    private const int WantLargePages = 14;

    public static void* Allocate(nuint bytes)
    {
        // less than a page would waste most of one
        bool large = OperatingSystem.IsLinux() && bytes >= PageBytes / 2;
        nuint room = large ? (bytes + PageBytes - 1) / PageBytes * PageBytes : Math.Max(bytes, 1);
        void* start = NativeMemory.AlignedAlloc(room, large ? (nuint)PageBytes : 64);
        if (large)
        {
            // a system that has none says so, and loses nothing but time
            _ = Advise(start, room, WantLargePages);
        }

        NativeMemory.Clear(start, bytes);
        return start;
    }

    public static void Free(void* start) => NativeMemory.AlignedFree(start);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
