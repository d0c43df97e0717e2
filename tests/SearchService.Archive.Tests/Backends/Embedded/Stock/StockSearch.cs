using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>Runs plans through Lucene's own <see cref="IndexSearcher"/>, over an index of Lucene's own format: what the engine's hits, order and scores must be.</summary>
/// <param name="reader">The same articles and deletions in the same segments as the snapshot's.</param>
/// <param name="snapshot">Where values and dates are looked up.</param>
internal sealed class StockSearch(IndexReader reader, EmbeddedSnapshot snapshot)
{
    private readonly IndexSearcher _searcher = new(reader) { Similarity = ArticleSimilarity.Instance };

    /// <summary>All matches by score, those of equal score in index order; and the number of matches.</summary>
    public ScoredDocument[] Rank(QueryPlan plan)
    {
        if (new StockCompiler(snapshot.Filters).Compile(plan.Query) is not { } query)
        {
            return [];
        }

        TopScores top = new(reader.MaxDoc + 1, after: null);
        Weight weight = _searcher.CreateNormalizedWeight(query);
        foreach (AtomicReaderContext segment in reader.Leaves)
        {
            DocBits accepted = snapshot.Live[segment.Ord].Copy();
            foreach (ValueFilter filter in plan.Filters)
            {
                accepted.And(snapshot.Filters.Values(segment.Ord, filter));
            }

            if (plan.Date is { } date)
            {
                accepted.And(snapshot.Filters.Dates(segment.Ord, date));
            }

            DocBits matches = new(accepted.Length);
            weight.GetBulkScorer(segment, scoreDocsInOrder: false, accepted)?.Score(new MatchCollector(matches, null, top, segment.DocBase));
        }

        return top.Take();
    }
}
