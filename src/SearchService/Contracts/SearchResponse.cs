namespace SearchService.Contracts;

/// <summary>The answer of <c>/v1/search</c>, and what <c>search --json</c> prints. Absent values are left out.</summary>
public sealed record SearchResponse
{
    /// <summary>How the query was understood.</summary>
    public required QueryEcho Query { get; init; }

    /// <summary>The commit that answered, as generation.commit.</summary>
    public required string Generation { get; init; }

    /// <summary>Articles that match.</summary>
    public required long Total { get; init; }

    /// <summary>Whether total and facets are exact; false only where the time budget ran out.</summary>
    public required bool Exact { get; init; }

    /// <summary>Whether the time budget ran out.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>Time spent, in milliseconds.</summary>
    public required TookResponse Took { get; init; }

    /// <summary>The page of hits.</summary>
    public required IReadOnlyList<HitResponse> Hits { get; init; }

    /// <summary>The facets asked for, by field name, in the order asked for; left out where none were.</summary>
    public IReadOnlyDictionary<string, FacetResponse>? Facets { get; init; }

    /// <summary>The plan that ran, in one line; only with explain.</summary>
    public string? Plan { get; init; }

    /// <summary>A query that would find more; left out where there is none.</summary>
    public string? DidYouMean { get; init; }

    /// <summary>Cursor of the next page; left out on the last.</summary>
    public string? Next { get; init; }
}

/// <summary>How a query was understood.</summary>
/// <param name="Text">The query as sent.</param>
/// <param name="Understood">The same in the query language's own spelling; sending it gives the same answer.</param>
/// <param name="Match">How plain words were combined: all or any.</param>
/// <param name="Warnings">What the caller should know, one sentence each.</param>
public sealed record QueryEcho(string Text, string Understood, string Match, IReadOnlyList<string> Warnings);

/// <summary>Time spent in milliseconds, rounded to a hundredth.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Match">Finding and ranking.</param>
/// <param name="Facets">Counting facets.</param>
/// <param name="Snippets">Cutting snippets.</param>
public sealed record TookResponse(double Total, double Match, double Facets, double Snippets);

/// <summary>One article found.</summary>
public sealed record HitResponse : ArticleFields
{
    /// <summary>BM25 score; left out where the order is not by relevance.</summary>
    public double? Score { get; init; }

    /// <summary>Passages that match; left out where snippets=0.</summary>
    public IReadOnlyList<SnippetResponse>? Snippets { get; init; }

    /// <summary>How the score came about; only with explain.</summary>
    public string? Explanation { get; init; }
}

/// <summary>A passage of a hit.</summary>
/// <param name="Field">headline or body.</param>
/// <param name="Html">The passage, encoded for HTML first and then marked; mark is its only element.</param>
/// <param name="Text">The passage as plain text.</param>
/// <param name="Marks">What matched: pairs of start and end (exclusive) in UTF-16 units of the text.</param>
public sealed record SnippetResponse(string Field, string Html, string Text, IReadOnlyList<IReadOnlyList<int>> Marks);
