using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>Takes one segment's matches: every one into a set, and with their score those inside the filters.</summary>
/// <param name="matches">Takes the matches.</param>
/// <param name="scored">Documents whose score counts; null for all.</param>
/// <param name="top">Takes the scored documents; null where scores are not wanted.</param>
/// <param name="docBase">Number of the segment's first document.</param>
internal sealed class MatchCollector(DocBits matches, DocBits? scored, TopScores? top, int docBase) : ICollector
{
    private Scorer _scorer = null!;

    public bool AcceptsDocsOutOfOrder => true;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
    }

    public void Collect(int doc)
    {
        matches.Add(doc);
        if (top is not null && (scored is null || scored.Get(doc)))
        {
            top.Offer(_scorer.GetScore(), docBase + doc);
        }
    }
}
