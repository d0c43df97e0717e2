using SearchService.Http;

namespace SearchService.Web;

/// <summary><c>/</c>: where to go from here, in plain text.</summary>
internal static class StartPage
{
    private const string Text = """
        SearchService

        /v1/search?q=…        search (parameters: /openapi/v1.json)
        /v1/articles/{id}     one article with its evidence
        /v1/status            what serves
        /openapi/v1.json      the API's description

        """;

    public static void MapStartPage(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", Methods.GetAndHead, () => Results.Text(Text, "text/plain; charset=utf-8")).ExcludeFromDescription();
}
