using System.CommandLine;

namespace SearchService.Commands;

/// <summary>The options every command has.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Index = new("--index")
    {
        Description = $"folder of the index; default: {IndexFolder.Variable}, else {IndexFolder.Name} of the nearest folder upwards, else the user's data folder",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "machine-readable output: the JSON alone on standard output",
        Recursive = true,
    };

    /// <summary>The index folder of a parsed command line.</summary>
    public static string IndexFolderOf(ParseResult line) => IndexFolder.Resolve(line.GetValue(Index));
}
