namespace SearchService.Http;

/// <summary>
/// The addresses a server will listen on: the <c>--urls</c> option, else ASP.NET Core's own settings (<c>urls</c>, <c>http_ports</c>,
/// <c>https_ports</c>, <c>Kestrel:Endpoints</c>), else <see cref="Default"/>.
/// </summary>
/// <param name="Urls">The addresses, as written.</param>
/// <param name="Own">Whether the host has to be told: false where ASP.NET Core reads the same settings itself.</param>
internal sealed record ListenAddresses(IReadOnlyList<string> Urls, bool Own)
{
    /// <summary>Both loopback addresses.</summary>
    public const string Default = "http://localhost:5080";

    /// <summary>Whether only this machine can reach the server.</summary>
    public bool LoopbackOnly => Urls.All(IsLoopback);

    public static ListenAddresses Resolve(string? option, IConfiguration configuration)
    {
        if (option is not null)
        {
            return new ListenAddresses([.. Split(option).Select(FreePort)], Own: true);
        }

        List<string> configured = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "")];
        if (configured.Count == 0)
        {
            configured.AddRange(Split(configuration[WebHostDefaults.ServerUrlsKey]));
        }

        if (configured.Count == 0)
        {
            configured.AddRange(Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"));
            configured.AddRange(Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"));
        }

        return configured.Count == 0 ? new ListenAddresses([Default], Own: true) : new ListenAddresses(configured, Own: false);
    }

    /// <summary>The first address that is not http(s) with a host and a port from 0 to 65535; null where all are.</summary>
    public string? FirstWrong() => Urls.FirstOrDefault(url => Parse(url) is null);

    private static bool IsLoopback(string url) => Parse(url) is { } address && (address.IsUnixPipe || HostFilter.IsLoopback(address.Host));

    private static BindingAddress? Parse(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            bool known = address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
            return known && (address.IsUnixPipe || (address.Host.Length != 0 && address.Port is >= 0 and <= 65535)) ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // "Any free port" is one port of one address; localhost means two addresses, which Kestrel refuses there.
    private static string FreePort(string url) =>
        Parse(url) is { Port: 0, IsUnixPipe: false } address && address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? $"{address.Scheme}://127.0.0.1:0" : url;

    private static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
