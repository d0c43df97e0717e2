using System.CommandLine;
using SearchService.Archive.Index;
using SearchService.Http;

namespace SearchService.Commands;

/// <summary>
/// The command line: all commands, what it takes to run one, and the one place where an exception becomes a line and an exit code.
/// </summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider clock)
    {
        ParseResult line = Create(terminal, clock).Parse(args, new ParserConfiguration
        {
            // A query may begin with @, and -war is not -w -a -r.
            ResponseFileTokenReplacer = null,
            EnablePosixBundling = false,
        });
        if (ParseFailure.Of(line) is { } wrong)
        {
            terminal.Complain(wrong);
            return ExitCode.Failed;
        }

        try
        {
            return await line.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Out,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // Commands listen to signals themselves: a server drains, a reindex rolls back.
                    ProcessTerminationTimeout = null,
                },
                CancellationToken.None);
        }
        catch (Exception failure)
        {
            terminal.Complain(Describe(failure));
            return ExitCode.Failed;
        }
    }

    /// <summary>All commands with their options.</summary>
    public static RootCommand Create(Terminal terminal, TimeProvider clock)
    {
        RootCommand root = new("full-text search for news archives; without a command: index the bundled sample archive if there is no index yet, and serve")
        {
            CommonOptions.Index,
            CommonOptions.Json,
            ServeCommand.Create(terminal, clock),
            ReindexCommand.Create(terminal, clock),
            StatusCommand.Create(terminal, clock),
            VerifyCommand.Create(terminal, clock),
            SearchCommand.Create(terminal, clock),
            ReadCommand.Create(terminal),
        };
        StartCommand.Attach(root, terminal, clock);
        return root;
    }

    private static string Describe(Exception failure) => failure switch
    {
        IndexLockedException or IndexUnusableException or PublishRefusedException or ServerSettingsException or CommandFailedException => failure.Message,
        OperationCanceledException => "aborted",
        UnauthorizedAccessException => $"not allowed: {failure.Message}",
        IOException => $"input or output failed: {failure.Message}",
        _ => $"unexpected failure: {failure.GetType().Name}: {failure.Message}",
    };
}

/// <summary>A command cannot go on. The message is one line for the user.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
