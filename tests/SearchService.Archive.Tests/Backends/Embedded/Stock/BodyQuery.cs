using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>
/// A word or phrase of the text field that counts in the body alone. Scores with the text field's own statistics and
/// lengths, and with the frequency in the body.
/// </summary>
internal sealed class BodyQuery(Query inner) : Query
{
    private static readonly ConditionalWeakTable<AtomicReader, BodyReader> Readers = [];

    private readonly Query _inner = inner;

    public override Weight CreateWeight(IndexSearcher searcher) => new BodyWeight(this, searcher);

    public override void ExtractTerms(ISet<Term> terms) => _inner.ExtractTerms(terms);

    public override string ToString(string field) => $"body({_inner.ToString(field)})";

    private sealed class BodyWeight(BodyQuery query, IndexSearcher searcher) : Weight
    {
        public override Query Query => query;

        // BM25 does not normalise queries.
        public override float GetValueForNormalization() => 1;

        public override void Normalize(float norm, float topLevelBoost)
        {
        }

        public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs)
        {
            SegmentSearcher segment = Segment(context);
            return segment.CreateNormalizedWeight(query._inner).GetScorer(segment.Context, acceptDocs);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            SegmentSearcher segment = Segment(context);
            return segment.CreateNormalizedWeight(query._inner).Explain(segment.Context, doc);
        }

        private SegmentSearcher Segment(AtomicReaderContext context) =>
            new(Readers.GetValue(context.AtomicReader, reader => new BodyReader(reader)), searcher);
    }

    /// <summary>Searches one segment with the statistics of the whole index.</summary>
    private sealed class SegmentSearcher : IndexSearcher
    {
        private readonly IndexSearcher _whole;

        public SegmentSearcher(BodyReader reader, IndexSearcher whole)
            : base(reader)
        {
            _whole = whole;
            Similarity = whole.Similarity;
            Context = reader.AtomicContext;
        }

        public AtomicReaderContext Context { get; }

        public override TermStatistics TermStatistics(Term term, TermContext context) =>
            _whole.TermStatistics(term, TermContext.Build(_whole.TopReaderContext, term));

        public override CollectionStatistics CollectionStatistics(string field) => _whole.CollectionStatistics(field);
    }
}
