using Microsoft.Playwright;
using SearchService.Archive.Index;
using SearchService.Commands;
using SearchService.Tests.Http;

namespace SearchService.Tests.Web;

/// <summary>
/// The real page in a real browser: the server over the sample archive and Debian's Chromium, started once for all tests.
/// Where there is no browser, <see cref="SkipReason"/> says so and the tests skip.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly TempFolder _folder = new();
    private IArticleIndex? _index;
    private TestServer? _server;
    private IPlaywright? _playwright;
    private readonly List<IBrowserContext> _contexts = [];
    private IBrowser? _browser;

    public string? SkipReason { get; private set; }

    public Uri Address => _server!.Address;

    public async Task InitializeAsync()
    {
        string? chromium = Environment.GetEnvironmentVariable("SEARCHSERVICE_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);
        if (chromium is null)
        {
            SkipReason = "no Chromium: install it, or name it in SEARCHSERVICE_CHROMIUM";
            return;
        }

        CommandRun run = await CommandRun.InProcessAsync("reindex", Path.Combine(AppContext.BaseDirectory, "sample"), "--index", _folder.Path);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        _index = Backend.Reading(_folder.Path, TimeProvider.System);
        _server = await TestServer.StartAsync(_index);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A new page with no script, as the page promises to need none; it fails the test on any request to another host.</summary>
    internal async Task<IPage> OpenAsync(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = false)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            BaseURL = Address.ToString(),
            // The accessibility rules are run by a script that the page's own policy would refuse.
            BypassCSP = script,
        });
        _contexts.Add(context);
        IPage page = await context.NewPageAsync();
        page.Request += (_, request) => Assert.StartsWith(Address.ToString(), request.Url, StringComparison.Ordinal);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Closes the pages that a test opened.</summary>
    public async Task CloseAsync()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.CloseAsync();
        }

        _contexts.Clear();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_index is not null)
        {
            await _index.DisposeAsync();
        }

        _folder.Dispose();
    }
}
