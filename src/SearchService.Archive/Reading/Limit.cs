using System.Globalization;

namespace SearchService.Archive.Reading;

/// <summary>The sentence for a limit that was exceeded.</summary>
internal static class Limit
{
    /// <summary><c>line of more than 4194304 bytes, the most that MaxRecordBytes allows</c>.</summary>
    public static string Exceeded(string what, long limit, string unit, string option) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} of more than {limit} {unit}, the most that {option} allows");
}
