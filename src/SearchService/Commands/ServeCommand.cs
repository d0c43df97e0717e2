using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SearchService.Archive.Index;
using SearchService.Http;

namespace SearchService.Commands;

/// <summary><c>serve</c>: HTTP over the published generation until asked to stop. Never writes.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"addresses to listen on, separated by semicolons; default: ASP.NET Core's own settings, else {ListenAddresses.Default}",
        HelpName = "URLS",
    };

    private static readonly Option<bool> Public = new("--public")
    {
        Description = "allow addresses that other machines can reach",
    };

    private static readonly Option<string> Log = new("--log")
    {
        Description = "form of the log lines on standard error",
        DefaultValueFactory = _ => "plain",
        HelpName = "plain|json",
    };

    static ServeCommand() => Log.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string>() is not ("plain" or "json") and { } got)
        {
            result.AddError($"got '{got}', want plain or json");
        }
    });

    /// <summary>The options, also those of the program without a command.</summary>
    public static IReadOnlyList<Option> Options => [Urls, Public, Log];

    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        Command command = new("serve", "serve the published index over HTTP");
        foreach (Option option in Options)
        {
            command.Add(option);
        }

        command.SetAction((line, _) => RunAsync(line, terminal, clock));
        return command;
    }

    /// <summary>Serves until SIGINT or SIGTERM.</summary>
    public static async Task<int> RunAsync(ParseResult line, Terminal terminal, TimeProvider clock)
    {
        string folder = CommonOptions.IndexFolderOf(line);
        ServeSettings settings = new(line.GetValue(Urls), line.GetValue(Public), line.GetValue(Log) == "json");
        await using IArticleIndex index = Backend.Reading(folder, clock);
        await using WebApplication app = SearchHost.Build(index, settings, clock);
        if (Versions.RuntimeWarning is { } warning)
        {
            terminal.Say("warning: " + warning);
        }

        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new CommandFailedException($"{Configured(settings, app)} is in use, want a free address: --urls http://localhost:PORT");
        }
        catch (SocketException failure)
        {
            throw new CommandFailedException($"cannot listen on {Configured(settings, app)}: {Reason(failure.SocketErrorCode)}");
        }

        Greet(terminal, app, index.State, folder);
        await app.WaitForShutdownAsync();
        return ExitCode.Done;
    }

    private static void Greet(Terminal terminal, WebApplication app, IndexState state, string folder)
    {
        string served = state switch
        {
            { Commit: { } commit, Manifest: { } manifest } => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"generation {commit}, {manifest.Articles:N0} articles{(manifest.Sample ? " of the sample archive" : "")}, from {folder}"),
            _ => Problem.NothingPublishedDetail(state),
        };
        terminal.Line($"serving {string.Join(" and ", app.Urls)}");
        terminal.Line(Printable.Line(served));
        if (state.Commit is not null && state.Degraded is { } degraded)
        {
            terminal.Say("warning: " + degraded);
        }
    }

    private static string Configured(ServeSettings settings, WebApplication app) =>
        string.Join(" or ", ListenAddresses.Resolve(settings.Urls, app.Configuration).Urls);

    private static string Reason(SocketError error) => error switch
    {
        SocketError.AccessDenied => "this user may not, want a port from 1024 on",
        SocketError.AddressNotAvailable => "this machine has no such address",
        _ => $"the system says {error}",
    };
}
