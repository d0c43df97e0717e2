using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>
/// A disk that is full or broken while a generation is built or published: an error that names the file, what was published serves on and is sound, and
/// the next command finds nothing in its way.
/// </summary>
public sealed class FailingDiskTests : IDisposable
{
    private const int Before = 20;
    private const int After = 40;

    private readonly IndexFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_OnADiskFullAfterAnyByte_FailsClearly_UntilThereIsRoom()
    {
        await _folder.PublishAsync(Before);
        long room = 0;
        int failures = 0;
        while (await PublishAsync(room, int.MaxValue) is { } failure)
        {
            Assert.StartsWith(FailingDirectory.Full, failure.Message, StringComparison.Ordinal);
            await BeforeServesAsync();
            failures++;
            room += room < 300 ? 61 : 1607;
        }

        Assert.True(failures > 10, $"only {failures} failures");
        await AfterServesAsync();
    }

    [Fact]
    public async Task Publish_WithAnyOperationFailing_FailsClearly_UntilNoneDoes()
    {
        await _folder.PublishAsync(Before);
        int operations = 0;
        for (; await PublishAsync(long.MaxValue, operations) is { } failure; operations++)
        {
            Assert.StartsWith(FailingDirectory.Broken, failure.Message, StringComparison.Ordinal);
            await BeforeServesAsync();
        }

        Assert.True(operations > 10, $"only {operations} operations");
        await AfterServesAsync();
    }

    /// <summary>What stands in the way of a file that is to be written or renamed, as a disk that refuses it would.</summary>
    [Theory]
    [InlineData("generations/2/_0.fdt")]
    [InlineData("generations/2/segments_1")]
    [InlineData("generations/2/manifest.json.new")]
    [InlineData("generations/2/manifest.json/x")]
    [InlineData("generations/2/CHECKSUMS.new")]
    [InlineData("generations/2/CHECKSUMS/x")]
    [InlineData("CURRENT.new")]
    public async Task Publish_WithAStepFailing_LeavesThePublishedGeneration(string obstacle)
    {
        await _folder.PublishAsync(Before);
        string path = Path.Combine(_folder.Path, obstacle);
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            IndexFolder.AddArticles(writer, After);
            Directory.CreateDirectory(path);
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await writer.PublishAsync(false, null, CancellationToken.None));
            Assert.True(failure is IOException or UnauthorizedAccessException, failure.ToString());
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        // Where the last step fails, the new generation stays until the next command, which sees that it never served.
        await ServesAsync(1, Before);
        await _folder.Generations.Begin(IndexFolder.Source).DisposeAsync();
        await BeforeServesAsync();
        await _folder.PublishAsync(After);
        await AfterServesAsync();
    }

    /// <summary>A failure after the rename leaves the new generation serving, whatever the command says.</summary>
    [Fact]
    public async Task Publish_WithTheMarkFailing_ServesTheNewGeneration_AndTheNextCommandMarksIt()
    {
        await _folder.PublishAsync(Before);
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            IndexFolder.AddArticles(writer, After);
            Directory.CreateDirectory(Path.Combine(_folder.Generation(2), "PUBLISHED"));
            await writer.PublishAsync(false, null, CancellationToken.None);
        }

        Directory.Delete(Path.Combine(_folder.Generation(2), "PUBLISHED"));
        await AfterServesAsync();
        await _folder.Generations.Begin(IndexFolder.Source).DisposeAsync();
        Assert.True(File.Exists(Path.Combine(_folder.Generation(2), "PUBLISHED")));
        await AfterServesAsync();
    }

    /// <summary>Publishes a generation on a failing disk; answers the failure, null where there was none.</summary>
    private async Task<Exception?> PublishAsync(long room, int operations)
    {
        FailingDirectory? disk = null;
        EmbeddedGenerations generations = EmbeddedGenerations.Open(
            _folder.Path, TimeProvider.System, 5, folder => disk = new FailingDirectory(IndexDirectory.Write(folder), room, operations));
        await using IGenerationWriter writer = generations.Begin(IndexFolder.Source);
        IndexFolder.AddArticles(writer, After);
        try
        {
            await writer.PublishAsync(false, null, CancellationToken.None);
        }
        catch (Exception e)
        {
            Assert.True(disk is { Failed: true }, e.ToString());
            return e;
        }

        // A failure must never pass unnoticed.
        Assert.False(disk!.Failed, string.Create(CultureInfo.InvariantCulture, $"published with {room} bytes of room and {operations} operations"));
        return null;
    }

    private async Task BeforeServesAsync()
    {
        Assert.Equal(["1"], _folder.Folders());
        await ServesAsync(1, Before);
    }

    private async Task AfterServesAsync()
    {
        long current = _folder.Generations.Current()!.Generation;
        Assert.Equal(["1", current.ToString(CultureInfo.InvariantCulture)], _folder.Folders());
        await ServesAsync(current, After);
    }

    private async Task ServesAsync(long generation, int articles)
    {
        Assert.Empty(_folder.Generations.Verify(CancellationToken.None).Problems);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        Assert.Null(index.State.Degraded);
        using IArticleSnapshot snapshot = index.Acquire()!;
        Assert.Equal((generation, (long)articles), (snapshot.Commit.Generation, snapshot.Articles));
        Assert.Equal(articles, await snapshot.CountAsync(new WordNode(ArticleSchema.Body, $"generation{generation}"), Timeout.InfiniteTimeSpan, CancellationToken.None));
    }
}
