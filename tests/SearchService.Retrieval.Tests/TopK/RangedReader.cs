using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>An index in which terms stand at some positions only; documents without one do not have the term.</summary>
internal sealed class RangedReader(DirectoryReader whole, PositionRange range) : FilterDirectoryReader(whole, new Wrapper(range))
{
    /// <summary>Searches it with the statistics of the whole index.</summary>
    public IndexSearcher Searcher() => new WholeStatistics(this);

    protected override DirectoryReader DoWrapDirectoryReader(DirectoryReader reader) => new RangedReader(reader, range);

    private sealed class WholeStatistics : IndexSearcher
    {
        private readonly IndexSearcher _whole;

        public WholeStatistics(RangedReader reader)
            : base(reader)
        {
            _whole = new IndexSearcher(reader.m_input);
            Similarity = new Bm25();
        }

        public override TermStatistics TermStatistics(Term term, TermContext context) =>
            _whole.TermStatistics(term, TermContext.Build(_whole.TopReaderContext, term));

        public override CollectionStatistics CollectionStatistics(string field) => _whole.CollectionStatistics(field);
    }

    private sealed class Wrapper(PositionRange range) : SubReaderWrapper
    {
        public override AtomicReader Wrap(AtomicReader reader) => new Segment(reader, range);
    }

    private sealed class Segment(AtomicReader reader, PositionRange range) : FilterAtomicReader(reader)
    {
        public override Fields Fields => new RangedFields(base.Fields, range);
    }

    private sealed class RangedFields(Fields fields, PositionRange range) : FilterAtomicReader.FilterFields(fields)
    {
        public override Terms? GetTerms(string field) => base.GetTerms(field) is { } terms ? new RangedTerms(terms, range) : null;
    }

    private sealed class RangedTerms(Terms terms, PositionRange range) : FilterAtomicReader.FilterTerms(terms)
    {
        public override TermsEnum GetEnumerator() => new RangedTermsEnum(base.GetEnumerator(), range);

        public override TermsEnum GetEnumerator(TermsEnum? reuse) => GetEnumerator();
    }

    private sealed class RangedTermsEnum(TermsEnum terms, PositionRange range) : FilterAtomicReader.FilterTermsEnum(terms)
    {
        public override DocsAndPositionsEnum DocsAndPositions(IBits? liveDocs, DocsAndPositionsEnum? reuse, DocsAndPositionsFlags flags) =>
            new Positions(base.DocsAndPositions(liveDocs, null, flags), range);
    }

    private sealed class Positions(DocsAndPositionsEnum positions, PositionRange range) : FilterAtomicReader.FilterDocsAndPositionsEnum(positions)
    {
        private readonly Queue<int> _inside = [];

        public override int Freq => _inside.Count;

        public override int NextDoc() => Advance(DocID + 1);

        public override int Advance(int target)
        {
            int doc = m_input.Advance(target);
            while (doc != NO_MORE_DOCS && !Read())
            {
                doc = m_input.NextDoc();
            }

            return doc;
        }

        public override int NextPosition() => _inside.Dequeue();

        private bool Read()
        {
            _inside.Clear();
            for (int left = m_input.Freq; left > 0; left--)
            {
                int position = m_input.NextPosition();
                if (position >= range.From && position < range.To)
                {
                    _inside.Enqueue(position);
                }
            }

            return _inside.Count > 0;
        }
    }
}
