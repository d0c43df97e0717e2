using System.Text;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>A request as a query string in canonical form: the same request always gives the same text.</summary>
internal static class CanonicalQuery
{
    /// <summary>The query string with its question mark; empty where every parameter has its default.</summary>
    public static string Of(SearchRequest request)
    {
        StringBuilder query = new();
        foreach ((string name, string value) in SearchRequestWriter.ToParameters(request))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }
}
