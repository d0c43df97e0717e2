namespace SearchService.Commands;

/// <summary>
/// Which index a command means: <c>--index</c>, else SEARCHSERVICE_INDEX, else <c>index-data</c> of the nearest folder upwards, else the
/// user's data folder. Nothing is created.
/// </summary>
internal static class IndexFolder
{
    /// <summary>Name of the environment variable.</summary>
    public const string Variable = "SEARCHSERVICE_INDEX";

    /// <summary>Name of the folder looked for.</summary>
    public const string Name = "index-data";

    /// <summary>The absolute path.</summary>
    /// <param name="option">The <c>--index</c> option; null where not given.</param>
    /// <param name="variable">Value of the variable; null or empty where not set.</param>
    /// <param name="workingDirectory">The caller's folder, absolute.</param>
    /// <param name="userData">The user's data folder, absolute.</param>
    public static string Resolve(string? option, string? variable, string workingDirectory, string userData)
    {
        if (option is not null || !string.IsNullOrEmpty(variable))
        {
            return Path.GetFullPath(option ?? variable!, workingDirectory);
        }

        for (DirectoryInfo? folder = new(workingDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, Name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.Combine(userData, "searchservice", Name);
    }

    /// <summary>The same from the process's surroundings.</summary>
    public static string Resolve(string? option) => Resolve(
        option,
        Environment.GetEnvironmentVariable(Variable),
        Environment.CurrentDirectory,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));
}
