using System.Collections.Concurrent;
using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Ingestion;
using SearchService.Archive.Reading;
using SearchService.Archive.Tests.Reading;

namespace SearchService.Archive.Tests.Ingestion;

public sealed class IngestionPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _reports = new();

    public void Dispose()
    {
        _folder.Dispose();
        _reports.Dispose();
    }

    [Fact]
    public async Task Run_MixedInputs_CountsAndReportsEach()
    {
        _folder.Write("a.ndjson", "{\"title\":\"t\"}\n{broken\n{\"id\":1}\n{\"title\":\"u\"}\n");
        _folder.Write("b.txt", "Plain text");
        _folder.Write("c.html", "<html>");
        _folder.Write(".hidden", "x");
        _folder.Write("e.txt", "");
        var writer = new MemoryWriter();
        IngestionReport report = await RunAsync(writer, new IngestionOptions { Workers = 2 });

        Assert.Equal((7, 3, 4, 1, 0), (report.Read, report.Indexed, report.Rejected, report.Skipped, report.Warnings));
        Assert.Equal(
            ["Empty 1", "Unsupported 1", "Malformed 1", "Skipped 1", "NoText 1"],
            report.RejectedByKind.OrderBy(k => k.Key).Select(k => $"{k.Key} {k.Value}"));
        Assert.Equal(3, writer.Articles.Count);
        Assert.Equal(ReportPath, report.ReportFile);
        Assert.Equal(
            [
                """{"path":".hidden","record":0,"kind":"skipped","reason":"hidden: its name begins with a dot"}""",
                """{"path":"a.ndjson","record":1,"kind":"malformed","reason":"not valid json at line 1, byte 2 of the record"}""",
                """{"path":"a.ndjson","record":2,"kind":"no-text","reason":"no headline and no text in the fields id"}""",
                """{"path":"c.html","record":0,"kind":"unsupported-format","reason":"an HTML page, which is not read; want one of text, reuters-sgml, ndjson, json"}""",
                """{"path":"e.txt","record":0,"kind":"empty","reason":"empty file"}""",
            ],
            await File.ReadAllLinesAsync(ReportPath));
    }

    [Fact]
    public async Task Run_WhateverTheThreads_OutcomeAndReportAreTheSame()
    {
        WriteHardInputs();
        string? expected = null;
        foreach (int workers in (int[])[1, 2, 3, 8])
        {
            var writer = new MemoryWriter { OnAdd = article => Dawdle(article) };
            var options = new IngestionOptions { Workers = workers, BatchRecords = 1 + workers, MaxBatchesInFlight = 2 * workers };
            IngestionReport report = await RunAsync(writer, options, article => Dawdle(Extract(article)));
            string outcome = string.Join('\n', writer.Articles.Values.Select(a => $"{a.Id} {a.Origin}").Order(StringComparer.Ordinal))
                + $"\n{report.Read} {report.Indexed} {report.Rejected} {report.Warnings}\n"
                + await File.ReadAllTextAsync(ReportPath);
            Assert.Contains("\"kind\":\"duplicate\",\"reason\":\"same id as", outcome, StringComparison.Ordinal);
            expected ??= outcome;
            Assert.Equal(expected, outcome);
        }
    }

    [Fact]
    public async Task Run_SameIdAgain_FirstThatIsIndexedWins()
    {
        _folder.Write("a.ndjson", "{\"id\":\"1\",\"title\":\"fails\"}\n{\"id\":\"1\",\"title\":\"first\"}\n{\"id\":\"1\",\"title\":\"second\"}\n");
        var writer = new MemoryWriter();
        await RunAsync(writer, new IngestionOptions { Workers = 3, BatchRecords = 1 });
        Assert.Equal("first", Assert.Single(writer.Articles.Values).Headline);
        Assert.Equal(["failed", "duplicate"], (await File.ReadAllLinesAsync(ReportPath)).Select(l => l.Split("\"kind\":\"")[1].Split('"')[0]));
    }

    [Fact]
    public async Task Run_ExtractorThrows_RejectsTheOneArticle()
    {
        _folder.Write("a.ndjson", "{\"title\":\"t\"}\n{\"title\":\"fails\"}\n{\"title\":\"u\"}\n");
        IngestionReport report = await RunAsync(new MemoryWriter(), new IngestionOptions());
        Assert.Equal((2, 1), (report.Indexed, report.RejectedByKind[RejectKind.Failed]));
        Assert.Equal(
            """{"path":"a.ndjson","record":1,"kind":"failed","reason":"extraction failed: FormatException: no idea what this is"}""",
            Assert.Single(await File.ReadAllLinesAsync(ReportPath)));
    }

    [Fact]
    public async Task Run_ExtractedToNothing_IsRejected()
    {
        _folder.Write("a.txt", "Text");
        IngestionReport report = await RunAsync(new MemoryWriter(), new IngestionOptions(), article => article with { SourceText = null });
        Assert.Equal((1, 0, 1), (report.Read, report.Indexed, report.RejectedByKind[RejectKind.NoText]));
        Assert.Contains("no headline and no text", await File.ReadAllTextAsync(ReportPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LossesOfIndexedArticles_AreWarnings()
    {
        _folder.Write("a.json", $$"""{"title":"t","section":"{{new string('s', 1500)}}","date":"{{new string('1', 2000)}}"}""");
        IngestionReport report = await RunAsync(new MemoryWriter(), new IngestionOptions());
        Assert.Equal((1, 0, 2), (report.Indexed, report.Rejected, report.Warnings));
        Assert.Equal(
            [
                """{"path":"a.json","record":0,"kind":"warning","reason":"date of 2000 characters left out, want at most 1024"}""",
                """{"path":"a.json","record":0,"kind":"warning","reason":"section of 1500 characters cut at 1024"}""",
            ],
            await File.ReadAllLinesAsync(ReportPath));
    }

    [Theory]
    [InlineData("2019-13-45", null, "date \\u00272019-13-45\\u0027 is not understood")]
    [InlineData("2019", 2019, null)]
    [InlineData(" ", null, null)]
    public async Task Run_DeclaredDateNotUnderstood_IsAWarning(string date, int? year, string? warning)
    {
        _folder.Write("a.json", $$"""{"title":"t","date":"{{date}}"}""");
        ArticleDate? understood = year is { } y ? new ArticleDate(new DateTime(y, 1, 1), DatePrecision.Year, null, DateProvenance.Declared) : null;
        IngestionReport report = await RunAsync(new MemoryWriter(), new IngestionOptions(), article => article with { Headline = "t", Date = understood });
        Assert.Equal((1, warning is null ? 0 : 1), (report.Indexed, report.Warnings));
        Assert.Contains(warning ?? "", report.ReportFile is null ? "" : await File.ReadAllTextAsync(ReportPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingToReport_LeavesNoFile()
    {
        _folder.Write("a.txt", "Text");
        await File.WriteAllTextAsync(ReportPath, "of an earlier run");
        Assert.Null((await RunAsync(new MemoryWriter(), new IngestionOptions())).ReportFile);
        Assert.False(File.Exists(ReportPath));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Run_WriterThrows_StopsWithItsException(int workers)
    {
        WriteLines(5000);
        int added = 0;
        var writer = new MemoryWriter
        {
            OnAdd = _ =>
            {
                int number = Interlocked.Increment(ref added);
                if (number == 100)
                {
                    throw new IOException("disk full");
                }

                if (number > 100)
                {
                    // the first exception of a process takes its time
                    Thread.Sleep(10);
                }
            },
        };
        IOException e = await Assert.ThrowsAsync<IOException>(() => RunAsync(writer, new IngestionOptions { Workers = workers, BatchRecords = 4 }));
        Assert.Equal("disk full", e.Message);
        Assert.InRange(writer.Articles.Count, 0, 200);
    }

    [Fact]
    public async Task Run_ReportFileCannotBeWritten_Stops()
    {
        WriteLines(10, "{broken");
        await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(
            new MemoryWriter(), new IngestionOptions(), reportPath: Path.Combine(_reports.Path, "no-such-folder", "report.ndjson")));
    }

    [Fact]
    public async Task Run_Cancelled_Stops()
    {
        WriteLines(5000);
        using var cancelling = new CancellationTokenSource();
        using var cancelled = new ManualResetEventSlim();
        int added = 0;
        var writer = new MemoryWriter
        {
            OnAdd = _ =>
            {
                int number = Interlocked.Increment(ref added);
                if (number == 100)
                {
                    cancelling.Cancel();
                    cancelled.Set();
                }
                else if (number > 100)
                {
                    // however long the other worker takes to cancel
                    cancelled.Wait(TimeSpan.FromSeconds(10));
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(writer, new IngestionOptions { Workers = 2, BatchRecords = 4 }, cancellationToken: cancelling.Token));
        Assert.InRange(writer.Articles.Count, 99, 200);
    }

    [Fact]
    public async Task Run_SlowWriter_ReadsOnlySoFarAhead()
    {
        long cut = 0;
        long done = 0;
        long ahead = 0;
        IEnumerable<PendingRecord> Records()
        {
            for (int i = 0; i < 2000; i++)
            {
                ahead = Math.Max(ahead, ++cut - Interlocked.Read(ref done));
                Article article = Article(i);
                yield return new PendingRecord("a", i, 1000, () => new ReadResult.Read(article));
            }
        }

        var writer = new MemoryWriter { OnAdd = _ => Interlocked.Increment(ref done) };
        var options = new IngestionOptions { Workers = 2, BatchRecords = 4, MaxBytesInFlight = 50_000 };
        IngestionReport report = await Pipeline(options, Dawdle).RunAsync(
            new IngestionInput(Records(), 0), writer, null, null, CancellationToken.None);
        Assert.Equal(2000, report.Indexed);
        Assert.InRange(ahead, 1, 50);
    }

    [Fact]
    public async Task Run_Progress_EndsAtTheTotals()
    {
        WriteLines(500);
        var reports = new ConcurrentQueue<IngestionProgress>();
        IngestionReport report = await RunAsync(new MemoryWriter(), new IngestionOptions(), progress: new Synchronous(reports.Enqueue));
        IngestionProgress last = reports.Last();
        Assert.Equal((500, 0, 1.0), (last.Articles, last.Rejected, last.Fraction));
        Assert.Equal(last.TotalBytes, last.Bytes);
        Assert.Equal(last.Bytes, report.Bytes);
        Assert.Equal(TimeSpan.Zero, last.Remaining);
    }

    [Fact]
    public void Progress_RateAndTimeLeft_FollowFromBytes()
    {
        var progress = new IngestionProgress(1000, 1, 25, 100, TimeSpan.FromSeconds(10));
        Assert.Equal((100.0, 0.25, TimeSpan.FromSeconds(30)), (progress.ArticlesPerSecond, progress.Fraction, progress.Remaining));
        Assert.Equal((0.0, null, null), (default(IngestionProgress).ArticlesPerSecond, default(IngestionProgress).Fraction, default(IngestionProgress).Remaining));
    }

    [Fact]
    public async Task Run_StoredArticles_AreExtractedAgain()
    {
        var writer = new MemoryWriter();
        IngestionInput input = IngestionInput.FromArticles(Enumerable.Range(0, 100).Select(Article), 100);
        IngestionReport report = await Pipeline(new IngestionOptions(), a => a with { Section = "again" })
            .RunAsync(input, writer, null, null, CancellationToken.None);
        Assert.Equal((100, 100), (report.Indexed, report.Bytes));
        Assert.All(writer.Articles.Values, a => Assert.Equal("again", a.Section));
    }

    [SkippableFact]
    public async Task Run_RealData_EveryRecordIsAccountedFor()
    {
        Assert.True(InputWalker.TryCreate([DataFolder.Get("wire"), DataFolder.Get("reuters21578")], [], out InputWalker? walker, out _));
        IngestionInput input = IngestionInput.FromFiles(walker, new InputReader(new ReadingOptions()), CancellationToken.None);
        IngestionReport report = await Pipeline(new IngestionOptions { Workers = 3 }, Extract)
            .RunAsync(input, new MemoryWriter(), null, null, CancellationToken.None);
        Assert.Equal((73_049, 73_044, 5), (report.Read, report.Indexed, report.Rejected));
    }

    private string ReportPath => Path.Combine(_reports.Path, "report.ndjson");

    /// <summary>A headline is all that indexing wants here.</summary>
    private static Article Extract(Article article) => article.Declared.Headline == "fails"
        ? throw new FormatException("no idea what this is\nat some place")
        : article with { Headline = article.Declared.Headline ?? "text", Section = article.Declared.Section };

    private static Article Article(int number) => new()
    {
        Id = ArticleId.FromPath("a", number),
        Origin = new ArticleOrigin("a", number, "text", "utf-8"),
        Headline = "text",
    };

    /// <summary>Takes its time, a different one for each article, so that workers overtake one another.</summary>
    private static Article Dawdle(Article article)
    {
        Thread.SpinWait(article.Id.Value[0] * 200);
        return article;
    }

    private static IngestionPipeline Pipeline(IngestionOptions options, Func<Article, Article> extract) => new(extract, options, TimeProvider.System);

    private Task<IngestionReport> RunAsync(
        MemoryWriter writer,
        IngestionOptions options,
        Func<Article, Article>? extract = null,
        string? reportPath = null,
        IProgress<IngestionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Assert.True(InputWalker.TryCreate([_folder.Path], [], out InputWalker? walker, out string? error), error);
        IngestionInput input = IngestionInput.FromFiles(walker, new InputReader(new ReadingOptions()), cancellationToken);
        return Pipeline(options, extract ?? Extract).RunAsync(input, writer, reportPath ?? ReportPath, progress, cancellationToken);
    }

    private void WriteLines(int count, string? line = null) => _folder.Write(
        "a.ndjson", string.Concat(Enumerable.Range(0, count).Select(i => $"{line ?? $"{{\"title\":\"story {i}\"}}"}\n")));

    /// <summary>Many small files and a large one, with failures, duplicates within and across files, and a path of its own for each.</summary>
    private void WriteHardInputs()
    {
        var random = new Random(7);
        for (int file = 0; file < 20; file++)
        {
            string lines = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(8) switch
            {
                0 => "{broken\n",
                1 => "{\"title\":\"fails\"}\n",
                2 => "{\"id\":\"x\"}\n",
                3 => $"{{\"title\":\"t\",\"section\":\"{new string('s', 1100)}\"}}\n",
                _ => $"{{\"title\":\"t\",\"id\":\"{random.Next(200)}\"}}\n",
            }));
            _folder.Write(file.ToString("00", CultureInfo.InvariantCulture) + ".ndjson", lines);
        }
    }

    private sealed class Synchronous(Action<IngestionProgress> report) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value) => report(value);
    }
}
