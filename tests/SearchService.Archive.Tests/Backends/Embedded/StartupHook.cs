using SearchService.Archive.Tests.Backends.Embedded;

/// <summary>
/// Turns this assembly, started as a program with itself as its startup hook, into the child of <see cref="KilledWriterTests"/>.
/// The runtime wants the name, without a namespace.
/// </summary>
#pragma warning disable CA1050 // Declared in no namespace: see above.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(KilledWriterTests.ChildVariable)?.Split('|') is [var what, var folder])
        {
            KilledWriterTests.WriteForEver(what, folder).GetAwaiter().GetResult();
        }
    }
}
