using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>How plain words combine.</summary>
public enum MatchMode : byte
{
    /// <summary>All words are required; where fewer than ten articles of the whole archive have them all, any of them will do.</summary>
    Auto,
    All,
    Any,
}

/// <summary>
/// What a caller asks, already free of HTTP: every value is within its limits, names are resolved, the query text and
/// the dates are still as the user wrote them. SearchRequestReader makes one from parameters.
/// </summary>
public sealed record SearchRequest
{
    /// <summary>Longest query text in characters.</summary>
    public const int MaxTextChars = 512;

    /// <summary>Most hits a page can have.</summary>
    public const int MaxSize = 100;

    /// <summary>Most facets of one request.</summary>
    public const int MaxFacets = 10;

    /// <summary>Most values of one facet.</summary>
    public const int MaxFacetSize = 100;

    /// <summary>Most ids of one request.</summary>
    public const int MaxIds = 100;

    /// <summary>Query text; empty means everything.</summary>
    public string Text { get; init; } = "";

    public MatchMode Match { get; init; } = MatchMode.Auto;

    /// <summary>Filters on exact values; codes in upper case. At most one per field.</summary>
    public IReadOnlyList<ValueFilter> Filters { get; init; } = [];

    /// <summary>Date filters as written: <c>2018-11</c>, <c>1960/1969</c>, <c>today</c>, <c>P7D</c>, <c>_missing</c>, a leading - excludes.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>First day as written; null for open.</summary>
    public string? From { get; init; }

    /// <summary>Last day as written, inclusive; null for open.</summary>
    public string? To { get; init; }

    /// <summary>Null: relevance where the query has words or phrases to score by, else newest.</summary>
    public SortOrder? Sort { get; init; }

    /// <summary>Hits a page, 0 to 100.</summary>
    public int Size { get; init; } = 20;

    /// <summary>Opaque cursor from an earlier answer; null for the first page.</summary>
    public string? Cursor { get; init; }

    public IReadOnlyList<ArticleId>? Ids { get; init; }

    /// <summary>Facets wanted.</summary>
    public IReadOnlyList<ArticleField> Facets { get; init; } = [];

    /// <summary>Values a facet, 1 to 100.</summary>
    public int FacetSize { get; init; } = 20;

    /// <summary>True: a facet counts hits only; false: it leaves out the filters on its own field.</summary>
    public bool StrictFacets { get; init; }

    public DateInterval DateInterval { get; init; } = DateInterval.Auto;

    /// <summary>Snippets a hit, 0 to 10.</summary>
    public int Snippets { get; init; } = 3;

    /// <summary>About how many characters a snippet has, 40 to 1,000.</summary>
    public int SnippetLength { get; init; } = 160;

    public bool Explain { get; init; }
}

/// <summary>What comes of a search: an answer, or the reason why there is none.</summary>
public abstract record SearchOutcome
{
    private SearchOutcome()
    {
    }

    public sealed record Found(SearchAnswer Answer) : SearchOutcome;

    /// <summary>The request is wrong; nothing was searched.</summary>
    public sealed record Refused(RequestError Error) : SearchOutcome;

    /// <summary>The cursor's commit is no longer held.</summary>
    public sealed record CommitGone(CommitId Commit) : SearchOutcome;

    /// <summary>Nothing is published.</summary>
    public sealed record NothingPublished : SearchOutcome;
}

/// <summary>Why a request is refused.</summary>
/// <param name="Kind">Stable name in lower case with hyphens: query-syntax, unknown-parameter, bad-value, bad-cursor …</param>
/// <param name="Message">One sentence: what was got and what was wanted; lower case, no full stop, at most 200 characters.</param>
/// <param name="Parameter">The parameter at fault; null where none is.</param>
/// <param name="Position">Where in the query text, in UTF-16 units; null for other errors.</param>
/// <param name="Length">Length of the part at fault; 0 where it is a point.</param>
public sealed record RequestError(string Kind, string Message, string? Parameter = null, int? Position = null, int Length = 0);

/// <summary>An answered search.</summary>
public sealed record SearchAnswer
{
    public required SearchRequest Request { get; init; }

    /// <summary>The query as it was understood, in the query language: parsing it again gives the same.</summary>
    public required string Understood { get; init; }

    /// <summary>How plain words were combined: <see cref="MatchMode.All"/> or <see cref="MatchMode.Any"/>.</summary>
    public required MatchMode Match { get; init; }

    /// <summary>What the user should know, one sentence each: words loosened, stop words left out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required QueryPlan Plan { get; init; }

    public required SearchResults Results { get; init; }

    /// <summary>Cursor of the next page; null on the last.</summary>
    public string? NextCursor { get; init; }
}
