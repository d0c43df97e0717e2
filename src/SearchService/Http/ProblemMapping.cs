using SearchService.Web;

namespace SearchService.Http;

/// <summary>
/// The one place that turns exceptions and bare error statuses into problems. What a client sees of a failure is a trace id; the
/// exception itself goes to the log.
/// </summary>
internal static partial class ProblemMapping
{
    public static IApplicationBuilder UseProblemMapping(this IApplicationBuilder app)
    {
        ILogger logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("SearchService.Http");
        return app.Use((context, next) => MapAsync(context, next, logger));
    }

    private static async Task MapAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
            return;
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = refused.StatusCode;
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none", ProblemResult.TraceId(context));
            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
                return;
            }

            context.Response.Clear();
            await ProblemResult.WriteAsync(context, Problem.Internal, "the request failed, the server's log has the reason under this trace id");
            return;
        }

        HttpResponse response = context.Response;
        if (!response.HasStarted && response.StatusCode >= 400 && response.ContentLength is null && response.ContentType is null)
        {
            Problem problem = Problem.OfStatus(response.StatusCode);
            if (problem == Problem.NotFound && WebPages.IsForPeople(context.Request))
            {
                await WebPages.WriteNotFoundAsync(context);
                return;
            }

            await ProblemResult.WriteAsync(context, problem, Detail(problem, context));
        }
    }

    private static string? Detail(Problem problem, HttpContext context) => problem.Name switch
    {
        "not-found" => "nothing lives at this path, /openapi/v1.json lists what does",
        "method-not-allowed" => $"got {Shown(context.Request.Method)}, want {context.Response.Headers.Allow.ToString().Replace(", ", " or ", StringComparison.Ordinal)}",
        _ => null,
    };

    private static string Shown(string method) => method.Length <= 20 ? method : method[..20] + "…";

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "request failed: {Method} {Route}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception failure, string method, string route, string traceId);
}
