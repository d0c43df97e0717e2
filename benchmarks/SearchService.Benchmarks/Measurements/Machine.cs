using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SearchService.Benchmarks.Measurements;

/// <summary>What a result was measured on, and how much memory this process takes. Linux; elsewhere numbers are 0 and names unknown.</summary>
internal static class Machine
{
    private const string Status = "/proc/self/status";

    /// <summary>The processor's name as the system gives it.</summary>
    public static string Processor => ValueOf("/proc/cpuinfo", "model name") ?? "unknown processor";

    /// <summary>Cores this process may use.</summary>
    public static int Cores => Environment.ProcessorCount;

    /// <summary>GiB of memory the process may use.</summary>
    public static double MemoryGiB => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);

    /// <summary>Tasks that wanted to run, on average over the last minute; a number above the cores says that others were at work.</summary>
    public static double Load => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Program, runtime, Lucene and operating system.</summary>
    public static string Versions => string.Join(", ",
        $"SearchService {SearchService.Versions.Program}",
        RuntimeInformation.FrameworkDescription,
        $"Lucene.NET {typeof(Lucene.Net.Index.IndexReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0]}",
        RuntimeInformation.OSDescription);

    /// <summary>MiB of memory resident now.</summary>
    public static long ResidentMiB => MiB("VmRSS");

    /// <summary>MiB of memory resident at most, since the start or the last <see cref="ResetPeak"/>.</summary>
    public static long PeakResidentMiB => MiB("VmHWM");

    /// <summary>Begins a new peak at what is resident after a full collection (proc(5), clear_refs 5).</summary>
    public static void ResetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        if (File.Exists("/proc/self/clear_refs"))
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static long MiB(string key) =>
        ValueOf(Status, key) is { } value ? long.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 : 0;

    private static string? ValueOf(string file, string key) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
