using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchService.Http;

/// <summary>A contract as JSON with its length, so that a HEAD request learns it.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        HttpResponse response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
