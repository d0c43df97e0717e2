using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SearchService.Tests.Web;

/// <summary>What a person does on the page, in the browser, without a script.</summary>
public sealed class PageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => browser.CloseAsync();

    [SkippableFact]
    public async Task Start_ShowsTheArchiveAndWaysIn()
    {
        IPage page = await OpenAsync("/");
        Assert.Equal("132 articles to search", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(20, await page.Locator(".hit").CountAsync());
        Assert.True(await page.Locator(".timeline a").CountAsync() > 5);
        foreach (ILocator example in await page.Locator(".welcome a").AllAsync())
        {
            IPage found = await OpenAsync((await example.GetAttributeAsync("href"))!);
            Assert.True(await found.Locator(".hit").CountAsync() > 0, await example.InnerTextAsync());
        }
    }

    [SkippableFact]
    public async Task Search_ByKeyboard_FindsAndMarks()
    {
        IPage page = await OpenAsync("/");
        ILocator box = page.Locator("#q");
        await box.FillAsync("moon landing");

        // the key goes to the box even where another page has taken the focus meanwhile
        await box.PressAsync("Enter");
        await page.WaitForURLAsync("**/?q=moon*");
        ILocator first = page.Locator(".hit").First;
        Assert.Contains("moon", await first.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.True(await first.Locator("mark").CountAsync() > 0);
    }

    [SkippableFact]
    public async Task Facet_Clicked_GivesAsManyHitsAsItSaid()
    {
        IPage page = await OpenAsync("/?q=president");
        foreach (string facet in (string[])["country", "person", "location", "source"])
        {
            ILocator value = page.Locator($"section[aria-labelledby=facet-{facet}] li:not(.selected) > a:first-child").First;
            int said = Number(await value.Locator(".count").InnerTextAsync());
            string href = (await value.GetAttributeAsync("href"))!;
            IPage after = await OpenAsync(href);
            Assert.Equal(said, Number(await after.Locator(".summary").InnerTextAsync()));
            Assert.Equal(1, await after.Locator($"section[aria-labelledby=facet-{facet}] li.selected").CountAsync());
        }
    }

    [SkippableFact]
    public async Task Facet_TwoValues_AddUpAndClearAway()
    {
        IPage page = await OpenAsync("/?q=minister");
        await page.Locator("section[aria-labelledby=facet-country] li > a:first-child").First.ClickAsync();
        int one = Number(await page.Locator(".summary").InnerTextAsync());
        await page.Locator("section[aria-labelledby=facet-country] li:not(.selected) > a:first-child").First.ClickAsync();
        int two = Number(await page.Locator(".summary").InnerTextAsync());
        Assert.True(two >= one, $"{one} then {two}");
        Assert.Equal(2, await page.Locator(".chips.active .chip").CountAsync());
        await page.GetByText("clear all").ClickAsync();
        Assert.Equal(0, await page.Locator(".chips.active").CountAsync());
        Assert.DoesNotContain("country=", page.Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Timeline_BarClicked_NarrowsToItsPeriod()
    {
        IPage page = await OpenAsync("/?q=independence&date=1960/1969");
        ILocator bar = page.Locator(".timeline a[href*=date]").First;
        string label = (await bar.GetAttributeAsync("aria-label"))!;
        int said = Number(label[(label.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        IPage after = await OpenAsync((await bar.GetAttributeAsync("href"))!);
        Assert.Equal(said, Number(await after.Locator(".summary").InnerTextAsync()));
        await after.GetByText("all years").ClickAsync();
        Assert.DoesNotContain("date=", after.Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Article_EveryColourOfItsText_IsNamedAbove()
    {
        IPage hits = await OpenAsync("/?q=Gagarin", script: true);
        string[] articles = await hits.EvaluateAsync<string[]>("[...document.querySelectorAll('.hit h2 a')].slice(0, 5).map(a => a.getAttribute('href'))");
        Assert.NotEmpty(articles);
        foreach (string article in articles)
        {
            IPage page = await OpenAsync(article, script: true);
            string[] marks = await ColoursAsync(page, "mark.found:not(.headline)");
            Assert.NotEmpty(marks);
            string[] named = await ColoursAsync(page, ".text .legend .key");
            Assert.Empty(marks.Except(named, StringComparer.Ordinal));
        }

        static Task<string[]> ColoursAsync(IPage page, string selector) =>
            page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{selector}')].map(m => getComputedStyle(m).backgroundColor)");
    }

    [SkippableFact]
    public async Task Article_MarksItsEvidenceAndSaysTheRule()
    {
        IPage page = await OpenAsync("/?q=Gagarin");
        await page.Locator(".hit h2 a").First.ClickAsync();
        ILocator person = page.Locator("mark.found.people").First;
        Assert.Matches(@"^people: .+ \(.+\)", await person.GetAttributeAsync("title"));
        await page.GetByText("Evidence,").ClickAsync();
        Assert.True(await page.Locator(".findings tbody tr").CountAsync() >= 5);
        await page.Locator(".back a").ClickAsync();
        Assert.Contains("q=Gagarin", page.Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Pages_WalkedToTheEnd_ShowEveryHitOnce()
    {
        IPage page = await OpenAsync("/?q=&sort=oldest&size=50");
        List<string> seen = [];
        while (true)
        {
            foreach (ILocator hit in await page.Locator(".hit h2 a").AllAsync())
            {
                seen.Add((await hit.GetAttributeAsync("href"))!);
            }

            if (await page.Locator(".pager .next").CountAsync() == 0)
            {
                break;
            }

            await page.Locator(".pager .next").ClickAsync();
        }

        Assert.Equal(132, seen.Count);
        Assert.Equal(132, seen.Distinct().Count());
    }

    [SkippableTheory]
    [InlineData("/?q=oil+%28gas", "this parenthesis is not closed")]
    [InlineData("/?q=colour:red", "unknown field 'colour'")]
    [InlineData("/?contry=AZ", "unknown parameter 'contry'")]
    public async Task Error_IsASentenceWithThePlaceMarked(string path, string sentence)
    {
        IPage page = await OpenAsync(path);
        Assert.Contains(sentence, await page.Locator(".error h1").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(path.Contains("q=", StringComparison.Ordinal) ? 1 : 0, await page.Locator(".error pre").CountAsync());
    }

    [SkippableFact]
    public async Task NoHits_OffersWaysOut()
    {
        IPage page = await OpenAsync("/?q=%22xylophone+zeppelin%22&country=FR");
        Assert.Contains("Nothing in the archive", await page.Locator(".nohits").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator(".nohits a").CountAsync() >= 3);
    }

    [SkippableTheory]
    [InlineData("/?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")]
    public async Task Query_IsShownAsText(string path)
    {
        IPage page = await OpenAsync(path, script: true);
        page.Dialog += (_, dialog) => Assert.Fail($"a script ran: {dialog.Message}");
        Assert.Equal(0, await page.Locator("main script, main img").CountAsync());
    }

    [SkippableTheory]
    [InlineData("/")]
    [InlineData("/?q=president&country=US&date=1960/1969")]
    [InlineData("/?q=oil+%28gas")]
    [InlineData("/?q=%22xylophone+zeppelin%22")]
    [InlineData("/help")]
    [InlineData("/api")]
    [InlineData("/facets/person")]
    public async Task Page_AxeFindsNothingSerious(string path)
    {
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            IPage page = await OpenAsync(path, scheme: scheme, script: true);
            AxeResult result = await page.RunAxe();
            Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical")
                .Select(v => $"{scheme} {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
    }

    [SkippableTheory]
    [InlineData("/?q=president")]
    [InlineData("/help")]
    [InlineData("/api")]
    public async Task Page_AtPhoneWidth_DoesNotScrollSideways(string path)
    {
        IPage page = await OpenAsync(path, width: 360, script: true);
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
    }

    private Task<IPage> OpenAsync(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = false)
    {
        Skip.If(browser.SkipReason is not null, browser.SkipReason);
        return browser.OpenAsync(path, width, scheme, script);
    }

    private static int Number(string text) =>
        int.Parse(Regex.Match(text, @"\d[\d,]*", RegexOptions.NonBacktracking).Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
