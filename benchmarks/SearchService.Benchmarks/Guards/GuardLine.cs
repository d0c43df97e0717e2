using System.Globalization;

namespace SearchService.Benchmarks.Guards;

/// <summary>A guard's line of output.</summary>
internal static class GuardLine
{
    /// <summary>Prints whether a guard holds, and what was measured; answers 0 where it does, else 1.</summary>
    public static int Print(TextWriter output, bool holds, FormattableString measured)
    {
        output.WriteLine($"{(holds ? "ok" : "FAILED")}: {measured.ToString(CultureInfo.InvariantCulture)}");
        return holds ? 0 : 1;
    }
}
