using SearchService.Archive.Articles;

namespace SearchService.Archive.Index;

/// <summary>
/// A search as data: what any backend runs, with nothing of it left to interpretation. <see cref="ToString"/> prints it
/// in one line, for explain and for tests.
/// </summary>
public sealed record QueryPlan
{
    /// <summary>What must match and how it scores.</summary>
    public PlanNode Query { get; init; } = MatchAllNode.Instance;

    /// <summary>Filters on exact values; all must hold. At most one per field.</summary>
    public IReadOnlyList<ValueFilter> Filters { get; init; } = [];

    /// <summary>Filter on the date; null for none.</summary>
    public DateFilter? Date { get; init; }

    /// <summary>Only these articles (at most 100); null for no such limit.</summary>
    public IReadOnlyList<ArticleId>? Ids { get; init; }

    public SortOrder Sort { get; init; } = SortOrder.Relevance;

    /// <summary>Hits wanted, 0 to 100 (an export takes pages of up to 1,000).</summary>
    public int Size { get; init; } = 20;

    /// <summary>Continue after this hit of the same commit and plan; null for the first page.</summary>
    public SearchAfter? After { get; init; }

    /// <summary>Facets wanted, in the order they are answered. At most one per field.</summary>
    public IReadOnlyList<FacetSpec> Facets { get; init; } = [];

    /// <summary>Snippets wanted per hit.</summary>
    public SnippetSpec Snippets { get; init; } = new(3, 160);

    /// <summary>Whether each hit comes with an explanation of its score.</summary>
    public bool Explain { get; init; }

    /// <summary>Time after which the search stops and says so; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(5);

    public override string ToString() => PlanPrinter.Print(this);
}

public enum SortOrder : byte
{
    /// <summary>Best score first, ties in index order.</summary>
    Relevance,

    /// <summary>Latest civil date and time first, ties in index order, undated last.</summary>
    Newest,

    /// <summary>Earliest civil date and time first, ties in index order, undated last.</summary>
    Oldest,
}

/// <summary>Articles whose values in <paramref name="Field"/> include one of <paramref name="AnyOf"/> (where it is not empty) and none of <paramref name="NoneOf"/>. <see cref="ArticleSchema.Missing"/> stands for no value.</summary>
public sealed record ValueFilter(ArticleField Field, IReadOnlyList<string> AnyOf, IReadOnlyList<string> NoneOf);

/// <summary>A range of civil days, both ends inclusive; null is open.</summary>
public readonly record struct DayRange(DateOnly? From, DateOnly? To)
{
    /// <summary>Whether a date lies inside with all the days it may mean.</summary>
    public bool Contains(DateOnly first, DateOnly last) => (From is null || first >= From) && (To is null || last <= To);
}

/// <summary>
/// Articles whose date lies inside one of <see cref="AnyOf"/> (or is missing where <see cref="AnyOfMissing"/>), and inside none
/// of <see cref="NoneOf"/> (nor missing where <see cref="NoneOfMissing"/>). With neither ranges nor missing wanted, any date will do.
/// A date known only to the month or year is inside where its whole month or year is.
/// </summary>
public sealed record DateFilter
{
    public IReadOnlyList<DayRange> AnyOf { get; init; } = [];

    public bool AnyOfMissing { get; init; }

    public IReadOnlyList<DayRange> NoneOf { get; init; } = [];

    public bool NoneOfMissing { get; init; }
}

/// <summary>The width of a bucket of the date facet.</summary>
public enum DateInterval : byte
{
    /// <summary>The finest that gives at most 100 buckets over the hits' span.</summary>
    Auto,
    Day,

    /// <summary>ISO 8601 weeks, Monday first.</summary>
    Week,
    Month,
    Quarter,
    Year,

    /// <summary>Ten years from one that ends in 0.</summary>
    Decade,
}

/// <summary>A facet wanted.</summary>
/// <param name="Field">A field with exact values, or <see cref="ArticleSchema.Date"/>.</param>
/// <param name="Size">Values wanted, 1 to 100; ignored for the date.</param>
/// <param name="Interval">Bucket width; ignored but for the date.</param>
/// <param name="Strict">True counts hits only; false (multi-select) leaves out the filters on the facet's own field.</param>
/// <param name="Prefix">Only values with a word that begins so, folded and in any case; null for all.</param>
public sealed record FacetSpec(ArticleField Field, int Size = 20, DateInterval Interval = DateInterval.Auto, bool Strict = false, string? Prefix = null);

/// <summary>Snippets wanted per hit: how many (0 = none) and about how long in characters.</summary>
public readonly record struct SnippetSpec(int Count, int Length);

/// <summary>
/// Where a page ended: the last hit's sort key and place in the index. Means something only within one commit, with the same plan.
/// </summary>
/// <param name="Key">Score bits for relevance, else the day and time; the backend's own.</param>
/// <param name="Document">The last hit's number in the commit.</param>
public readonly record struct SearchAfter(long Key, int Document);

/// <summary>A node of the query tree. Immutable.</summary>
public abstract record PlanNode
{
    private protected PlanNode()
    {
    }

    public sealed override string ToString() => PlanPrinter.Print(this);
}

/// <summary>Every article, score 0.</summary>
public sealed record MatchAllNode : PlanNode
{
    public static readonly MatchAllNode Instance = new();
}

/// <summary>No article.</summary>
public sealed record MatchNoneNode : PlanNode
{
    public static readonly MatchNoneNode Instance = new();
}

/// <summary>
/// A word as the user wrote it, in one field. The backend analyses it as it analysed the field; a word that becomes
/// several terms ("co-operation") is a phrase of them.
/// </summary>
public sealed record WordNode(ArticleField Field, string Word, float Boost = 1) : PlanNode;

/// <summary>Words in order next to each other, or within <paramref name="Slop"/> moves of it.</summary>
public sealed record PhraseNode(ArticleField Field, string Words, int Slop = 0, float Boost = 1) : PlanNode;

/// <summary>All terms that begin so, none left out; folded and lower-cased, not stemmed. Scores 1 × boost.</summary>
public sealed record PrefixNode(ArticleField Field, string Prefix, float Boost = 1) : PlanNode;

/// <summary>An exact value of a field with values; <see cref="ArticleSchema.Missing"/> for none. Scores 0.</summary>
public sealed record ValueNode(ArticleField Field, string Value) : PlanNode;

/// <summary>A date inside a range; score 0.</summary>
public sealed record DateNode(DayRange Range) : PlanNode;

/// <summary>All of the nodes; the score is the sum. At least two.</summary>
public sealed record AndNode(IReadOnlyList<PlanNode> Nodes) : PlanNode;

/// <summary>Any of the nodes; the score is the sum over those that match. At least two.</summary>
public sealed record OrNode(IReadOnlyList<PlanNode> Nodes) : PlanNode;

/// <summary>Articles that do not match the node; score 0. Inside an <see cref="AndNode"/> it excludes.</summary>
public sealed record NotNode(PlanNode Node) : PlanNode;
