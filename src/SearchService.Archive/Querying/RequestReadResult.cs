using System.Diagnostics.CodeAnalysis;

namespace SearchService.Archive.Querying;

/// <summary>A request, or why the parameters make none.</summary>
public sealed record RequestReadResult
{
    /// <summary>The request; null where there is an error.</summary>
    public SearchRequest? Request { get; private init; }

    /// <summary>The error; null where there is a request.</summary>
    public RequestError? Error { get; private init; }

    [MemberNotNullWhen(true, nameof(Request))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Request is not null;

    internal static RequestReadResult Read(SearchRequest request) => new() { Request = request };

    internal static RequestReadResult Refused(RequestError error) => new() { Error = error };
}
