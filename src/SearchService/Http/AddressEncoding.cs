using System.Text.Unicode;

namespace SearchService.Http;

/// <summary>
/// Refuses a query string that is percent-encoded in anything but UTF-8 (RFC 3986, 2.5). ASP.NET Core would leave such characters
/// encoded, so that <c>M%E9xico</c>, as a client with Latin-1 sends México, is searched as a word with a percent sign and silently finds
/// nothing. A percent sign that begins no code stands for itself.
/// </summary>
internal static class AddressEncoding
{
    private const int CodeChars = 3;

    public static IApplicationBuilder UseAddressEncoding(this IApplicationBuilder app) => app.Use(static (context, next) =>
        FirstWrong(context.Request.QueryString.Value) is { } wrong
            ? ProblemResult.WriteAsync(context, Problem.BadRequest, $"got {wrong} in the address, which is not UTF-8, want UTF-8")
            : next(context));

    /// <summary>The first run of codes that is not UTF-8, cut to four codes; null where all are.</summary>
    public static string? FirstWrong(string? query)
    {
        const int MaxShown = 4 * CodeChars;
        byte[] bytes = new byte[(query?.Length ?? 0) / CodeChars];
        for (int i = 0; i < (query?.Length ?? 0); i++)
        {
            int start = i;
            int count = 0;
            while (i + CodeChars <= query!.Length && query[i] == '%' && char.IsAsciiHexDigit(query[i + 1]) && char.IsAsciiHexDigit(query[i + 2]))
            {
                bytes[count++] = Convert.FromHexString(query.AsSpan(i + 1, 2))[0];
                i += CodeChars;
            }

            if (count > 0 && !Utf8.IsValid(bytes.AsSpan(0, count)))
            {
                return query[start..Math.Min(i, start + MaxShown)];
            }
        }

        return null;
    }
}
