using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Queries;

/// <summary>One search twice: as SearchService's plan and as the baseline's query. Immutable.</summary>
internal sealed record SearchPair(QueryPlan Plan, Query Query, Filter? Filter)
{
    /// <summary>How loose a loose phrase is.</summary>
    private const int Slop = 3;

    /// <summary>The facets of every faceted benchmark.</summary>
    private static readonly FacetSpec[] AllFacets =
    [
        new(ArticleSchema.Country, StockFacets.TopValues),
        new(ArticleSchema.Date, Interval: DateInterval.Month),
        new(ArticleSchema.Person, StockFacets.TopValues),
    ];

    private bool Faceted => Plan.Facets.Count > 0;

    /// <summary>The searches of one kind.</summary>
    /// <param name="size">Hits wanted; 0 only counts.</param>
    /// <param name="facets">Whether countries, months and people are counted.</param>
    public static IReadOnlyList<SearchPair> Of(QueryKind kind, QuerySet words, int size = 10, bool facets = false)
    {
        SearchPair[] pairs = kind switch
        {
            QueryKind.Term => [.. words.Frequent.Concat(words.Middling).Select(w => new SearchPair(PlanOf(Word(w)), Term(w), null))],
            QueryKind.And => [.. Couples(words).Select(c => new SearchPair(PlanOf(new AndNode([Word(c.First), Word(c.Second)])), Both(Occur.MUST, c), null))],
            QueryKind.Or => [.. Couples(words).Select(c => new SearchPair(PlanOf(new OrNode([Word(c.First), Word(c.Second)])), Both(Occur.SHOULD, c), null))],
            QueryKind.Phrase => [.. words.Pairs.Select(p => new SearchPair(PlanOf(new PhraseNode(ArticleSchema.Text, $"{p.First} {p.Second}")), Phrase(p), null))],
            QueryKind.LoosePhrase => [.. words.Pairs.Select(p => new SearchPair(PlanOf(new PhraseNode(ArticleSchema.Text, $"{p.First} {p.Second}", Slop)), Phrase(p, Slop), null))],
            QueryKind.Prefix => [.. words.Middling.Select(w => new SearchPair(PlanOf(new PrefixNode(ArticleSchema.Text, w[..3])), Prefix(w[..3]), null))],
            QueryKind.Filtered => [.. words.Frequent.Select(w => Filtered(w, words))],
            QueryKind.DateRange => [new SearchPair(PlanOf(MatchAllNode.Instance) with { Date = DatesOf(words) }, new MatchAllDocsQuery(), DayFilter(words))],
            QueryKind.All => [new SearchPair(PlanOf(MatchAllNode.Instance), new MatchAllDocsQuery(), null)],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
        };
        return [.. pairs.Select(p => p with { Plan = p.Plan with { Size = size, Facets = facets ? AllFacets : [] } })];
    }

    public SearchResults SearchOwn(BenchmarkArchive archive) => archive.Snapshot.Search(Plan);

    public StockPage SearchStock(BenchmarkArchive archive) => archive.Stock.Search(Query, Filter, Plan.Size, Faceted);

    /// <summary>Makes sure that both find as many articles and count the same facets: otherwise they are no comparison.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public void Verify(BenchmarkArchive archive)
    {
        SearchResults own = SearchOwn(archive);
        StockPage stock = SearchStock(archive);
        if (own.Total != stock.Total || own.Hits.Count != stock.Hits.Count)
        {
            throw new InvalidOperationException($"{Plan}: {own.Total} found, the baseline has {stock.Total}");
        }

        if (stock.Facets is not { } facets)
        {
            return;
        }

        VerifyValues((ValueFacet)own.Facets[0], facets.Countries);
        VerifyValues((ValueFacet)own.Facets[2], facets.People);
        DateBucket[] months = [.. ((DateFacet)own.Facets[1]).Buckets.Where(b => b.Count > 0)];
        if (!months.Select(b => new StockValue(StockIndex.MonthOf(b.From), (int)b.Count)).SequenceEqual(facets.Months))
        {
            throw new InvalidOperationException($"{Plan}: {months.Length} months counted otherwise than the baseline's {facets.Months.Count}");
        }
    }

    /// <summary>Counts, greatest first: which of several equal values comes last is left to each side.</summary>
    private void VerifyValues(ValueFacet own, IReadOnlyList<StockValue> stock)
    {
        if (!own.Values.Select(v => (int)v.Count).SequenceEqual(stock.Select(v => v.Count)))
        {
            throw new InvalidOperationException($"{Plan}: {own.Field} counted otherwise than the baseline does");
        }
    }

    private static QueryPlan PlanOf(PlanNode query) => new() { Query = query, Snippets = default, Budget = Timeout.InfiniteTimeSpan };

    private static WordNode Word(string word) => new(ArticleSchema.Text, word);

    private static IEnumerable<(string First, string Second)> Couples(QuerySet words) => words.Frequent.Zip(words.Middling);

    private static TermQuery Term(string word) => new(new Term(StockIndex.TextField, word));

    private static BooleanQuery Both(Occur occur, (string First, string Second) words) => new(disableCoord: true)
    {
        { Term(words.First), occur },
        { Term(words.Second), occur },
    };

    private static PhraseQuery Phrase((string First, string Second) words, int slop = 0)
    {
        PhraseQuery query = new() { Slop = slop };
        query.Add(new Term(StockIndex.TextField, words.First));
        query.Add(new Term(StockIndex.TextField, words.Second));
        return query;
    }

    private static PrefixQuery Prefix(string prefix) => new(new Term(StockIndex.ExactField, prefix));

    private static SearchPair Filtered(string word, QuerySet words) => new(
        PlanOf(Word(word)) with { Filters = [new ValueFilter(ArticleSchema.Country, [words.Country], [])], Date = DatesOf(words) },
        new FilteredQuery(Term(word), new QueryWrapperFilter(new TermQuery(new Term(StockIndex.CountryField, words.Country)))),
        DayFilter(words));

    private static DateFilter DatesOf(QuerySet words) => new() { AnyOf = [new DayRange(words.From, words.To)] };

    /// <summary>The whole of an article's date is to lie inside, as SearchService has it: two ranges where dates may be coarse.</summary>
    private static QueryWrapperFilter DayFilter(QuerySet words) => new(new BooleanQuery
    {
        { NumericRangeQuery.NewInt32Range(StockIndex.FirstDayField, words.From.DayNumber, null, true, true), Occur.MUST },
        { NumericRangeQuery.NewInt32Range(StockIndex.LastDayField, null, words.To.DayNumber, true, true), Occur.MUST },
    });
}
