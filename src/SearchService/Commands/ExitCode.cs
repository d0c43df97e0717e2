namespace SearchService.Commands;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command ran and there was nothing: no hit, no article, no published index.</summary>
    public const int NothingFound = 1;

    /// <summary>Something failed, or the command line is wrong.</summary>
    public const int Failed = 2;
}
