using System.Globalization;

namespace SearchService.Archive.Reading;

/// <summary>The sentences for what was lost of a record that was read.</summary>
internal static class Warnings
{
    public static IReadOnlyList<string> OfDecoding(DecodedText decoded) => decoded.Damaged == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{decoded.Damaged} byte sequences are no {decoded.Charset}, U+FFFD stands in their place")];
}
