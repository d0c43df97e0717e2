using System.Diagnostics.CodeAnalysis;

namespace SearchService.Archive.Querying;

/// <summary>Why a query was not understood.</summary>
/// <param name="Message">One sentence, lower case, without full stop: what stands there and what would be right.</param>
/// <param name="Start">The part at fault, in UTF-16 units of the query text.</param>
/// <param name="Length">Its length; 0 where it is a point.</param>
public sealed record QueryError(string Message, int Start, int Length);

/// <summary>What a query text turned out to be: a tree, or an error with its position.</summary>
public sealed class QueryParseResult
{
    private QueryParseResult(QuerySyntax? query, QueryError? error, IReadOnlyList<string> notes)
    {
        Query = query;
        Error = error;
        Notes = notes;
    }

    /// <summary>The tree; null where there is an error.</summary>
    public QuerySyntax? Query { get; }

    /// <summary>The error; null where there is a tree.</summary>
    public QueryError? Error { get; }

    /// <summary>How signs that could mean something else were read, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    [MemberNotNullWhen(true, nameof(Query))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Query is not null;

    internal static QueryParseResult Understood(QuerySyntax query, IReadOnlyList<string> notes) => new(query, null, notes);

    internal static QueryParseResult Failed(QueryError error) => new(null, error, []);

    internal static QueryParseResult Failed(string message, int start, int length) => new(null, new QueryError(message, start, length), []);
}
