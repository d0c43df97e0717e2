using Lucene.Net.Codecs;
using Lucene.Net.Index;
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

    [SkippableTheory]
    [InlineData(BlockPostingsFormat.TermsExtension, "has its terms twice")]
    [InlineData(BlockNormsFormat.Extension, "has its norms twice")]
    public void A_field_that_comes_twice_is_damage(string extension, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are protected by mprotect");
        using TestIndex index = new(new TestIndexOptions { Docs = 200, DocsPerSegment = 200 });
        using GuardedDirectory directory = new(index.Directory);
        string file = directory.ListAll().Single(f => f.EndsWith($".{extension}", StringComparison.Ordinal));
        byte[] sound = directory.Sound(file);
        int end = sound.Length - CodecUtil.FooterLength() - sizeof(long);
        int table = (int)BitConverter.ToInt64(sound, end);
        List<string> found = [];

        // each place in turn has the first field's number, one of them being that of another field
        for (int at = table + 2; at < end; at++)
        {
            byte[] bytes = [.. sound];
            bytes[at] = sound[table + 1];
            directory.Put(file, bytes, atEnd: true);
            Exception? thrown = Record.Exception(() => DirectoryReader.Open(directory).Dispose());
            Assert.False(thrown is ArgumentException, thrown?.ToString());
            found.Add(thrown?.Message ?? "");
        }

        Assert.Contains(found, m => m.Contains(message, StringComparison.Ordinal));
    }

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
