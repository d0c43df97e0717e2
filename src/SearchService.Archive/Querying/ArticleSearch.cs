using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>What comes of asking for one article.</summary>
public abstract record ArticleOutcome
{
    private ArticleOutcome()
    {
    }

    public sealed record Found(Article Article, CommitId Commit) : ArticleOutcome;

    /// <summary>The served commit has no article of that id.</summary>
    public sealed record NotFound(CommitId Commit) : ArticleOutcome;

    /// <summary>Nothing is published.</summary>
    public sealed record NothingPublished : ArticleOutcome;
}

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

    private readonly TimeSpan _budget = budget ?? new QueryPlan().Budget;

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
        QueryParseResult parsed = QueryParser.Parse(request.Text);
        if (!parsed.Success)
        {
            QueryError error = parsed.Error;
            return Refused(new RequestError("query-syntax", error.Message, SearchParameters.Text, error.Start, error.Length));
        }

        Cursor? cursor = null;
        ulong hash = Cursor.HashOf(request);
        if (request.Cursor is { } text)
        {
            if (!Cursor.TryParse(text, out Cursor read))
            {
                return Refused(new RequestError("bad-cursor", "the cursor is not one that an answer gave, want the 'next' of an answer unchanged", SearchParameters.Cursor));
            }

            if (read.Request != hash)
            {
                return Refused(new RequestError("bad-cursor", "the cursor belongs to another search, want the same query, filters and sort order", SearchParameters.Cursor));
            }

            cursor = read;
        }

        long started = time.GetTimestamp();
        using IArticleSnapshot? snapshot = index.Acquire(cursor?.Commit);
        if (snapshot is null)
        {
            return cursor is { } gone && index.State.Commit is not null ? new SearchOutcome.CommitGone(gone.Commit) : new SearchOutcome.NothingPublished();
        }

        DateOnly today = cursor?.Today ?? DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        (PlannedQuery planned, MatchMode match, string? loosened) = await PlanAsync(parsed.Query, request.Match, today, snapshot, cancellationToken);
        QueryPlan plan = new()
        {
            Query = planned.Node,
            Filters = request.Filters,
            Date = DateFilters.From(request, today),
            Ids = request.Ids,
            Sort = request.Sort ?? (QueryPlanner.Scores(planned.Node) ? SortOrder.Relevance : SortOrder.Newest),
            Size = request.Size,
            After = cursor?.After,
            Facets = facets,
            Snippets = new SnippetSpec(request.Snippets, request.SnippetLength),
            Explain = request.Explain,
            Budget = Remaining(started),
        };
        SearchResults results = await snapshot.SearchAsync(plan, cancellationToken);
        return new SearchOutcome.Found(new SearchAnswer
        {
            Request = request,
            Understood = planned.Understood.ToString(),
            Match = match,
            Warnings = [.. parsed.Notes, .. planned.Warnings, .. loosened is null ? [] : new[] { loosened }],
            Plan = plan,
            Results = results,
            NextCursor = results.Next is { } next ? new Cursor(snapshot.Commit, next, today, hash).ToString() : null,
        });
    }

    /// <summary>Plans a query and settles <see cref="MatchMode.Auto"/>: on the whole archive, so that a filter never changes it.</summary>
    private static async ValueTask<(PlannedQuery Planned, MatchMode Match, string? Loosened)> PlanAsync(
        QuerySyntax query, MatchMode match, DateOnly today, IArticleSnapshot snapshot, CancellationToken cancellationToken)
    {
        PlannedQuery planned = QueryPlanner.Plan(query, match == MatchMode.Any ? MatchMode.Any : MatchMode.All, today);
        if (match != MatchMode.Auto || !planned.Loosenable)
        {
            return (planned, match == MatchMode.Any ? MatchMode.Any : MatchMode.All, null);
        }

        long articles = await snapshot.CountAsync(planned.Node, cancellationToken);
        if (articles >= LoosenBelow)
        {
            return (planned, MatchMode.All, null);
        }

        string loosened = articles switch
        {
            0 => "no article has all the words, articles with any of them are shown",
            1 => "only 1 article has all the words, articles with any of them are shown too",
            _ => $"only {articles} articles have all the words, articles with any of them are shown too",
        };
        return (QueryPlanner.Plan(query, MatchMode.Any, today), MatchMode.Any, loosened);
    }

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

    private static SearchOutcome.Refused Refused(RequestError error) => new(error);
}
