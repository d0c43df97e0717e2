namespace SearchService.Contracts;

/// <summary>Why a request was not answered (RFC 9457). Absent values are left out.</summary>
public sealed record ProblemResponse
{
    /// <summary>Stable name of the problem: urn:searchservice:problem:query-syntax.</summary>
    public required string Type { get; init; }

    /// <summary>The problem in a few words, the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What was got and what was wanted, one sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>The parameter at fault.</summary>
    public string? Parameter { get; init; }

    /// <summary>Where in the query text, in UTF-16 units; only for query errors.</summary>
    public int? Position { get; init; }

    /// <summary>Length of the part at fault; 0 where it is a point.</summary>
    public int? Length { get; init; }

    /// <summary>Names this request in the server's log.</summary>
    public string? TraceId { get; init; }
}
