using System.Diagnostics;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

/// <summary>Readers against real and hostile collections beside the project: every record accounted for, nothing thrown.</summary>
public class RealDataTests
{
    [SkippableFact]
    public void Read_Reuters21578_EveryStoryIsAccountedFor()
    {
        List<ReadResult> results = [.. ReadAll(DataFolder.Get("reuters21578"))];
        Assert.Equal(15_000, results.Count);
        List<ReadResult.Read> read = [.. results.OfType<ReadResult.Read>()];
        Assert.Equal(14_999, read.Count);
        Assert.Equal(read.Count, read.DistinctBy(r => r.Article.Id).Count());
        Assert.Equal(14_293, read.Count(r => r.Article.Declared.Headline is not null));
        Assert.Equal(13_186, read.Count(r => r.Article.Body.Length > 0));
        Assert.Equal(706, read.Count(r => r.Article.SourceText is not null));
        Assert.Equal(597, read.Count(r => r.Article.Declared.Byline is not null));
        Assert.Empty(read.Where(r => r.Article.Declared.Date is null).Select(r => r.Article.Declared.NativeId));
        Assert.Empty(read
            .Where(r => (r.Article.Declared.Headline + r.Article.Body + r.Article.SourceText).Any(c => c < ' ' && c is not ('\n' or '\t')))
            .Select(r => r.Article.Declared.NativeId));
    }

    [SkippableFact]
    public void Read_Wire_EveryLineIsAccountedFor()
    {
        int articles = 0;
        int headlinesAlone = 0;
        List<string> rejected = [];
        foreach (ReadResult result in ReadAll(DataFolder.Get("wire")))
        {
            if (result is ReadResult.Read { Article: var article })
            {
                articles++;
                headlinesAlone += article.Body.Length == 0 ? 1 : 0;
                Assert.NotNull(article.Declared.Date);
            }
            else
            {
                rejected.Add(Reader.Print(result).Split(' ', 2)[1]);
            }
        }

        Assert.Equal((58_045, 126), (articles, headlinesAlone));
        Assert.Equal(Enumerable.Repeat("no-text: no headline and no text in the fields id, title, byline, date, url, body", 4), rejected);
    }

    [SkippableFact]
    public void Read_HostileCorpora_NeverThrowAndAreBoundedInTime()
    {
        Assert.True(InputWalker.TryCreate([DataFolder.Get("hostile")], [], out InputWalker? walker, out _));
        var reader = new InputReader(new ReadingOptions());
        int files = 0;
        foreach (InputFile file in walker.Walk())
        {
            var watch = Stopwatch.StartNew();
            List<ReadResult> results = [.. reader.Read(file)];
            Assert.NotEmpty(results);
            Assert.DoesNotContain(results, r => r is ReadResult.Rejected { Kind: RejectKind.Failed });
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{file.Path} took {watch.Elapsed}");
            files++;
        }

        Assert.InRange(files, 3000, int.MaxValue);
    }

    [SkippableFact]
    public void Read_JsonTestSuite_ValidIsNoSyntaxErrorAndInvalidIsNoArticle()
    {
        foreach (string path in Directory.EnumerateFiles(DataFolder.Get("hostile/jsontestsuite/test_parsing")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            List<ReadResult> results = [.. new InputReader(new ReadingOptions()).Read(new InputFile(path, name, 0))];
            string printed = $"{name}: {string.Join(" / ", results.Select(Reader.Print))}";
            if (name.StartsWith("y_", StringComparison.Ordinal))
            {
                Assert.DoesNotContain("not valid json", printed, StringComparison.Ordinal);
                Assert.DoesNotContain("ends too early", printed, StringComparison.Ordinal);
            }
            else if (name.StartsWith("n_", StringComparison.Ordinal))
            {
                Assert.False(results.Exists(r => r is ReadResult.Read), printed);
            }
        }
    }

    private static IEnumerable<ReadResult> ReadAll(string folder)
    {
        Assert.True(InputWalker.TryCreate([folder], [], out InputWalker? walker, out string? error), error);
        var reader = new InputReader(new ReadingOptions());
        return walker.Walk().SelectMany(reader.Read);
    }
}
