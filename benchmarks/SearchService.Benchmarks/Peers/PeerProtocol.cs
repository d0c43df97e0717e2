using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SearchService.Benchmarks.Peers;

/// <summary>
/// The line protocol that all engines of the comparison speak: a ready line, then a JSON line a command (run, top, qps, mem, quit). METRIC=cpu times
/// the thread's processor
/// time instead of the clock.
/// </summary>
internal static partial class PeerProtocol
{
    private const int MostRounds = 2000;

    private static readonly int ClockId = Environment.GetEnvironmentVariable("METRIC") == "cpu" ? 3 : 1;

    public static void Serve(PeerEngine engine, Dictionary<string, List<PeerQuery>> queries, TextReader input, TextWriter output)
    {
        TimeSpan up = TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Say(string.Create(CultureInfo.InvariantCulture, $"{{\"ready\":\"searchservice\",\"open_ms\":{engine.OpenTime.TotalMilliseconds:F1},\"docs\":{engine.Docs},\"segments\":{engine.Segments},\"uptime_ms\":{up.TotalMilliseconds:F0},\"modes\":[\"top10\",\"top100\",\"exact\",\"count\",\"facet\"]}}"));
        while (input.ReadLine() is { } line)
        {
            string[] command = line.Trim().Split(' ');
            try
            {
                switch (command[0])
                {
                    case "run":
                        Say(Run(engine, queries[command[1]], command[2], Seconds(command[3])));
                        break;
                    case "qps":
                        Say(Throughput(engine, queries[command[1]], command[2], int.Parse(command[3], CultureInfo.InvariantCulture), Seconds(command[4])));
                        break;
                    case "top":
                        foreach (PeerQuery query in queries[command[1]])
                        {
                            Say(engine.Describe(query, command[2]));
                        }

                        Say("{\"end\":1}");
                        break;
                    case "mem":
                        Say($"{{\"rss_mb\":{Status("VmRSS")},\"hwm_mb\":{Status("VmHWM")},\"anon_mb\":{Status("RssAnon")}}}");
                        break;
                    case "quit":
                        return;
                    default:
                        throw new ArgumentException($"unknown command '{command[0]}'");
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Say($"{{\"error\":\"{e.Message.Replace('"', '\'').ReplaceLineEndings(" ")}\"}}");
            }
        }

        void Say(string text)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>MiB of a line of the process's status; 0 where the system has none.</summary>
    public static long Status(string key)
    {
        const string Path = "/proc/self/status";
        string? line = File.Exists(Path) ? File.ReadLines(Path).FirstOrDefault(l => l.StartsWith(key + ":", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Run(PeerEngine engine, List<PeerQuery> queries, string mode, double seconds)
    {
        StringBuilder[] times = [.. queries.Select(_ => new StringBuilder())];
        Stopwatch clock = Stopwatch.StartNew();
        for (int round = 0; round < MostRounds && (round < 2 || clock.Elapsed.TotalSeconds < seconds); round++)
        {
            for (int i = 0; i < times.Length; i++)
            {
                long start = Now();
                engine.Search(queries[i], mode);
                long taken = Now() - start;
                times[i].Append(round > 0 ? "," : "").Append(taken / 100);
            }
        }

        return "{\"t\":[[" + string.Join("],[", times.Select(t => t.ToString())) + "]]}";
    }

    private static string Throughput(PeerEngine engine, List<PeerQuery> queries, string mode, int threads, double seconds)
    {
        long searches = 0;
        Stopwatch clock = Stopwatch.StartNew();
        Thread[] pool = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            for (int i = t * queries.Count / threads; clock.Elapsed.TotalSeconds < seconds; i++)
            {
                engine.Search(queries[i % queries.Count], mode);
                Interlocked.Increment(ref searches);
            }
        }))];
        Array.ForEach(pool, t => t.Start());
        Array.ForEach(pool, t => t.Join());
        return string.Create(CultureInfo.InvariantCulture, $"{{\"qps\":{searches / clock.Elapsed.TotalSeconds:F1}}}");
    }

    private static long Now()
    {
        _ = ClockGetTime(ClockId, out TimeSpec time);
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
