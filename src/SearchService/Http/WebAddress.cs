using System.Diagnostics.CodeAnalysis;

namespace SearchService.Http;

/// <summary>Which addresses of articles may become links: absolute, http or https. An archive's files may declare anything.</summary>
internal static class WebAddress
{
    public static bool IsSafe([NotNullWhen(true)] string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
