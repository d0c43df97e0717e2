using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SearchService.Archive.Querying;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary>Writes a problem as <c>application/problem+json</c>.</summary>
/// <param name="problem">What went wrong.</param>
/// <param name="detail">What was got and what was wanted, one sentence; null for none.</param>
/// <param name="error">The refused request's parameter and position; null for none.</param>
/// <param name="retryAfter">When to try again; null for no such header.</param>
internal sealed class ProblemResult(Problem problem, string? detail = null, RequestError? error = null, TimeSpan? retryAfter = null) : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>The problem of a refused request.</summary>
    public static ProblemResult Refused(RequestError error) => new(Problem.Of(error), error.Message, error);

    public Task ExecuteAsync(HttpContext context) => WriteAsync(context, problem, detail, error, retryAfter);

    public static async Task WriteAsync(HttpContext context, Problem problem, string? detail = null, RequestError? error = null, TimeSpan? retryAfter = null)
    {
        ProblemResponse body = new()
        {
            Type = problem.Type,
            Title = problem.Title,
            Status = problem.Status,
            Detail = detail,
            Parameter = error?.Parameter,
            Position = error?.Position,
            Length = error?.Position is null ? null : error.Length,
            TraceId = TraceId(context),
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, ContractsJson.Readable.ProblemResponse);
        HttpResponse response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.ETag = default;
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(json, CancellationToken.None);
    }

    /// <summary>Names the request in the log and in its problem.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
