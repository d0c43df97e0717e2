using System.Text.Json.Serialization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;
using SearchService.Web;

namespace SearchService.Http;

/// <summary>What the command line decides about serving.</summary>
/// <param name="Urls">The <c>--urls</c> option: addresses separated by semicolons; null where not given.</param>
/// <param name="Public">Whether addresses that are not loopback are allowed.</param>
/// <param name="JsonLogs">Whether log lines are JSON.</param>
internal sealed record ServeSettings(string? Urls, bool Public, bool JsonLogs);

/// <summary>
/// Builds the web server: Kestrel with limits, the pipeline in its order, the routes. The server is given a read-only index and nothing
/// else; it never writes.
/// </summary>
internal static class SearchHost
{
    /// <summary>Longest time that accepted requests have to end when the server stops.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A server that is ready to start.</summary>
    /// <param name="index">What it serves; the caller disposes it.</param>
    /// <param name="settings">What the command line says.</param>
    /// <param name="clock">The time.</param>
    /// <param name="configure">A last word on the configuration, for tests.</param>
    /// <exception cref="ServerSettingsException">A setting is wrong, or an address is not loopback and <c>--public</c> is missing.</exception>
    public static WebApplication Build(IArticleIndex index, ServeSettings settings, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // A folder of the program's own: an appsettings.json that happens to lie where the server is started from is a stranger's.
            ContentRootPath = AppContext.BaseDirectory,
            // Whatever the environment says: the development environment shows stack traces.
            EnvironmentName = Environments.Production,
        });
        builder.Logging.ConfigureLogs(builder.Configuration, settings.JsonLogs);
        configure?.Invoke(builder);
        ServerOptions options = ServerOptions.Read(builder.Configuration);
        ListenAddresses addresses = Addresses(settings, builder.Configuration);

        ConfigureKestrel(builder.WebHost, options, addresses);
        builder.Services
            .AddSingleton(clock)
            .AddSingleton(options)
            .AddSingleton(index)
            .AddSingleton(new ArticleSearch(index, clock, options.SearchTime))
            .AddSingleton<LoadLimits>()
            .AddSingleton<OpenApiText>()
            .AddSingleton<ShutdownDrain>()
            .AddHostedService(services => services.GetRequiredService<ShutdownDrain>())
            .AddHostedService<IndexLog>()
            .AddApiDescription()
            .AddWebPages()
            .AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = options.RequestTimeout,
                TimeoutStatusCode = Problem.TimedOut.Status,
                WriteTimeoutResponse = context => ProblemResult.WriteAsync(
                    context, Problem.TimedOut, "the request was given up, ask for less or try again", retryAfter: Retry.Soon),
            })
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
            .ConfigureHttpJsonOptions(json =>
            {
                // What the OpenAPI document's schemas are made from; the answers themselves are written with the contracts' own options.
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Readable);
                json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            })
            // Its refusal is bare; HostFilter answers with a problem.
            .PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]);

        WebApplication app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblemMapping();
        app.Use(new HostFilter(addresses.LoopbackOnly, app.Configuration["AllowedHosts"]).InvokeAsync);
        app.UseAddressLimit();
        app.UseAddressEncoding();
        app.UseRouting();
        app.UseRequestTimeouts();
        MapRoutes(app);
        return app;
    }

    private static void MapRoutes(WebApplication app)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapOpenSearch();
        LoadLimits limits = app.Services.GetRequiredService<LoadLimits>();
        RouteGroupBuilder api = app.MapGroup("/v1").AddEndpointFilter(limits.ClientRate);
        api.MapStatus();
        RouteGroupBuilder searches = api.MapGroup("").AddEndpointFilter(limits.SearchTurn);
        searches.MapSearch();
        app.MapGroup("").AddEndpointFilter(limits.ClientRate).AddEndpointFilter(limits.SearchTurn).MapWebPages();
        searches.MapFacet();
        searches.MapAtom();
        searches.MapArticle();
        RouteGroupBuilder exports = api.MapGroup("").AddEndpointFilter(limits.ExportTurn);
        exports.MapExport();
    }

    private static ListenAddresses Addresses(ServeSettings settings, ConfigurationManager configuration)
    {
        ListenAddresses addresses = ListenAddresses.Resolve(settings.Urls, configuration);
        if (addresses.FirstWrong() is { } wrong)
        {
            throw new ServerSettingsException($"address '{wrong}' is not one to listen on, want one like {ListenAddresses.Default}");
        }

        return addresses.LoopbackOnly || settings.Public
            ? addresses
            : throw new ServerSettingsException($"address '{addresses.Urls.First(u => !new ListenAddresses([u], true).LoopbackOnly)}' can be reached from other machines, want --public to allow it");
    }

    private static void ConfigureKestrel(ConfigureWebHostBuilder host, ServerOptions options, ListenAddresses addresses)
    {
        if (addresses.Own)
        {
            host.UseUrls([.. addresses.Urls]);
        }

        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            KestrelServerLimits limits = kestrel.Limits;
            limits.MaxConcurrentConnections = options.MaxConnections;
            limits.MaxConcurrentUpgradedConnections = 0;
            limits.MaxRequestBodySize = 0;
            // Far above AddressLimit, which answers with a problem: clients encode, and make three characters of many a one.
            limits.MaxRequestLineSize = 64 * 1024;
            // Browsers send the cookies of everything else on localhost along, so not less.
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 50;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
    }
}
