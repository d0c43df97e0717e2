using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>
/// Damaged engine files, read without checksums: wrong answers and exceptions are allowed, memory that is not the file's is not (it ends the process), and
/// neither is a search without end.
/// </summary>
public sealed class DamageTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    // ended the process before blocks, norms and dictionaries were checked for room behind them
    private static readonly int[] Known = [208, 289, 377, 424, 504, 571, 580, 654, 684, 735, 786, 848, 890, 952, 1019];

    [SkippableFact]
    public Task Damage_at_random_never_reads_outside_of_a_file() =>
        Run(DamagedIndex.Small, DamagedIndex.Extensions, [.. Enumerable.Range(0, 100), .. Known]);

    [SkippableFact]
    public Task Damaged_champions_never_lead_outside_of_a_file() =>
        Run(DamagedIndex.Large, [BlockNormsFormat.Extension], [.. Enumerable.Range(0, 60)]);

    private static async Task Run(TestIndexOptions options, string[] damaged, int[] cases)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are protected by mprotect");
        using DamagedIndex index = new(options, damaged);
        foreach (int seed in cases)
        {
            Task<string> run = Task.Run(() => index.Run(seed));
            Assert.True(await Task.WhenAny(run, Task.Delay(Most)) == run, $"case {seed} does not end");
            await run;
        }

        // some damage must be noticed and some not, else it does not reach the engine
        Assert.InRange(index.Failed, cases.Length / 10, cases.Length * 9 / 10);
    }
}
