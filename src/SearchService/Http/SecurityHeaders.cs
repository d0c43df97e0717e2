namespace SearchService.Http;

/// <summary>
/// The headers that stand on every response, errors included: nothing may be framed, sniffed or run. A page with a policy of its own sets
/// it before, what is set already stays.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>Policy of everything that is not a page: a browser that opens it as one loads and runs nothing.</summary>
    public const string ApiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy", ApiPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(
            static state =>
            {
                IHeaderDictionary headers = ((HttpContext)state).Response.Headers;
                foreach ((string name, string value) in Headers)
                {
                    headers.TryAdd(name, value);
                }

                return Task.CompletedTask;
            },
            context);
        return next(context);
    });
}
