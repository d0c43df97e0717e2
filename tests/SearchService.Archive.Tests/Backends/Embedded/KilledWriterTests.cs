using System.Diagnostics;
using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>
/// A process that publishes generation after generation is killed at a random moment, again and again: what it said was
/// published serves, whole, and the next command finds nothing in its way.
/// </summary>
public class KilledWriterTests
{
    internal const string ChildVariable = "SEARCHSERVICE_TEST_KILLED_WRITER";
    private const int ArticlesEach = 30;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task KilledAtAnyMoment_TheLastPublishedGenerationServes(int seed)
    {
        using IndexFolder folder = new();
        Random random = new(seed);
        long acknowledged = 0;
        for (int kill = 0; kill < 7; kill++)
        {
            acknowledged = Math.Max(acknowledged, await RunAndKill(folder.Path, TimeSpan.FromMilliseconds(random.Next(50, 1000))));
            await using (EmbeddedIndex index = EmbeddedIndex.Open(folder.Path, TimeProvider.System))
            {
                Assert.True(index.State.Degraded is null || acknowledged == 0, index.State.Degraded);
                Assert.True((index.State.Commit?.Generation ?? 0) >= acknowledged);
                if (index.Acquire() is { } snapshot)
                {
                    using (snapshot)
                    {
                        acknowledged = snapshot.Commit.Generation;
                        PlanNode query = new WordNode(ArticleSchema.Body, $"generation{acknowledged}");
                        Assert.Equal(ArticlesEach, await snapshot.CountAsync(query, CancellationToken.None));
                    }
                }
            }

            Assert.Empty(folder.Generations.Verify(CancellationToken.None).Problems);
            await folder.Generations.Begin(IndexFolder.Source).DisposeAsync();
            Assert.InRange(folder.Folders().Count(), 0, 3);
            Assert.All(folder.Folders(), f => Assert.True(File.Exists(Path.Combine(folder.Path, "generations", f, "PUBLISHED"))));
        }
    }

    [Fact]
    public async Task WhileAnotherProcessWrites_BeginIsRefused_AndItsKillFreesTheLock()
    {
        using IndexFolder folder = new();
        using Process child = Start(folder.Path, "hold");
        Assert.Equal("HOLDING", await child.StandardOutput.ReadLineAsync());
        IndexLockedException e = Assert.Throws<IndexLockedException>(() => folder.Generations.Begin(IndexFolder.Source));
        Assert.Equal($"another command (process {child.Id}) is writing to this index, wait for it to end", e.Message);
        child.Kill();
        await child.WaitForExitAsync();
        await folder.PublishAsync(3);
        Assert.Equal(["2"], folder.Folders());
    }

    /// <summary>The child's side; never returns.</summary>
    internal static async Task WriteForEver(string what, string folder)
    {
        while (true)
        {
            await using IGenerationWriter writer = EmbeddedGenerations.Open(folder, TimeProvider.System).Begin(IndexFolder.Source);
            if (what == "hold")
            {
                Console.WriteLine("HOLDING");
                await Task.Delay(Timeout.Infinite);
            }

            IndexFolder.AddArticles(writer, ArticlesEach);
            await writer.PublishAsync(false, null, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ACK {writer.Generation}"));
        }
    }

    /// <summary>Lets a writer write for so long after its start, kills it and answers the last generation it acknowledged.</summary>
    private static async Task<long> RunAndKill(string folder, TimeSpan after)
    {
        using Process child = Start(folder, "publish");
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        // A fifth of the kills hit the start and the first generation; the rest come when the child is at work.
        await Task.Delay(after + TimeSpan.FromMilliseconds(400));
        Assert.False(child.HasExited, "the writer ended by itself");
        child.Kill();
        await child.WaitForExitAsync();
        return (await output).Split('\n').Where(l => l.StartsWith("ACK ", StringComparison.Ordinal))
            .Select(l => long.Parse(l.AsSpan(4), CultureInfo.InvariantCulture)).LastOrDefault();
    }

    private static Process Start(string folder, string what)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["exec", typeof(KilledWriterTests).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(KilledWriterTests).Assembly.Location;
        start.Environment[ChildVariable] = $"{what}|{folder}";
        return Process.Start(start)!;
    }
}
