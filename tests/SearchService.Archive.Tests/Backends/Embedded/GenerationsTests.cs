using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

public sealed class GenerationsTests : IDisposable
{
    private readonly IndexFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_MakesTheGenerationCurrent_WithItsManifest()
    {
        Assert.Null(_folder.Generations.Current());
        GenerationManifest published = await _folder.PublishAsync(10);
        GenerationManifest current = _folder.Generations.Current()!;
        Assert.Equivalent(published, current, strict: true);
        Assert.Equal((1L, 10L, 5), (current.Generation, current.Articles, current.Extractor));
        Assert.Equal((ArticleSchema.Version, ArticleAnalyzer.Version), (current.Schema, current.Analyzer));
        Assert.Equal(["/archive"], current.Roots);
        Assert.True(current.Bytes > 0);
        Assert.Equal("1\n", File.ReadAllText(_folder.Current));
        Assert.Equal(["CURRENT", "generations", "write.lock"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Generation(1)).Select(Path.GetFileName), f => f is "write.lock" or "articles.spool");
    }

    [Fact]
    public async Task Publish_PutsArticlesIntoDateOrder_UndatedLast_ThenById()
    {
        Random random = new(5);
        Article[] articles = [.. Enumerable.Range(0, 300).Select(i => TestArchive.Random(random, i))];
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            Parallel.ForEach(articles, a => Assert.Null(writer.Add(a)));
            await writer.PublishAsync(false, null, CancellationToken.None);
        }

        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        using IArticleSnapshot snapshot = index.Acquire()!;
        SearchResults all = await snapshot.SearchAsync(new QueryPlan { Size = 1000 }, CancellationToken.None);
        Assert.Equal(TestArchive.Ordered(articles).Select(a => a.Id), all.Hits.Select(h => h.Article.Id));
        Assert.Equivalent(articles[7], await snapshot.GetAsync(articles[7].Id, CancellationToken.None), strict: true);
    }

    [Fact]
    public async Task Publish_ReportsItsSteps()
    {
        List<PublishProgress> reports = [];
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        IndexFolder.AddArticles(writer, 100);
        await writer.PublishAsync(false, new Report(reports), CancellationToken.None);
        Assert.Equal(["indexing", "merging", "verifying", "publishing"], reports.Select(r => r.Step).Distinct());
        Assert.All(reports, r => Assert.InRange(r.Fraction, 0, 1));
        Assert.Equal(4, reports.Count(r => r.Fraction == 1));
    }

    [Fact]
    public async Task Digest_DependsOnTheArticlesButNotOnTheirOrder()
    {
        Article[] articles = [.. Enumerable.Range(0, 20).Select(i => TestArchive.Make(i, body: "oil"))];
        string digest = await DigestOf(articles);
        Assert.Matches("^[0-9a-f]{32}$", digest);
        Assert.Equal(digest, await DigestOf([.. articles.Reverse()]));
        Assert.NotEqual(digest, await DigestOf([.. articles.Skip(1), articles[0] with { Body = "coal" }]));
    }

    [Fact]
    public async Task Add_OfAnIdTaken_SaysWhoseItIs()
    {
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        Assert.Null(writer.Add(TestArchive.Make(1)));
        Assert.Null(writer.Add(TestArchive.Make(2)));
        Assert.Equal("same id as test/1.txt", writer.Add(TestArchive.Make(1)));
        Assert.Equal(2, (await writer.PublishAsync(false, null, CancellationToken.None)).Articles);
    }

    [Fact]
    public async Task Add_OfAHeadlineTooLong_IsRefused()
    {
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        Assert.Equal("headline has 1025 characters, want at most 1024", writer.Add(TestArchive.Make(1, new string('x', 1025))));
        Assert.Null(writer.Add(TestArchive.Make(1, string.Concat(Enumerable.Repeat("東", 1024)), "body")));
        await writer.PublishAsync(false, null, CancellationToken.None);
    }

    [Fact]
    public async Task Add_OfValuesTooLong_CutsThem_AndFiltersFindThem()
    {
        string name = string.Concat(Enumerable.Repeat("\ud83d\ude00", 20_000));
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            Assert.Null(writer.Add(TestArchive.Make(1, people: [name])));
            await writer.PublishAsync(false, null, CancellationToken.None);
        }

        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        using IArticleSnapshot snapshot = index.Acquire()!;
        Assert.Equal(1, await snapshot.CountAsync(new ValueNode(ArticleSchema.Person, name), Timeout.InfiniteTimeSpan, CancellationToken.None));
    }

    [Fact]
    public async Task Publish_OfNoArticle_IsRefusedUnlessForced()
    {
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            PublishRefusedException e = await Assert.ThrowsAsync<PublishRefusedException>(
                async () => await writer.PublishAsync(false, null, CancellationToken.None));
            Assert.Equal("no article was read, the published generation stays: give --force to publish an empty one", e.Message);
        }

        Assert.Empty(_folder.Folders());
        Assert.Equal(0, (await _folder.PublishAsync(0, force: true)).Articles);
        Assert.Empty(_folder.Generations.Verify(CancellationToken.None).Problems);
    }

    [Fact]
    public async Task Publish_OfLessThanHalf_IsRefusedUnlessForced_AndASampleDoesNotCount()
    {
        await _folder.PublishAsync(10, sample: true);
        await _folder.PublishAsync(4);
        await _folder.PublishAsync(2);
        await _folder.PublishAsync(10);
        PublishRefusedException e = await Assert.ThrowsAsync<PublishRefusedException>(() => _folder.PublishAsync(4));
        Assert.Equal("only 4 articles were read, the published generation has 10 and stays: give --force to publish", e.Message);
        Assert.Equal(10, _folder.Generations.Current()!.Articles);
        await _folder.PublishAsync(4, force: true);
        Assert.Equal(4, _folder.Generations.Current()!.Articles);
    }

    [Fact]
    public async Task Publish_KeepsTheGenerationBefore_AndNoOlder()
    {
        for (int i = 0; i < 4; i++)
        {
            await _folder.PublishAsync(5);
        }

        Assert.Equal(["3", "4"], _folder.Folders());
    }

    [Fact]
    public async Task Dispose_WithoutPublishing_LeavesThePublishedGeneration_AndNothingElse()
    {
        await _folder.PublishAsync(5);
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            IndexFolder.AddArticles(writer, 3);
        }

        Assert.Equal(["1"], _folder.Folders());
        Assert.Equal(5, _folder.Generations.Current()!.Articles);
        await _folder.PublishAsync(5);
    }

    [Fact]
    public async Task Publish_Cancelled_LeavesThePublishedGeneration()
    {
        await _folder.PublishAsync(5);
        using CancellationTokenSource cancelled = new();
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            IndexFolder.AddArticles(writer, 500);
            Report cancelling = new([], r => cancelled.Cancel());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.PublishAsync(false, cancelling, cancelled.Token));
        }

        Assert.Equal(["1"], _folder.Folders());
        Assert.Empty(_folder.Generations.Verify(CancellationToken.None).Problems);
    }

    [Fact]
    public async Task Publish_ThatFailsWhileIndexing_LeavesThePublishedGeneration()
    {
        await _folder.PublishAsync(5);
        await using (IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source))
        {
            IndexFolder.AddArticles(writer, 1000);
            // The spool is cut under the writer, as a failing disk would.
            using (FileStream spool = new(Path.Combine(_folder.Generation(2), "articles.spool"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                Report cutting = new([], r => spool.SetLength(100));
                await Assert.ThrowsAnyAsync<Exception>(async () => await writer.PublishAsync(false, cutting, CancellationToken.None));
            }
        }

        Assert.Equal(["1"], _folder.Folders());
        Assert.Equal(5, _folder.Generations.Current()!.Articles);
    }

    [Fact]
    public async Task Begin_WhileAnotherWrites_IsRefused_AndNamesTheProcess()
    {
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        IndexLockedException e = Assert.Throws<IndexLockedException>(() => _folder.Generations.Begin(IndexFolder.Source));
        Assert.Equal($"another command (process {Environment.ProcessId}) is writing to this index, wait for it to end", e.Message);
    }

    [Fact]
    public async Task Begin_SweepsWhatACrashLeft_ButNotWhatServed()
    {
        await _folder.PublishAsync(5);
        await _folder.PublishAsync(5);
        Directory.CreateDirectory(_folder.Generation(7));
        File.WriteAllText(Path.Combine(_folder.Generation(7), "segments_1"), "");
        File.WriteAllText(_folder.Current + ".new", "9");
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        Assert.Equal(8, writer.Generation);
        Assert.Equal(["1", "2", "8"], _folder.Folders());
        Assert.False(File.Exists(_folder.Current + ".new"));
    }

    [Fact]
    public async Task Begin_WithoutCurrent_SweepsNothingThatServed()
    {
        await _folder.PublishAsync(5);
        File.WriteAllText(_folder.Current, "garbage");
        await _folder.PublishAsync(5);
        Assert.Equal(2, _folder.Generations.Current()!.Generation);
    }

    [Theory]
    [InlineData("", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("x", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("-1", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("01", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("0", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("99999999999999999999999999999999999999999", "the index's CURRENT file is damaged: run searchservice reindex")]
    [InlineData("7\n", "generation 7 of the index is missing: run searchservice reindex")]
    [InlineData(null, "the index's CURRENT file is missing: run searchservice reindex")]
    public async Task Current_WithCurrentDamaged_SaysWhatToDo(string? text, string message)
    {
        await _folder.PublishAsync(5);
        if (text is null)
        {
            File.Delete(_folder.Current);
        }
        else
        {
            File.WriteAllText(_folder.Current, text);
        }

        Assert.Equal(message, Assert.Throws<IndexUnusableException>(() => _folder.Generations.Current()).Message);
        Assert.Equal([message], _folder.Generations.Verify(CancellationToken.None).Problems);
    }

    [Theory]
    [InlineData("\"schema\": 3", "\"schema\": 2", "index was built by schema 2, this program reads 3: run searchservice reindex")]
    [InlineData("\"analyzer\": 1", "\"analyzer\": 9", "index was built by analyzer 9, this program reads 1: run searchservice reindex")]
    [InlineData(
        "\"generation\": 1",
        "\"generation\": 2",
        "generation 1 of the index is damaged, its manifest names another generation: run searchservice reindex")]
    [InlineData("{", "[", "generation 1 of the index is damaged, its manifest cannot be read: run searchservice reindex")]
    public async Task Current_WithAManifestOfAnotherKind_SaysWhatToDo(string from, string to, string message)
    {
        await _folder.PublishAsync(5);
        string manifest = Path.Combine(_folder.Generation(1), "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(message, Assert.Throws<IndexUnusableException>(() => _folder.Generations.Current()).Message);
        await using EmbeddedIndex index = EmbeddedIndex.Open(_folder.Path, TimeProvider.System);
        Assert.Null(index.Acquire());
        Assert.Equal(message, index.State.Degraded);
    }

    [Fact]
    public async Task Verify_OfASoundGeneration_FindsNothing()
    {
        VerifyReport nothing = _folder.Generations.Verify(CancellationToken.None);
        Assert.Equal((null, 0L, 0), (nothing.Generation, nothing.Articles, nothing.Problems.Count));
        await _folder.PublishAsync(30);
        VerifyReport report = _folder.Generations.Verify(CancellationToken.None);
        Assert.Equal("1.1", report.Generation.ToString());
        Assert.Equal(30, report.Articles);
        Assert.Empty(report.Problems);
    }

    [Fact]
    public async Task Verify_FindsEveryBitFlipped()
    {
        await _folder.PublishAsync(40);
        string[] files = [.. Directory.EnumerateFiles(_folder.Generation(1)).Where(f => Path.GetFileName(f) != "PUBLISHED").Order()];
        Random random = new(8);
        foreach (string file in files.Concat(files))
        {
            byte[] bytes = File.ReadAllBytes(file);
            byte[] damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, damaged);
            Assert.True(_folder.Generations.Verify(CancellationToken.None).Problems.Count > 0, $"not found in {Path.GetFileName(file)}");
            File.WriteAllBytes(file, bytes);
        }

        Assert.Empty(_folder.Generations.Verify(CancellationToken.None).Problems);
    }

    private async Task<string> DigestOf(Article[] articles)
    {
        await using IGenerationWriter writer = _folder.Generations.Begin(IndexFolder.Source);
        Array.ForEach(articles, a => writer.Add(a));
        return (await writer.PublishAsync(false, null, CancellationToken.None)).Digest;
    }

    private sealed class Report(List<PublishProgress> reports, Action<PublishProgress>? then = null) : IProgress<PublishProgress>
    {
        void IProgress<PublishProgress>.Report(PublishProgress value)
        {
            reports.Add(value);
            then?.Invoke(value);
        }
    }
}
