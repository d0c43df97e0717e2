using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>
/// The problems a client may meet. <see cref="Name"/> is the stable end of the problem's type; title and status never change with the
/// occurrence, only the detail does.
/// </summary>
/// <param name="Name">Stable name in lower case with hyphens.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The problem in a few words.</param>
internal sealed record Problem(string Name, int Status, string Title)
{
    /// <summary>What stands before the name in <c>type</c>.</summary>
    public const string TypePrefix = "urn:searchservice:problem:";

    public static readonly Problem NotFound = new("not-found", StatusCodes.Status404NotFound, "nothing here");
    public static readonly Problem ArticleNotFound = new("article-not-found", StatusCodes.Status404NotFound, "no such article");
    public static readonly Problem FieldNotFound = new("unknown-facet", StatusCodes.Status404NotFound, "no such facet");
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "method not allowed");
    public static readonly Problem CommitGone = new("commit-gone", StatusCodes.Status410Gone, "the cursor's commit is no longer held");
    public static readonly Problem AddressTooLong = new("address-too-long", StatusCodes.Status414UriTooLong, "address too long");
    public static readonly Problem HostNotAllowed = new("host-not-allowed", StatusCodes.Status400BadRequest, "host not allowed");
    public static readonly Problem BadRequest = new("bad-request", StatusCodes.Status400BadRequest, "request not understood");
    public static readonly Problem TooManyRequests = new("too-many-requests", StatusCodes.Status429TooManyRequests, "too many requests");
    public static readonly Problem Overloaded = new("overloaded", StatusCodes.Status503ServiceUnavailable, "too many searches at once");
    public static readonly Problem TimedOut = new("timed-out", StatusCodes.Status503ServiceUnavailable, "the request took too long");
    public static readonly Problem NothingPublished = new("nothing-published", StatusCodes.Status503ServiceUnavailable, "no index to search");
    public static readonly Problem Stopping = new("stopping", StatusCodes.Status503ServiceUnavailable, "the server is stopping");
    public static readonly Problem Internal = new("internal-error", StatusCodes.Status500InternalServerError, "the server failed");

    /// <summary>The full type.</summary>
    public string Type => TypePrefix + Name;

    /// <summary>What a request can be refused for, by <see cref="RequestError.Kind"/>.</summary>
    public static IReadOnlyList<Problem> Refusals { get; } =
    [
        new("query-syntax", StatusCodes.Status400BadRequest, "the query is not understood"),
        new("unknown-parameter", StatusCodes.Status400BadRequest, "no such parameter"),
        new("duplicate-parameter", StatusCodes.Status400BadRequest, "a parameter is given twice"),
        new("bad-value", StatusCodes.Status400BadRequest, "a parameter's value is not allowed"),
        new("bad-cursor", StatusCodes.Status400BadRequest, "the cursor does not belong to this request"),
        new("not-available", StatusCodes.Status400BadRequest, "not available"),
    ];

    /// <summary>The problem of a refused request.</summary>
    public static Problem Of(RequestError error) =>
        Refusals.FirstOrDefault(r => r.Name == error.Kind) ?? BadRequest with { Name = error.Kind };

    /// <summary>The problem for a status that something else set without a body.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status414UriTooLong => AddressTooLong,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        >= 500 => Internal with { Status = status },
        _ => BadRequest with { Status = status },
    };

    /// <summary>What to do where no index was ever built.</summary>
    public const string NoIndexYet = "there is no index yet: run searchservice reindex PATH";

    /// <summary>Why nothing can be answered: what the index says is wrong, else the command to run.</summary>
    public static string NothingPublishedDetail(IndexState state) => state.Degraded ?? NoIndexYet;
}
