using System.Reflection;

namespace SearchService;

/// <summary>Which program on which runtime.</summary>
internal static class Versions
{
    /// <summary>The oldest runtime without a known hole: it fixes CVE-2026-88092 and CVE-2026-70188.</summary>
    private static readonly Version WantedRuntime = new(10, 0, 13);

    /// <summary>The program's version.</summary>
    public static string Program { get; } =
        typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The .NET runtime's version.</summary>
    public static string Runtime { get; } = Environment.Version.ToString();

    /// <summary>Why the runtime should be renewed; null where it is new enough.</summary>
    public static string? RuntimeWarning { get; } = WarningFor(Environment.Version);

    /// <inheritdoc cref="RuntimeWarning"/>
    internal static string? WarningFor(Version runtime) => runtime < WantedRuntime
        ? $".NET runtime {runtime} has known holes (CVE-2026-88092, CVE-2026-70188), want {WantedRuntime} or newer"
        : null;
}
