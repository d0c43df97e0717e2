using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.TopK;
using Hit = SearchService.Archive.Index.Hit;
using Ranked = SearchService.Retrieval.TopK.Hit;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Runs one plan over one snapshot: the query once into a set of matches and the best hits, the filters as sets beside it,
/// each facet over the sets that count for it, each hit read. Facets and hits are parts that a second core may share.
/// </summary>
internal sealed class PlanSearch
{
    // what the hits must take, in microseconds, before a second thread pays: it begins after 70. Facets alone do not pay, its caches have no columns.
    private const int LeastShared = 200;

    // what a hit takes, without and with snippets
    private const int HitMicroseconds = 20;
    private const int SnippetMicroseconds = 60;

    private readonly EmbeddedSnapshot _snapshot;
    private readonly QueryPlan _plan;
    private readonly SearchBudget _budget;
    private readonly bool _scores;

    /// <summary>Each filter's documents: [filter][segment].</summary>
    private readonly List<(ArticleField Field, DocBits[] Documents)> _filters = [];

    // null until compiled, and where the query asks for nothing
    private Clause? _query;

    // what a search that runs out of time has found: none, until it has
    private Ranked[] _best = [];
    private DocBits[] _found;
    private DocBits[] _matches;
    private long _total;

    public PlanSearch(EmbeddedSnapshot snapshot, QueryPlan plan, SearchBudget budget)
    {
        _snapshot = snapshot;
        _plan = plan;
        _budget = budget;
        _scores = plan.Sort == SortOrder.Relevance && PlanCompiler.Scores(plan.Query);
        _found = _matches = snapshot.Sets.Make(i => new DocBits(snapshot.Live[i].Length));
        foreach (ValueFilter filter in plan.Filters)
        {
            _filters.Add((filter.Field, snapshot.Sets.Make(i => snapshot.Filters.Values(i, filter))));
        }

        if (plan.Date is { } date)
        {
            _filters.Add((ArticleSchema.Date, snapshot.Sets.Make(i => snapshot.Filters.Dates(i, date))));
        }
    }

    public SearchResults Run()
    {
        SearchParts.Begin();
        try
        {
            return Search();
        }
        finally
        {
            SearchParts.End();
        }
    }

    private SearchResults Search()
    {
        bool exact = Match();
        (int Document, float? Score, long Key)[] page = _scores ? Best() : FirstInOrder(_matches);
        TimeSpan matched = _budget.Elapsed;
        bool more = page.Length > _plan.Size;
        SearchAfter? next = more && _plan.Size > 0 ? new SearchAfter(page[_plan.Size - 1].Key, page[_plan.Size - 1].Document) : null;
        (FacetResult[] facets, Hit[] hits, TimeSpan counted) = FacetsAndHits(more ? page[.._plan.Size] : page);
        TimeSpan end = _budget.Elapsed;
        return new SearchResults
        {
            Commit = _snapshot.Commit,
            Total = _total,
            Exact = exact,
            TimedOut = !exact,
            Hits = hits,
            Facets = facets,
            Next = next,
            Timings = new SearchTimings(matched, counted - matched, end - counted, end),
        };
    }

    /// <summary>Number of matches of the query alone; null where the time was up before its end.</summary>
    public long? Count()
    {
        try
        {
            _budget.Check();
            if (new PlanCompiler(_snapshot).Compile(_plan.Query) is not { } query)
            {
                return 0;
            }

            TopKResult counted = Search(query, new TopKRequest { Hits = 0, Total = TotalCount.Exact, Budget = _budget.Left });
            return counted.TimedOut ? null : counted.Total;
        }
        catch (BudgetExhaustedException)
        {
            return null;
        }
    }

    /// <summary>Finds the matches and the best of them; false where the time was up before its end.</summary>
    private bool Match()
    {
        try
        {
            _budget.Check();
            _query = new PlanCompiler(_snapshot).Compile(_plan.Query);
            return _query is null || Match(_query);
        }
        catch (BudgetExhaustedException)
        {
            return false;
        }
    }

    private bool Match(Clause query)
    {
        // A multi-select facet counts beyond its own filter; without one the query need not look beyond the filters at all.
        bool beyond = _plan.Facets.Any(f => !f.Strict && _filters.Exists(x => x.Field == f.Field));
        DocBits[]? filtered = _filters.Count == 0 ? null : _snapshot.Sets.Make(i => Intersect(_filters, i)!);
        DocBits[]? ids = _plan.Ids is { } wanted ? _snapshot.Sets.Make(i => _snapshot.Filters.Ids(i, wanted)) : null;
        TopKRequest best = new() { Hits = _scores && _plan.Size > 0 ? _plan.Size + 1 : 0, After = _scores ? ScoreAfter() : null, Budget = _budget.Left };
        if (_scores && _plan.Facets.Count == 0)
        {
            // Only the best and their number: whatever cannot be among them is counted without being looked at.
            TopKResult counted = Search(Within(query, ids, filtered), best with { Total = TotalCount.Exact });
            _best = [.. counted.Hits];
            _total = Math.Max(counted.Total, _best.Length);
            return !counted.TimedOut;
        }

        bool exact = true;
        if (_plan.Query is MatchAllNode)
        {
            _found = ids is null ? [.. _snapshot.Live] : _snapshot.Sets.Make(i => And(_snapshot.Live[i], ids[i]));
        }
        else
        {
            TopKResult matched = Search(Within(query, ids, beyond ? null : filtered), (beyond ? best with { Hits = 0 } : best) with { Matches = true });
            _best = [.. matched.Hits];
            _found = _snapshot.Sets.Split(matched.Matches!);
            exact = !matched.TimedOut;
        }

        _matches = filtered is null ? _found : _snapshot.Sets.Make(i => And(_found[i], filtered[i]));
        _total = _matches.Sum(m => (long)m.Count());
        if (beyond && best.Hits > 0 && exact)
        {
            TopKResult ranked = Search(Within(query, _matches, null), best with { Budget = _budget.Left });
            _best = [.. ranked.Hits];
            exact = !ranked.TimedOut;
        }

        return exact;
    }

    private TopKResult Search(Clause query, TopKRequest request) => _snapshot.Searcher.Search(query, request, _budget.CancellationToken);

    /// <summary>The query, held to some sets of documents; null for all.</summary>
    private Clause Within(Clause query, DocBits[]? some, DocBits[]? others)
    {
        List<Clause> filters = [];
        foreach (DocBits[]? sets in (ReadOnlySpan<DocBits[]?>)[some, others])
        {
            if (sets is not null)
            {
                filters.AddRange(_snapshot.Sets.Filters(sets));
            }
        }

        return filters.Count == 0 ? query : new BooleanClause { Must = [query], Filter = filters };
    }

    /// <summary>Counts the facets and reads the hits: a second thread begins with the hits, which need no columns.</summary>
    /// <returns>Also when the last facet was counted.</returns>
    private (FacetResult[] Facets, Hit[] Hits, TimeSpan Counted) FacetsAndHits((int Document, float? Score, long Key)[] page)
    {
        FacetResult[] facets = new FacetResult[_plan.Facets.Count];
        Hit[] hits = new Hit[page.Length];
        HitSnippets snippets = new(_plan, _snapshot.Reader);
        using CountedDocuments matches = new(facets.Length > 0 ? _matches : []);
        bool share = hits.Length * (_plan.Snippets.Count > 0 ? SnippetMicroseconds : HitMicroseconds) >= LeastShared && SearchParts.MayShare;
        if (share)
        {
            matches.NumberAll();
        }

        int uncounted = facets.Length;
        TimeSpan counted = _budget.Elapsed;
        SearchParts.Run(facets.Length + hits.Length, Part, share);
        return (facets, hits, counted);

        void Part(int part)
        {
            _budget.CancellationToken.ThrowIfCancellationRequested();
            if (part >= facets.Length)
            {
                hits[part - facets.Length] = Read(page[part - facets.Length], snippets);
                return;
            }

            facets[part] = Count(_plan.Facets[part], matches);
            if (Interlocked.Decrement(ref uncounted) == 0)
            {
                counted = _budget.Elapsed;
            }
        }
    }

    private FacetResult Count(FacetSpec facet, CountedDocuments matches)
    {
        DocBits[] documents = DocumentsFor(facet);
        using CountedDocuments? other = documents == _matches ? null : new CountedDocuments(documents);
        return _snapshot.Facets.Count(facet, _plan, other ?? matches);
    }

    /// <summary>The documents a facet counts: inside all filters, or, to select several, inside all but those on its own field.</summary>
    private DocBits[] DocumentsFor(FacetSpec facet)
    {
        if (facet.Strict || !_filters.Exists(f => f.Field == facet.Field))
        {
            return _matches;
        }

        List<(ArticleField, DocBits[])> others = _filters.FindAll(f => f.Field != facet.Field);
        return _snapshot.Sets.Make(i => Intersect(others, i) is { } other ? And(_found[i], other) : _found[i]);
    }

    private (int Document, float? Score, long Key)[] Best() =>
        [.. _best.Select(d => (d.Doc, (float?)d.Score, (long)BitConverter.SingleToInt32Bits(d.Score)))];

    /// <summary>The page of a search without scores: by date, or in index order.</summary>
    private (int Document, float? Score, long Key)[] FirstInOrder(DocBits[] matches)
    {
        if (_plan.Sort != SortOrder.Relevance)
        {
            return
            [
                .. new DateOrder(_plan.Sort == SortOrder.Newest)
                    .First(_snapshot.Columns.Dates.Columns, matches, [.. _snapshot.Segments.Select(s => s.DocBase)], _plan.Size + 1, _plan.After)
                    .Select(d => (d.Document, (float?)null, d.Key)),
            ];
        }

        List<(int, float?, long)> page = [];
        for (int i = 0; i < matches.Length && page.Count <= _plan.Size; i++)
        {
            int docBase = _snapshot.Segments[i].DocBase;
            int from = Math.Max(0, _plan.After is { } after ? after.Document + 1 - docBase : 0);
            for (int doc = matches[i].Next(from); doc >= 0 && page.Count <= _plan.Size; doc = matches[i].Next(doc + 1))
            {
                page.Add((docBase + doc, null, 0));
            }
        }

        return [.. page];
    }

    private Hit Read((int Document, float? Score, long Key) hit, HitSnippets snippets)
    {
        Article article = _snapshot.Article(hit.Document);
        return new Hit(article, hit.Score, snippets.Of(article), _plan.Explain ? Explain(hit.Document) : null);
    }

    private string? Explain(int document) => _query is null ? null : _snapshot.Searcher.Explain(_query, document, _budget.CancellationToken);

    private Ranked? ScoreAfter() =>
        _plan.After is { } after ? new Ranked(after.Document, BitConverter.Int32BitsToSingle((int)after.Key)) : null;

    private static DocBits? Intersect(List<(ArticleField Field, DocBits[] Documents)> filters, int segment) =>
        filters.Count == 0 ? null : filters.Skip(1).Aggregate(filters[0].Documents[segment], (all, f) => And(all, f.Documents[segment]));

    private static DocBits And(DocBits left, DocBits right)
    {
        DocBits both = left.Copy();
        both.And(right);
        return both;
    }
}
