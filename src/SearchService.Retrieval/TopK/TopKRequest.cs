namespace SearchService.Retrieval.TopK;

/// <summary>What is wanted of a search besides the query.</summary>
public sealed record TopKRequest
{
    /// <summary>Most hits that can be asked for.</summary>
    public const int MaxHits = 10_000_000;

    /// <summary>Best hits wanted, 0 to <see cref="MaxHits"/>.</summary>
    public int Hits { get; init; } = 10;

    /// <summary>How the total is counted. Without one, blocks that cannot reach the best hits are skipped.</summary>
    public TotalCount Total { get; init; } = TotalCount.None;

    /// <summary>Largest total worth counting where <see cref="Total"/> is <see cref="TotalCount.Capped"/>.</summary>
    public int TotalCap { get; init; } = 10_000;

    /// <summary>Whether the set of all matches is wanted; it comes with the exact total.</summary>
    public bool Matches { get; init; }

    /// <summary>
    /// A set to put the matches into, cleared first, so that a caller who counts facets again and again can keep one a thread; null for a new one.
    /// Over as many documents as the reader. Untouched without <see cref="Matches"/>.
    /// </summary>
    public DocSet? MatchesInto { get; init; }

    /// <summary>Only hits that rank behind this one (of the same query on the same reader); null for the best.</summary>
    public Hit? After { get; init; }

    /// <summary>Time after which the search stops and says so; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Budget { get; init; } = Timeout.InfiniteTimeSpan;
}

/// <summary>How the total is counted.</summary>
public enum TotalCount : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Up to a cap.</summary>
    Capped,

    /// <summary>Exactly.</summary>
    Exact,
}

/// <summary>A document and its score. Hits rank by score, then by document.</summary>
public readonly record struct Hit(int Doc, float Score);

/// <summary>What a search found.</summary>
public sealed class TopKResult
{
    /// <summary>Best first; equal scores in order of documents.</summary>
    public required IReadOnlyList<Hit> Hits { get; init; }

    /// <summary>Documents that match; -1 where not asked for.</summary>
    public required long Total { get; init; }

    /// <summary>Whether there are exactly <see cref="Total"/> matches (else at least so many).</summary>
    public required bool TotalIsExact { get; init; }

    /// <summary>Whether the budget ran out: hits, total and matches are of a part of the index only.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>All matches; null where not asked for.</summary>
    public DocSet? Matches { get; init; }
}
