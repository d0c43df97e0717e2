using System.Globalization;
using System.Text.Json;

namespace SearchService.Archive.Reading;

/// <summary>
/// A record's date. A string stays as written. A number has no written form: one of four digits is a year, of eight a date
/// (20061020), any other counts from 1970 in seconds, milliseconds, microseconds or nanoseconds, by its size, and is
/// given as ISO 8601 in UTC; 0 means unknown.
/// </summary>
internal static class JsonDates
{
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && JsonValues.TryGet(value, "$date"u8, out JsonElement wrapped))
        {
            value = wrapped;
        }

        return value.ValueKind == JsonValueKind.Number ? OfNumber(value) : JsonValues.Texts(value).FirstOrDefault();
    }

    private static string? OfNumber(JsonElement value)
    {
        if (!value.TryGetDecimal(out decimal number) || number == 0)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && (number is >= 1000 and <= 9999 || IsCompactDate(number)))
        {
            return number.ToString("0", CultureInfo.InvariantCulture);
        }

        decimal seconds = Math.Abs(number) switch
        {
            < 1e11m => number,
            < 1e14m => number / 1e3m,
            < 1e17m => number / 1e6m,
            _ => number / 1e9m,
        };
        return seconds is >= -62135596800m and <= 253402300799m
            ? DateTimeOffset.FromUnixTimeSeconds((long)decimal.Floor(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsCompactDate(decimal number) =>
        number is >= 10000101 and <= 99991231
        && DateOnly.TryParseExact(number.ToString("0", CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
