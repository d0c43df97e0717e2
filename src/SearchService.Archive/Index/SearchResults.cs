using SearchService.Archive.Articles;

namespace SearchService.Archive.Index;

/// <summary>What a backend answers to a plan.</summary>
public sealed record SearchResults
{
    public required CommitId Commit { get; init; }

    /// <summary>Articles that match; exact unless <see cref="Exact"/> is false.</summary>
    public required long Total { get; init; }

    /// <summary>False only where the time budget ran out: total and facets then count what was seen.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Whether the time budget ran out.</summary>
    public bool TimedOut { get; init; }

    public IReadOnlyList<Hit> Hits { get; init; } = [];

    /// <summary>One per <see cref="QueryPlan.Facets"/>, in that order.</summary>
    public IReadOnlyList<FacetResult> Facets { get; init; } = [];

    /// <summary>Where the next page begins; null where this is the last.</summary>
    public SearchAfter? Next { get; init; }

    public SearchTimings Timings { get; init; }
}

/// <summary>One article found.</summary>
/// <param name="Score">BM25 score; null where the plan does not score.</param>
/// <param name="Explanation">How the score came about; null unless asked for.</param>
public sealed record Hit(Article Article, float? Score, IReadOnlyList<Snippet> Snippets, string? Explanation = null);

/// <summary>A passage of a hit.</summary>
/// <param name="Field">headline or body.</param>
/// <param name="Text">The passage as plain text; … stands where text is left out.</param>
/// <param name="Marks">What matched: start and end (exclusive) in UTF-16 units of <paramref name="Text"/>, in order, not overlapping.</param>
public sealed record Snippet(string Field, string Text, IReadOnlyList<TextSpan> Marks);

/// <summary>A stretch of text in UTF-16 units, end exclusive.</summary>
public readonly record struct TextSpan(int Start, int End);

/// <summary>The answer to a <see cref="FacetSpec"/>.</summary>
public abstract record FacetResult(ArticleField Field)
{
    /// <summary>Articles counted that have no value.</summary>
    public required long Missing { get; init; }
}

/// <summary>Counts per value.</summary>
public sealed record ValueFacet(ArticleField Field) : FacetResult(Field)
{
    /// <summary>The most frequent first, ties by value; selected values outside the top come after, with their real counts.</summary>
    public required IReadOnlyList<FacetValue> Values { get; init; }

    /// <summary>Number of distinct values counted, listed or not.</summary>
    public required int Total { get; init; }

    /// <summary>Articles counted that have only values not listed, and at least one.</summary>
    public required long Other { get; init; }
}

/// <summary>One value of a facet.</summary>
public sealed record FacetValue(string Value, long Count, bool Selected);

/// <summary>Counts per period, without gaps from the first bucket with a hit to the last.</summary>
public sealed record DateFacet() : FacetResult(ArticleSchema.Date)
{
    /// <summary>The interval used, never <see cref="DateInterval.Auto"/>.</summary>
    public required DateInterval Interval { get; init; }

    public required IReadOnlyList<DateBucket> Buckets { get; init; }

    /// <summary>Articles counted whose date is coarser than the interval; buckets + imprecise + missing = articles counted.</summary>
    public required long Imprecise { get; init; }
}

/// <summary>One period of the date facet.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day of the next bucket.</param>
/// <param name="Archive">Articles of the whole archive in this bucket.</param>
/// <param name="Selected">Whether the date filter holds exactly this period.</param>
public sealed record DateBucket(DateOnly From, DateOnly To, long Count, long Archive, bool Selected = false);

/// <summary>Time spent, in parts.</summary>
public readonly record struct SearchTimings(TimeSpan Match, TimeSpan Facets, TimeSpan Snippets, TimeSpan Total);
