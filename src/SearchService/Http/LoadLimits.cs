namespace SearchService.Http;

/// <summary>The endpoint filters that refuse what is too much: by client, by searches and by exports.</summary>
internal sealed class LoadLimits : IDisposable
{
    private readonly ClientRates _rates;
    private readonly SearchGate _searches;
    private readonly SearchGate _exports;

    public LoadLimits(ServerOptions options, TimeProvider clock)
    {
        _rates = new ClientRates(options.RequestsPerSecond, options.RequestBurst, clock);
        int running = options.ConcurrentSearches == 0 ? 2 * Environment.ProcessorCount : options.ConcurrentSearches;
        int waiting = options.QueuedSearches == 0 ? 4 * Environment.ProcessorCount : options.QueuedSearches;
        _searches = new SearchGate(running, waiting, options.QueueWait);
        _exports = new SearchGate(options.ConcurrentExports, waiting: 0, TimeSpan.Zero);
    }

    /// <summary>One turn for a search; 503 where there is none in time.</summary>
    public ValueTask<object?> SearchTurn(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        TurnAsync(_searches, "too many searches run at once", context, next);

    /// <summary>One turn for an export, whose handler writes the answer itself and so holds it until the last byte; 503 where there is none.</summary>
    public ValueTask<object?> ExportTurn(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        TurnAsync(_exports, "too many exports run at once", context, next);

    /// <summary>Counts the request against its client's rate; 429 where that is used up.</summary>
    public async ValueTask<object?> ClientRate(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        _rates.Take(context.HttpContext.Connection.RemoteIpAddress)
            ? await next(context)
            : new ProblemResult(Problem.TooManyRequests, "this client sends too many requests, slow down", retryAfter: Retry.Soon);

    public void Dispose()
    {
        _searches.Dispose();
        _exports.Dispose();
    }

    private static async ValueTask<object?> TurnAsync(SearchGate gate, string refusal, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!await gate.EnterAsync(context.HttpContext.RequestAborted))
        {
            return new ProblemResult(Problem.Overloaded, refusal + ", try again in a second", retryAfter: Retry.Soon);
        }

        try
        {
            return await next(context);
        }
        finally
        {
            gate.Leave();
        }
    }
}
