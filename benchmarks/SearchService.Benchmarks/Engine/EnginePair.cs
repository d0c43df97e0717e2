using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Benchmarks.Corpus;
using SearchService.Retrieval.TopK;
using BooleanClause = SearchService.Retrieval.TopK.BooleanClause;

namespace SearchService.Benchmarks.Engine;

/// <summary>One query twice: as the engine's clause and as the baseline's query. Immutable.</summary>
internal sealed record EnginePair(Clause Clause, Query Query, Filter? Filter = null)
{
    /// <summary>How loose a loose phrase is.</summary>
    private const int Slop = 3;

    private const int Hits = 10;

    private static readonly TopKRequest BestRequest = new() { Hits = Hits };
    private static readonly TopKRequest TotalRequest = new() { Hits = Hits, Total = TotalCount.Exact };
    private static readonly TopKRequest CountRequest = new() { Hits = 0, Total = TotalCount.Exact };

    /// <summary>The queries of a class.</summary>
    public static EnginePair[] Of(EngineKind kind, QuerySet words)
    {
        IReadOnlyList<string> frequent = words.Frequent;
        return kind switch
        {
            EngineKind.TermFrequent => [.. frequent.Select(Term)],
            EngineKind.TermMiddling => [.. words.Middling.Select(Term)],
            EngineKind.TermRare => [.. words.Rare.Select(Term)],
            EngineKind.AndFrequent => [All(frequent[0], frequent[1]), All(frequent[1], frequent[2]), All(frequent[0], frequent[2])],
            EngineKind.AndMiddling => [.. frequent.Zip(words.Middling, (f, m) => All(f, m))],
            EngineKind.AndRare => [.. words.Middling.Zip(words.Rare, (m, r) => All(m, r))],
            EngineKind.AndThree => [All([.. frequent])],
            EngineKind.OrFrequent => [Any(frequent[0], frequent[1]), Any(frequent[1], frequent[2]), Any(frequent[0], frequent[2])],
            EngineKind.OrMiddling => [.. frequent.Zip(words.Middling, (f, m) => Any(f, m))],
            EngineKind.OrFive => [Any([.. frequent, .. words.Middling.Take(2)])],
            EngineKind.OrNine => [Any([.. frequent, .. words.Middling, .. words.Rare])],
            EngineKind.Phrase => [.. words.Pairs.Select(p => Phrase(p, 0))],
            EngineKind.LoosePhrase => [.. words.Pairs.Select(p => Phrase(p, Slop))],
            EngineKind.Filtered => [.. frequent.Select(f => Inside(f, words.Country))],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown class"),
        };
    }

    /// <summary>The ten best alone.</summary>
    public TopKResult Best(EngineArchive archive) => archive.Searcher.Search(Clause, BestRequest, CancellationToken.None);

    /// <summary>The ten best and how many match.</summary>
    public TopKResult BestWithTotal(EngineArchive archive) => archive.Searcher.Search(Clause, TotalRequest, CancellationToken.None);

    /// <summary>How many match.</summary>
    public long Count(EngineArchive archive) => archive.Searcher.Search(Clause, CountRequest, CancellationToken.None).Total;

    /// <summary>What the baseline does for the ten best: it sees every match, so that it has counted them.</summary>
    public TopDocs Stock(EngineArchive archive) => archive.Stock.Best(Query, Filter, Hits);

    /// <summary>Makes sure that both find as many and count the same facets: otherwise they are no comparison.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public void Verify(EngineArchive archive)
    {
        StockPage stock = archive.Stock.Search(Query, Filter, Hits, facets: true);
        EngineFacets own = archive.SearchFaceted(Clause);
        StockFacets facets = stock.Facets!;
        bool same = own.Result.Total == stock.Total
            && Best(archive).Hits.Count == stock.Hits.Count
            && own.Countries.Select(c => (int)c.Count).SequenceEqual(facets.Countries.Select(c => c.Count))
            && own.People.Select(p => (int)p.Count).SequenceEqual(facets.People.Select(p => p.Count))
            && own.Months.Counts.Where(c => c > 0).Select(c => (int)c).SequenceEqual(facets.Months.Select(m => m.Count));
        if (!same)
        {
            throw new InvalidOperationException($"{Query}: {own.Result.Total} found, the baseline has {stock.Total}, or their facets differ");
        }
    }

    private static TermQuery StockTerm(string field, string text) => new(new Term(field, text));

    private static TermClause OwnTerm(string word) => new(StockIndex.TextField, word);

    private static EnginePair Term(string word) => new(OwnTerm(word), StockTerm(StockIndex.TextField, word));

    private static EnginePair All(params string[] words) => new(new BooleanClause { Must = [.. words.Select(OwnTerm)] }, Boolean(Occur.MUST, words));

    private static EnginePair Any(params string[] words) => new(new BooleanClause { Should = [.. words.Select(OwnTerm)] }, Boolean(Occur.SHOULD, words));

    private static BooleanQuery Boolean(Occur occur, string[] words)
    {
        BooleanQuery query = new(disableCoord: true);
        foreach (string word in words)
        {
            query.Add(StockTerm(StockIndex.TextField, word), occur);
        }

        return query;
    }

    private static EnginePair Phrase((string First, string Second) words, int slop)
    {
        PhraseQuery query = new() { Slop = slop };
        query.Add(new Term(StockIndex.TextField, words.First));
        query.Add(new Term(StockIndex.TextField, words.Second));
        return new EnginePair(new PhraseClause(StockIndex.TextField, [new PhraseTerm(words.First, 0), new PhraseTerm(words.Second, 1)], slop), query);
    }

    private static EnginePair Inside(string word, string country) => new(
        new BooleanClause { Must = [OwnTerm(word)], Filter = [new TermClause(StockIndex.CountryField, country)] },
        StockTerm(StockIndex.TextField, word),
        new QueryWrapperFilter(StockTerm(StockIndex.CountryField, country)));
}
