using System.Globalization;
using Lucene.Net.Search;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Runs one plan over one snapshot: the query once into a set of matches and the best hits, the filters as sets beside it,
/// each facet over the sets that count for it.
/// </summary>
internal sealed class PlanSearch
{
    private readonly EmbeddedSnapshot _snapshot;
    private readonly QueryPlan _plan;
    private readonly SearchBudget _budget;
    private readonly Query? _query;
    private readonly bool _scores;

    /// <summary>Each filter's documents: [filter][segment].</summary>
    private readonly List<(ArticleField Field, DocBits[] Documents)> _filters = [];

    public PlanSearch(EmbeddedSnapshot snapshot, QueryPlan plan, SearchBudget budget)
    {
        _snapshot = snapshot;
        _plan = plan;
        _budget = budget;
        _query = new PlanCompiler(snapshot.Filters).Compile(plan.Query);
        _scores = plan.Sort == SortOrder.Relevance && PlanCompiler.Scores(plan.Query);
        foreach (ValueFilter filter in plan.Filters)
        {
            _filters.Add((filter.Field, PerSegment(i => snapshot.Filters.Values(i, filter))));
        }

        if (plan.Date is { } date)
        {
            _filters.Add((ArticleSchema.Date, PerSegment(i => snapshot.Filters.Dates(i, date))));
        }
    }

    public SearchResults Run()
    {
        DocBits[]? filtered = _filters.Count == 0 ? null : PerSegment(i => Intersect(_filters, i)!);
        DocBits[] found = PerSegment(i => new DocBits(_snapshot.Live[i].Length));
        TopScores? top = _scores ? new TopScores(_plan.Size + 1, ScoreAfter()) : null;
        bool exact = Match(found, filtered, top);
        DocBits[] matches = filtered is null ? found : PerSegment(i => And(found[i], filtered[i]));
        long total = matches.Sum(m => (long)m.Count());
        (int Document, float? Score, long Key)[] page = top is null ? FirstInOrder(matches) : Best(top);
        TimeSpan matched = _budget.Elapsed;
        FacetResult[] facets = [.. _plan.Facets.Select(f => _snapshot.Facets.Count(f, _plan, DocumentsFor(f, found, matches)))];
        TimeSpan counted = _budget.Elapsed;
        bool more = page.Length > _plan.Size;
        Hit[] hits = Hits(more ? page[.._plan.Size] : page);
        TimeSpan end = _budget.Elapsed;
        return new SearchResults
        {
            Commit = _snapshot.Commit,
            Total = total,
            Exact = exact,
            TimedOut = !exact,
            Hits = hits,
            Facets = facets,
            Next = more && _plan.Size > 0 ? new SearchAfter(page[_plan.Size - 1].Key, page[_plan.Size - 1].Document) : null,
            Timings = new SearchTimings(matched, counted - matched, end - counted, end),
        };
    }

    /// <summary>Number of matches, filters included.</summary>
    public long Count()
    {
        DocBits[] found = PerSegment(i => new DocBits(_snapshot.Live[i].Length));
        Match(found, filtered: null, top: null);
        return found.Sum(f => (long)f.Count());
    }

    /// <summary>Finds the query's matches; false where the time was up before its end.</summary>
    private bool Match(DocBits[] found, DocBits[]? filtered, TopScores? top)
    {
        if (_query is null)
        {
            return true;
        }

        // A multi-select facet counts beyond its own filter; without one the query need not look beyond the filters at all.
        bool beyond = _plan.Facets.Any(f => !f.Strict && _filters.Exists(x => x.Field == f.Field));
        DocBits[]? ids = _plan.Ids is { } wanted ? PerSegment(i => _snapshot.Filters.Ids(i, wanted)) : null;
        Weight weight = _snapshot.Searcher.CreateNormalizedWeight(_query);
        try
        {
            for (int i = 0; i < found.Length; i++)
            {
                _budget.Check();
                DocBits? accepted = Accepted(i, ids, beyond ? null : filtered);
                if (_plan.Query is MatchAllNode)
                {
                    found[i].Or(accepted ?? _snapshot.Live[i]);
                    continue;
                }

                BudgetedBits watched = new(accepted, found[i].Length, _budget);
                weight.GetBulkScorer(_snapshot.Segments[i], scoreDocsInOrder: false, watched)
                    ?.Score(new MatchCollector(found[i], beyond ? filtered?[i] : null, top, _snapshot.Segments[i].DocBase));
            }

            return true;
        }
        catch (BudgetExhaustedException)
        {
            return false;
        }
    }

    /// <summary>The documents of a segment that the query may find; null for all.</summary>
    private DocBits? Accepted(int segment, DocBits[]? ids, DocBits[]? filtered)
    {
        DocBits? accepted = _snapshot.HasDeletions ? _snapshot.Live[segment] : null;
        foreach (DocBits? limit in (ReadOnlySpan<DocBits?>)[ids?[segment], filtered?[segment]])
        {
            accepted = limit is null ? accepted : accepted is null ? limit : And(accepted, limit);
        }

        return accepted;
    }

    /// <summary>The documents a facet counts: inside all filters, or, to select several, inside all but those on its own field.</summary>
    private DocBits[] DocumentsFor(FacetSpec facet, DocBits[] found, DocBits[] matches)
    {
        if (facet.Strict || !_filters.Exists(f => f.Field == facet.Field))
        {
            return matches;
        }

        List<(ArticleField, DocBits[])> others = _filters.FindAll(f => f.Field != facet.Field);
        return PerSegment(i => Intersect(others, i) is { } other ? And(found[i], other) : found[i]);
    }

    private static (int Document, float? Score, long Key)[] Best(TopScores top) =>
        [.. top.Take().Select(d => (d.Document, (float?)d.Score, (long)BitConverter.SingleToInt32Bits(d.Score)))];

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

    private Hit[] Hits((int Document, float? Score, long Key)[] page)
    {
        HitSnippets snippets = new(_plan, _snapshot.Searcher.IndexReader);
        Hit[] hits = new Hit[page.Length];
        for (int i = 0; i < hits.Length; i++)
        {
            Article article = _snapshot.Article(page[i].Document);
            hits[i] = new Hit(article, page[i].Score, snippets.Of(article), _plan.Explain ? Explain(page[i].Document) : null);
        }

        return hits;
    }

    private string? Explain(int document)
    {
        // Lucene prints an explanation's numbers in the current culture.
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return _query is null ? null : _snapshot.Searcher.Explain(_query, document).ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private ScoredDocument? ScoreAfter() =>
        _plan.After is { } after ? new ScoredDocument(BitConverter.Int32BitsToSingle((int)after.Key), after.Document) : null;

    private DocBits[] PerSegment(Func<int, DocBits> make) => [.. Enumerable.Range(0, _snapshot.Segments.Count).Select(make)];

    private static DocBits? Intersect(List<(ArticleField Field, DocBits[] Documents)> filters, int segment) =>
        filters.Count == 0 ? null : filters.Skip(1).Aggregate(filters[0].Documents[segment], (all, f) => And(all, f.Documents[segment]));

    private static DocBits And(DocBits left, DocBits right)
    {
        DocBits both = left.Copy();
        both.And(right);
        return both;
    }
}
