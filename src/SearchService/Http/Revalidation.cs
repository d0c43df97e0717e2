using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SearchService.Archive.Index;

namespace SearchService.Http;

/// <summary>
/// Weak entity tags: the same request to the same commit, on the same day and by the same program has the same answer (but for the time it
/// took), so a client that holds it is told so without a search. The day counts because dates like <c>today</c> move with it; the build,
/// because an index folder that was deleted and built anew counts from 1 again.
/// </summary>
internal static class Revalidation
{
    /// <summary>The tag of an answer.</summary>
    /// <param name="commit">The commit that answers.</param>
    /// <param name="canonical">The request in canonical form, with the resource it is for.</param>
    /// <param name="now">The local time of the answer.</param>
    public static string Tag(CommitId commit, string canonical, DateTimeOffset now)
    {
        string day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Versions.Program}\0{commit.Build}\0{day}\0{canonical}")));
        return $"W/\"{commit}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}\"";
    }

    /// <summary>Whether the client holds the answer of that tag (RFC 9110, 13.1.2: weak comparison, <c>*</c> is any).</summary>
    public static bool Holds(HttpRequest request, string tag)
    {
        StringValues held = request.Headers.IfNoneMatch;
        return held.Count != 0
            && EntityTagHeaderValue.TryParseList(held, out IList<EntityTagHeaderValue>? tags)
            && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));
    }

    /// <summary>Puts the tag on an answer; a cache may keep it but must ask before it uses it.</summary>
    public static void Mark(HttpResponse response, string tag)
    {
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
    }

    /// <summary>The answer to a client that holds it already.</summary>
    public static IResult NotModified(HttpResponse response, string tag)
    {
        Mark(response, tag);
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }
}
