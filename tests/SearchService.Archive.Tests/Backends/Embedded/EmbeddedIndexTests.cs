using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Backends.Embedded;

public sealed class EmbeddedIndexTests : IDisposable
{
    private readonly IndexFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_WithoutAnIndex_ServesNothingAndNamesTheCommand()
    {
        await using EmbeddedIndex index = EmbeddedIndex.Open(Path.Combine(_folder.Path, "none"), TimeProvider.System);
        Assert.Null(index.Acquire());
        Assert.Equal(new IndexState(null, null, "there is no index yet: run searchservice reindex", null, 0), index.State);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "none")));
    }

    [Fact]
    public async Task Open_ServesWhatIsPublished_AndWritesNothing()
    {
        GenerationManifest manifest = await _folder.PublishAsync(10);
        string[] before = Files();
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        Assert.Equivalent(manifest, index.State.Manifest, strict: true);
        Assert.Equal("1.1", index.State.Commit.ToString());
        Assert.Null(index.State.Degraded);
        Assert.True(index.State.MemoryBytes > 0);
        using IArticleSnapshot snapshot = index.Acquire()!;
        Assert.Equal(10, snapshot.Articles);
        Assert.Equal(10, await snapshot.CountAsync(new WordNode(ArticleSchema.Text, "oil"), Timeout.InfiniteTimeSpan, CancellationToken.None));
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Count_TimeRunsOut_NoNumberAndNoneKept()
    {
        await _folder.PublishAsync(10);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        using IArticleSnapshot snapshot = index.Acquire()!;
        PlanNode query = new WordNode(ArticleSchema.Text, "oil");
        Assert.Null(await snapshot.CountAsync(query, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(10, await snapshot.CountAsync(query, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(10, await snapshot.CountAsync(query, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Follow_SwitchesWithinTwoSeconds_AndNoSearchFails()
    {
        await _folder.PublishAsync(20);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        using CancellationTokenSource stop = new();
        Task<int>[] searchers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => SearchUntil(index, stop.Token)))];
        for (int generation = 2; generation <= 4; generation++)
        {
            await _folder.PublishAsync(20);
            long published = TimeProvider.System.GetTimestamp();
            while (index.State.Commit!.Value.Generation != generation)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(published) < TimeSpan.FromSeconds(2), "not switched within 2 s");
                await Task.Delay(10);
            }
        }

        await stop.CancelAsync();
        int[] searches = await Task.WhenAll(searchers);
        Assert.All(searches, s => Assert.True(s > 0));
    }

    [Fact]
    public async Task Follow_AnIndexRemovedAndBuiltAgain_ServesTheNewOne()
    {
        await _folder.PublishAsync(10);
        ManualTime time = new();
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, time);
        SearchRequest request = new() { Size = 4, Facets = [] };
        ArticleSearch search = new(index, TimeProvider.System);
        CommitId first = index.State.Commit!.Value;
        string? cursor = Assert.IsType<SearchOutcome.Found>(await search.SearchAsync(request, CancellationToken.None)).Answer.NextCursor;
        foreach (FileSystemInfo entry in new DirectoryInfo(_folder.Path).GetFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        await _folder.PublishAsync(12);
        index.Refresh();

        Assert.Equal("1.1", index.State.Commit.ToString());
        Assert.Equal(12, index.Acquire()!.Articles);

        // A cursor stays with its own build while that is held, and is refused afterwards, though the numbers are the same.
        Assert.Equal(first.ToString(), index.State.Commit.ToString());
        Assert.NotEqual(first, index.State.Commit);
        SearchAnswer next = Assert.IsType<SearchOutcome.Found>(await search.SearchAsync(request with { Cursor = cursor }, CancellationToken.None)).Answer;
        Assert.Equal((first, 10L), (next.Results.Commit, next.Results.Total));
        time.Advance(EmbeddedIndex.HoldSuperseded);
        index.Refresh();
        Assert.Equal(new SearchOutcome.CommitGone(first), await search.SearchAsync(request with { Cursor = cursor }, CancellationToken.None));
    }

    [Fact]
    public async Task Acquire_OfASupersededCommit_WorksForFiveMinutes_ThoughItsFilesAreGone()
    {
        ManualTime time = new();
        await _folder.PublishAsync(10);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, time);
        CommitId oldest = index.State.Commit!.Value;
        await _folder.PublishAsync(11);
        index.Refresh();
        await _folder.PublishAsync(12);
        Assert.Equal(["2", "3"], _folder.Folders());
        index.Refresh();
        Assert.Equal(12, index.Acquire()!.Articles);
        time.Advance(TimeSpan.FromMinutes(4.9));
        index.Refresh();
        using (IArticleSnapshot first = index.Acquire(oldest)!)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            index.Refresh();
            Assert.Null(index.Acquire(oldest));
            QueryPlan plan = new() { Query = new PrefixNode(ArticleSchema.Body, "generation1"), Size = 100 };
            Assert.Equal(10, (await first.SearchAsync(plan, CancellationToken.None)).Hits.Count);
        }

        Assert.Null(index.Acquire(oldest));
        CommitId newest = index.State.Commit!.Value;
        Assert.NotNull(index.Acquire(newest));
        Assert.Null(index.Acquire(newest with { Generation = 4 }));
        Assert.Null(index.Acquire(newest with { Build = newest.Build + 1 }));
    }

    [Fact]
    public async Task Snapshot_AfterDispose_Refuses_AndDisposingTwiceIsOne()
    {
        await _folder.PublishAsync(10);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        IArticleSnapshot first = index.Acquire()!;
        using IArticleSnapshot second = index.Acquire()!;
        first.Dispose();
        first.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await first.CountAsync(MatchAllNode.Instance, Timeout.InfiniteTimeSpan, CancellationToken.None));
        Assert.Equal(10, (await second.SearchAsync(new QueryPlan(), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Snapshot_OutlivesItsIndex()
    {
        await _folder.PublishAsync(10);
        EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        using IArticleSnapshot snapshot = index.Acquire()!;
        await index.DisposeAsync();
        Assert.Null(index.Acquire());
        Assert.Equal(10, (await snapshot.SearchAsync(new QueryPlan(), CancellationToken.None)).Hits.Count);
    }

    [Fact]
    public async Task Refresh_WithANewGenerationDamaged_GoesOnServing_Degraded_AndRecovers()
    {
        ManualTime time = new();
        await _folder.PublishAsync(10);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, time);
        await _folder.PublishAsync(11);
        string segments = Path.Combine(_folder.Generation(2), "segments_1");
        byte[] bytes = File.ReadAllBytes(segments);
        File.WriteAllBytes(segments, []);
        index.Refresh();
        Assert.Equal("1.1", index.State.Commit.ToString());
        Assert.Equal("generation 2 of the index is damaged, segments_1 has changed: run searchservice reindex", index.State.Degraded);
        Assert.Equal(10, index.Acquire()!.Articles);
        File.WriteAllBytes(segments, bytes);
        time.Advance(TimeSpan.FromSeconds(11));
        index.Refresh();
        Assert.Equal("2.1", index.State.Commit.ToString());
        Assert.Null(index.State.Degraded);
    }

    [Fact]
    public async Task Open_OfALargeGenerationWithABitFlipped_ServesItUntilItIsChecked_ThenTheOneBefore()
    {
        await _folder.PublishAsync(10);
        await _folder.PublishAsync(11);
        FlipABit(Path.Combine(_folder.Generation(2), "_0.bpp"));
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, new ManualTime(), checkFirstBytes: 0);
        Assert.Equal(("2.1", null), (index.State.Commit.ToString(), index.State.Degraded));
        CommitId withdrawn = index.State.Commit!.Value;
        index.Refresh();
        Assert.Equal("generation 2 of the index is damaged, _0.bpp has changed: run searchservice reindex", index.State.Degraded);
        Assert.Equal("1.1", index.State.Commit.ToString());
        Assert.Equal(10, index.Acquire()!.Articles);
        Assert.Null(index.Acquire(withdrawn));
    }

    [Fact]
    public async Task Open_WithAnyBitFlipped_ServesTheGenerationBefore()
    {
        await _folder.PublishAsync(10);
        await _folder.PublishAsync(11);
        foreach (string file in Directory.EnumerateFiles(_folder.Generation(2)).Where(f => new FileInfo(f).Length > 0))
        {
            byte[] sound = File.ReadAllBytes(file);
            FlipABit(file);
            await using (EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, new ManualTime()))
            {
                Assert.True(index.State.Commit?.Generation == 1, $"{Path.GetFileName(file)} with a bit flipped serves");
            }

            File.WriteAllBytes(file, sound);
        }
    }

    /// <summary>A damage, whether files are compared with their checksums before they serve, and what is then said.</summary>
    public static TheoryData<string, bool, string> Damages => new()
    {
        { "current-missing", true, "the index's CURRENT file is missing: run searchservice reindex" },
        { "current-garbage", true, "the index's CURRENT file is damaged: run searchservice reindex" },
        { "generation-missing", true, "generation 2 of the index is missing: run searchservice reindex" },
        { "manifest-missing", true, "generation 2 of the index is damaged, its manifest is missing: run searchservice reindex" },
        { "segments-empty", true, "generation 2 of the index is damaged, segments_1 has changed: run searchservice reindex" },
        { "segments-empty", false, "generation 2 of the index is damaged, its files cannot be read (EndOfStreamException): run searchservice reindex" },
        { "articles-missing", true, "generation 2 of the index is damaged, _0.fdt is missing: run searchservice reindex" },
        { "articles-missing", false, "generation 2 of the index is damaged, its files cannot be read (FileNotFoundException): run searchservice reindex" },
        { "count-wrong", true, "generation 2 of the index is damaged, manifest.json has changed: run searchservice reindex" },
        { "count-wrong", false, "generation 2 of the index is damaged, its commit differs from its manifest: run searchservice reindex" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Open_WithThePublishedGenerationDamaged_ServesTheOneBefore_Degraded(string damage, bool check, string message)
    {
        await _folder.PublishAsync(10);
        await _folder.PublishAsync(11);
        Damage(damage);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, new ManualTime(), check ? long.MaxValue : 0);
        Assert.Equal(message, index.State.Degraded);
        // Where CURRENT alone is damaged, the newest generation that served is sound.
        Assert.Equal(damage.StartsWith("current", StringComparison.Ordinal) ? 2 : 1, index.State.Commit!.Value.Generation);
        using IArticleSnapshot snapshot = index.Acquire()!;
        Assert.True((await snapshot.SearchAsync(new QueryPlan(), CancellationToken.None)).Total >= 10);
    }

    private void Damage(string damage)
    {
        string generation = _folder.Generation(2);
        switch (damage)
        {
            case "current-missing":
                File.Delete(_folder.Current);
                break;
            case "current-garbage":
                File.WriteAllText(_folder.Current, "2\0");
                break;
            case "generation-missing":
                Directory.Delete(generation, recursive: true);
                break;
            case "manifest-missing":
                File.Delete(Path.Combine(generation, "manifest.json"));
                break;
            case "segments-empty":
                File.WriteAllText(Path.Combine(generation, "segments_1"), "");
                break;
            case "articles-missing":
                File.Delete(Path.Combine(generation, "_0.fdt"));
                break;
            default:
                string manifest = Path.Combine(generation, "manifest.json");
                File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"articles\": 11", "\"articles\": 12", StringComparison.Ordinal));
                break;
        }
    }

    private static void FlipABit(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(file, bytes);
    }

    private static async Task<int> SearchUntil(EmbeddedIndex index, CancellationToken stop)
    {
        int searches = 0;
        while (!stop.IsCancellationRequested)
        {
            using IArticleSnapshot snapshot = index.Acquire()!;
            SearchResults results = await snapshot.SearchAsync(
                new QueryPlan { Query = new WordNode(ArticleSchema.Text, "port"), Facets = [new FacetSpec(ArticleSchema.Date)] }, CancellationToken.None);
            Assert.Equal(20, results.Total);
            Assert.Equal(snapshot.Commit, results.Commit);
            Assert.All(results.Hits, h => Assert.Contains($"generation{results.Commit.Generation} ", h.Article.Body, StringComparison.Ordinal));
            searches++;
            await Task.Yield();
        }

        return searches;
    }

    private string[] Files() =>
        [
            .. new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => $"{f.FullName} {f.Length} {f.LastWriteTimeUtc:O}")
                .Order(),
        ];
}
