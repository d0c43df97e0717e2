using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SearchService.Http;

/// <summary><c>/openapi/v1.json</c>: the API's description (OpenAPI 3.1), made once. The framework's own endpoint would not answer HEAD.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = $"/openapi/{ApiDescription.DocumentName}.json";

    public static void MapApiDescription(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, Methods.GetAndHead, DocumentAsync).ExcludeFromDescription();

    private static async Task<IResult> DocumentAsync(
        HttpContext context,
        [FromKeyedServices(ApiDescription.DocumentName)] IOpenApiDocumentProvider provider,
        OpenApiText text) =>
        Results.Bytes(await text.GetAsync(provider, context.RequestAborted), "application/json; charset=utf-8");
}

/// <summary>Keeps the written document. Thread-safe; two first readers may write it twice.</summary>
internal sealed class OpenApiText
{
    private volatile byte[]? _json;

    public async ValueTask<byte[]> GetAsync(IOpenApiDocumentProvider provider, CancellationToken cancellationToken)
    {
        if (_json is { } json)
        {
            return json;
        }

        OpenApiDocument document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        StringWriter writer = new(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(writer));
        json = Encoding.UTF8.GetBytes(writer.ToString());
        _json = json;
        return json;
    }
}
