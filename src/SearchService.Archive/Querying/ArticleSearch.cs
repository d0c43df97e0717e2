using System.Globalization;
using System.Runtime.CompilerServices;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>
/// The only way to search, for HTTP, page and command line: parses, plans, settles how plain words combine, runs, and says what was
/// understood. Thread-safe; holds nothing between calls.
/// </summary>
/// <param name="index">The published archive.</param>
/// <param name="time">Clock and time zone: <c>today</c> is the civil day of its local zone, which on a server is the server's own.</param>
/// <param name="budget">Time for one search, counting for <see cref="MatchMode.Auto"/> included; null for the plan's default.</param>
public sealed class ArticleSearch(IArticleIndex index, TimeProvider time, TimeSpan? budget = null)
{
    /// <summary>With fewer articles than this that have all words, <see cref="MatchMode.Auto"/> takes articles with any of them.</summary>
    public const int LoosenBelow = 10;

    /// <summary>Hits of a page of an export.</summary>
    public const int ExportPage = 1_000;

    private readonly TimeSpan _budget = budget ?? new QueryPlan().Budget;

    /// <summary>Counting may take half of the time, so that something is found where it takes too long.</summary>
    private TimeSpan CountingBudget => _budget == Timeout.InfiniteTimeSpan ? _budget : _budget / 2;

    /// <summary>Answers a request. What the user got wrong is an outcome; only disks, networks and programmers throw.</summary>
    public ValueTask<SearchOutcome> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        FacetSpec[] facets = [.. request.Facets.Select(f => new FacetSpec(f, request.FacetSize, request.DateInterval, request.StrictFacets))];
        return RunAsync(request, facets, cancellationToken);
    }

    /// <summary>The values of one facet for a request, without hits.</summary>
    /// <param name="field">A field with exact values, or the date.</param>
    /// <param name="prefix">Only values with a word that begins so; null for all.</param>
    public ValueTask<SearchOutcome> FacetAsync(SearchRequest request, ArticleField field, string? prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(field);
        if (!field.HasValues && field != ArticleSchema.Date)
        {
            throw new ArgumentException($"field '{field}' has no facet", nameof(field));
        }

        FacetSpec facet = new(field, request.FacetSize, request.DateInterval, request.StrictFacets, string.IsNullOrWhiteSpace(prefix) ? null : prefix.Trim());
        return RunAsync(request with { Size = 0, Snippets = 0, Facets = [field] }, [facet], cancellationToken);
    }

    /// <summary>
    /// Every hit of a request, page by page, for exports; all from one commit, held until the caller stops. Each page is an answer with up to
    /// <see cref="ExportPage"/> hits. What prevents a search comes as the only outcome. The request's size, facets, snippets and
    /// explanation are left out. A page that ran out of time says so and is the last.
    /// </summary>
    public async IAsyncEnumerable<SearchOutcome> ExportAsync(SearchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Understand(request, [], out Question question) is { } refused)
        {
            yield return refused;
            yield break;
        }

        using IArticleSnapshot? snapshot = index.Acquire(question.Cursor?.Commit);
        if (snapshot is null)
        {
            yield return NoSnapshot(question);
            yield break;
        }

        Settled settled = await SettleAsync(question, snapshot, cancellationToken);
        QueryPlan plan = PlanOf(question, settled) with { Size = ExportPage, Snippets = default, Explain = false };
        while (true)
        {
            SearchAnswer page = Answer(question, settled, plan, await snapshot.SearchAsync(plan, cancellationToken));
            yield return new SearchOutcome.Found(page);
            if (page.Results is not { TimedOut: false, Next: { } next })
            {
                yield break;
            }

            plan = plan with { After = next, Budget = _budget };
        }
    }

    /// <summary>One article of the newest commit.</summary>
    public async ValueTask<ArticleOutcome> GetAsync(ArticleId id, CancellationToken cancellationToken)
    {
        using IArticleSnapshot? snapshot = index.Acquire();
        if (snapshot is null)
        {
            return new ArticleOutcome.NothingPublished();
        }

        return await snapshot.GetAsync(id, cancellationToken) is { } article
            ? new ArticleOutcome.Found(article, snapshot.Commit)
            : new ArticleOutcome.NotFound(snapshot.Commit);
    }

    private async ValueTask<SearchOutcome> RunAsync(SearchRequest request, IReadOnlyList<FacetSpec> facets, CancellationToken cancellationToken)
    {
        if (Understand(request, facets, out Question question) is { } refused)
        {
            return refused;
        }

        using IArticleSnapshot? snapshot = index.Acquire(question.Cursor?.Commit);
        if (snapshot is null)
        {
            return NoSnapshot(question);
        }

        Settled settled = await SettleAsync(question, snapshot, cancellationToken);
        QueryPlan plan = PlanOf(question, settled);
        return new SearchOutcome.Found(Answer(question, settled, plan, await snapshot.SearchAsync(plan, cancellationToken)));
    }

    /// <summary>Parses a request's text and cursor. Returns why it is refused, null where it is not.</summary>
    private SearchOutcome.Refused? Understand(SearchRequest request, IReadOnlyList<FacetSpec> facets, out Question question)
    {
        question = default;
        QueryParseResult parsed = QueryParser.Parse(request.Text);
        if (!parsed.Success)
        {
            QueryError error = parsed.Error;
            return new SearchOutcome.Refused(new RequestError("query-syntax", error.Message, SearchParameters.Text, error.Start, error.Length));
        }

        Cursor? cursor = null;
        ulong hash = Cursor.HashOf(request);
        if (request.Cursor is { } text)
        {
            if (!Cursor.TryParse(text, out Cursor read))
            {
                return BadCursor("the cursor is not one that an answer gave, want the 'next' of an answer unchanged");
            }

            if (read.Request != hash)
            {
                return BadCursor("the cursor belongs to another search, want the same query, filters and sort order");
            }

            cursor = read;
        }

        DateOnly today = cursor?.Today ?? DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        question = new Question(request, facets, parsed.Query, parsed.Notes, cursor, hash, today, time.GetTimestamp());
        return null;
    }

    private SearchOutcome NoSnapshot(Question question) =>
        question.Cursor is { } cursor && index.State.Commit is not null
            ? new SearchOutcome.CommitGone(cursor.Commit)
            : new SearchOutcome.NothingPublished();

    /// <summary>
    /// Settles how plain words combine: on the whole archive, so that a filter never changes it. Where the time for counting runs out, all
    /// words must occur.
    /// </summary>
    private async ValueTask<Settled> SettleAsync(Question question, IArticleSnapshot snapshot, CancellationToken cancellationToken)
    {
        MatchMode match = question.Request.Match;
        PlannedQuery planned = QueryPlanner.Plan(question.Query, match == MatchMode.Any ? MatchMode.Any : MatchMode.All, question.Today);
        if (match != MatchMode.Auto || !planned.Loosenable)
        {
            return new Settled(planned, match == MatchMode.Any ? MatchMode.Any : MatchMode.All, null);
        }

        // what cannot be counted in time is not loosened: with more to look at, that would take longer still
        return await snapshot.CountAsync(planned.Node, CountingBudget, cancellationToken) is { } articles and < LoosenBelow
            ? new Settled(QueryPlanner.Plan(question.Query, MatchMode.Any, question.Today), MatchMode.Any, articles)
            : new Settled(planned, MatchMode.All, null);
    }

    /// <summary>Says that words were combined more loosely, in words that are true also where a filter leaves nothing to show.</summary>
    /// <param name="articles">Articles of the whole archive that have all the words.</param>
    /// <param name="hits">Articles that the loosened search found.</param>
    private static string Loosened(long articles, long hits)
    {
        string who = articles switch
        {
            0 => "no article has",
            1 => "only 1 article has",
            _ => string.Create(CultureInfo.InvariantCulture, $"only {articles} articles have"),
        };
        return $"{who} all the words, articles with any of them {(hits == 0 ? "were looked for" : "are shown")}{(articles == 0 ? "" : " too")}";
    }

    private QueryPlan PlanOf(Question question, Settled settled)
    {
        SearchRequest request = question.Request;
        PlanNode query = settled.Query.Node;
        return new QueryPlan
        {
            Query = query,
            Filters = request.Filters,
            Date = DateFilters.From(request, question.Today),
            Ids = request.Ids,
            Sort = request.Sort ?? (QueryPlanner.Scores(query) ? SortOrder.Relevance : SortOrder.Newest),
            Size = request.Size,
            After = question.Cursor?.After,
            Facets = question.Facets,
            Snippets = new SnippetSpec(request.Snippets, request.SnippetLength),
            Explain = request.Explain,
            Budget = Remaining(question.Started),
        };
    }

    private static SearchAnswer Answer(Question question, Settled settled, QueryPlan plan, SearchResults results) => new()
    {
        Request = question.Request,
        Understood = settled.Query.Understood.ToString(),
        Match = settled.Match,
        Warnings = [.. question.Notes, .. settled.Query.Warnings, .. settled.AllWords is { } articles ? [Loosened(articles, results.Total)] : Array.Empty<string>()],
        Plan = plan,
        Results = results,
        NextCursor = results.Next is { } next ? new Cursor(results.Commit, next, question.Today, question.Hash).ToString() : null,
    };

    /// <summary>What is left of the budget, at least a moment: the backend is to say that time ran out.</summary>
    private TimeSpan Remaining(long started)
    {
        if (_budget == Timeout.InfiniteTimeSpan)
        {
            return _budget;
        }

        TimeSpan left = _budget - time.GetElapsedTime(started);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    private static SearchOutcome.Refused BadCursor(string message) => new(new RequestError("bad-cursor", message, SearchParameters.Cursor));

    /// <summary>A request parsed, with what its cursor says.</summary>
    private readonly record struct Question(
        SearchRequest Request, IReadOnlyList<FacetSpec> Facets, QuerySyntax Query, IReadOnlyList<string> Notes, Cursor? Cursor, ulong Hash, DateOnly Today, long Started);

    /// <summary>A query planned, with its words combined as they turned out to be.</summary>
    /// <param name="AllWords">Articles of the whole archive that have all the words, where there were too few; null where nothing was loosened.</param>
    private readonly record struct Settled(PlannedQuery Query, MatchMode Match, long? AllWords);
}
