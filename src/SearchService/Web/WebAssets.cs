using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using SearchService.Http;

namespace SearchService.Web;

/// <summary>
/// The page's style and icon: embedded in the program and served under an address that names their content, so that
/// they can be kept for ever and a new version is never mixed with an old one.
/// </summary>
internal static class WebAssets
{
    private static readonly Asset StyleAsset = Load("style.css", "text/css; charset=utf-8");
    private static readonly Asset IconAsset = Load("icon.svg", "image/svg+xml");

    /// <summary>Address of the style sheet.</summary>
    public static string Style => StyleAsset.Address;

    /// <summary>Address of the icon.</summary>
    public static string Icon => IconAsset.Address;

    public static void MapWebAssets(this IEndpointRouteBuilder routes)
    {
        foreach (Asset asset in (Asset[])[StyleAsset, IconAsset])
        {
            routes.MapMethods(asset.Address, Methods.GetAndHead, FileContentHttpResult (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return TypedResults.Bytes(asset.Content, asset.ContentType);
            }).ExcludeFromDescription();
        }
    }

    private static Asset Load(string name, string contentType)
    {
        using Stream stream = typeof(WebAssets).Assembly.GetManifestResourceStream($"SearchService.Web.{name}")
            ?? throw new InvalidOperationException($"resource {name} is not in the program");
        using MemoryStream content = new();
        stream.CopyTo(content);
        byte[] bytes = content.ToArray();
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        return new Asset($"/assets/{hash}/{name}", contentType, bytes);
    }

    private sealed record Asset(string Address, string ContentType, byte[] Content);
}
