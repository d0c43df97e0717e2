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

    [Fact]
    public async Task KilledAtAnyMoment_TheLastPublishedGenerationServes()
    {
        long[] published = await Task.WhenAll(Enumerable.Range(1, 3).Select(KillAgainAndAgain));
        Assert.All(published, p => Assert.True(p > 0));
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

    /// <summary>Seven kills in one folder; answers the last generation published.</summary>
    private static async Task<long> KillAgainAndAgain(int seed)
    {
        using IndexFolder folder = new();
        Random random = new(seed);
        long acknowledged = 0;
        for (int kill = 0; kill < 7; kill++)
        {
            // Every other kill hits the start and the first generation, the others a writer that is warm.
            acknowledged = Math.Max(acknowledged, await RunAndKill(folder.Path, warm: kill % 2 == 1, random));
            await using (EmbeddedIndex index = EmbeddedIndex.Open(folder.Path, TimeProvider.System))
            {
                Assert.True(index.State.Degraded is null || acknowledged == 0, index.State.Degraded);
                Assert.True((index.State.Commit?.Generation ?? 0) >= acknowledged);
                using IArticleSnapshot? snapshot = index.Acquire();
                if (snapshot is not null)
                {
                    acknowledged = snapshot.Commit.Generation;
                    PlanNode query = new WordNode(ArticleSchema.Body, $"generation{acknowledged}");
                    Assert.Equal(ArticlesEach, await snapshot.CountAsync(query, Timeout.InfiniteTimeSpan, CancellationToken.None));
                }
            }

            Assert.Empty(folder.Generations.Verify(CancellationToken.None).Problems);
            await folder.Generations.Begin(IndexFolder.Source).DisposeAsync();
            Assert.InRange(folder.Folders().Count(), 0, 3);
            Assert.All(folder.Folders(), f => Assert.True(File.Exists(Path.Combine(folder.Path, "generations", f, "PUBLISHED"))));
        }

        return acknowledged;
    }

    /// <summary>Starts a writer, kills it at a random moment and answers the last generation it acknowledged.</summary>
    private static async Task<long> RunAndKill(string folder, bool warm, Random random)
    {
        using Process child = Start(folder, "publish");
        string? first = warm ? await child.StandardOutput.ReadLineAsync() : null;
        await Task.Delay(warm ? random.Next(200) : random.Next(600));
        Assert.False(child.HasExited, "the writer ended by itself");
        child.Kill();
        string rest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return $"{first}\n{rest}".Split('\n').Where(l => l.StartsWith("ACK ", StringComparison.Ordinal))
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
