namespace SearchService.Http;

/// <summary>
/// Refuses an address that is too long with a problem. Kestrel's own limit lies higher, because what it refuses it refuses without a word.
/// </summary>
internal static class AddressLimit
{
    /// <summary>Longest path and query in characters: 512 characters of query take up to 4,608 when percent-encoded, a hundred ids 2,900.</summary>
    public const int MaxChars = 8192;

    public static IApplicationBuilder UseAddressLimit(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        int length = (context.Request.Path.Value?.Length ?? 0) + (context.Request.QueryString.Value?.Length ?? 0);
        return length > MaxChars
            ? ProblemResult.WriteAsync(context, Problem.AddressTooLong, $"got an address of {length} characters, want at most {MaxChars}")
            : next(context);
    });
}
