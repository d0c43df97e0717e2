using Microsoft.AspNetCore.WebUtilities;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>
/// The query string as name and value pairs, decoded, in the order sent and with the names as sent: ASP.NET Core's own collection joins
/// names that differ in case and so hides what was asked.
/// </summary>
internal static class RequestParameters
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(HttpRequest request)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            pairs.Add(KeyValuePair.Create(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs;
    }

    /// <summary>The value of a parameter that an endpoint reads itself; null where it is not sent or empty.</summary>
    /// <param name="error">Why there is none: it is sent several times.</param>
    public static string? Single(this IReadOnlyList<KeyValuePair<string, string>> pairs, string name, out RequestError? error)
    {
        string[] values = [.. pairs.Where(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && p.Value.Length != 0).Select(p => p.Value)];
        error = values.Length > 1 ? new RequestError("duplicate-parameter", $"{name} is given {values.Length} times, want it once", name) : null;
        return values.FirstOrDefault();
    }
}
