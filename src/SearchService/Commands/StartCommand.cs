using System.CommandLine;
using SearchService.Archive.Index;

namespace SearchService.Commands;

/// <summary>The program without a command: indexes the bundled sample archive if there is no index yet, then serves.</summary>
internal static class StartCommand
{
    /// <summary>Where the sample archive lies beside the program.</summary>
    private static string SampleFolder => Path.Combine(AppContext.BaseDirectory, "sample");

    public static void Attach(RootCommand root, Terminal terminal, TimeProvider clock)
    {
        foreach (Option option in ServeCommand.Options)
        {
            root.Add(option);
        }

        root.SetAction(async (line, _) =>
        {
            await IndexSampleAsync(CommonOptions.IndexFolderOf(line), terminal, clock);
            return await ServeCommand.RunAsync(line, terminal, clock);
        });
    }

    private static async Task IndexSampleAsync(string folder, Terminal terminal, TimeProvider clock)
    {
        try
        {
            IGenerations generations = Backend.Writing(folder, clock);
            if (HoldsAnIndex(generations, out string reason))
            {
                return;
            }

            if (!Directory.Exists(SampleFolder))
            {
                terminal.Complain("no sample archive lies beside the program, run: searchservice reindex PATH");
                return;
            }

            terminal.Say($"{reason} in {folder}, indexing the sample archive");
            await ReindexCommand.RunAsync(folder, generations, new ReindexOrder([SampleFolder], Sample: true), json: false, terminal, clock);
        }
        catch (IOException failure) when (failure is IndexUnusableException or IndexLockedException or PublishRefusedException)
        {
            // The server starts all the same: it says what is wrong and follows what another command publishes.
            terminal.Complain(failure.Message);
        }
    }

    /// <summary>Whether there is an index to leave alone: any but a sample that an older program built.</summary>
    private static bool HoldsAnIndex(IGenerations generations, out string reason)
    {
        try
        {
            reason = "no index yet";
            return generations.Current() is not null;
        }
        catch (IndexUnusableException unusable) when (unusable.Manifest is { Sample: true })
        {
            reason = "a sample index of another version";
            return false;
        }
    }
}
