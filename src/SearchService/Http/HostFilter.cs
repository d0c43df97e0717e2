using System.Net;

namespace SearchService.Http;

/// <summary>
/// Against DNS rebinding: a server that only this machine reaches answers only to this machine's names, so that a page from elsewhere
/// cannot read it under a name of its own. ASP.NET Core's <c>AllowedHosts</c> setting names others (a reverse proxy's).
/// </summary>
/// <param name="loopbackOnly">Whether every address served is loopback.</param>
/// <param name="allowedHosts">The <c>AllowedHosts</c> setting: names separated by semicolons, <c>*</c> for any; null where not set.</param>
internal sealed class HostFilter(bool loopbackOnly, string? allowedHosts)
{
    private readonly string[] _names = (allowedHosts ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a Host header's name, without port, is answered.</summary>
    public bool Allows(string host)
    {
        if (_names.Length == 0)
        {
            return !loopbackOnly || IsLoopback(host);
        }

        return _names.Contains("*") || _names.Contains(host, StringComparer.OrdinalIgnoreCase) || (loopbackOnly && IsLoopback(host));
    }

    /// <summary>Whether a name or an address literal, without port, means this machine. An empty name and a Unix socket's do too.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!Allows(context.Request.Host.Host))
        {
            await ProblemResult.WriteAsync(
                context,
                Problem.HostNotAllowed,
                "got a host name that is not served, want localhost or a name in the AllowedHosts setting");
            return;
        }

        await next(context);
    }
}
