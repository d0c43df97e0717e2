using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>Documents that are looked up by segment number, as a Lucene filter.</summary>
/// <param name="bits">The documents of a segment, by its number in the reader.</param>
/// <param name="text">How the filter prints, for explanations.</param>
internal sealed class SegmentFilter(Func<int, DocBits> bits, string text) : Filter
{
    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs) =>
        BitsFilteredDocIdSet.Wrap(new BitsDocIdSet(bits(context.Ord)), acceptDocs);

    public override string ToString() => text;
}

/// <summary>A set of documents as Lucene wants one.</summary>
internal sealed class BitsDocIdSet(DocBits documents) : DocIdSet
{
    public override IBits Bits => documents;

    public override bool IsCacheable => true;

    public override DocIdSetIterator GetIterator() => new Iterator(documents);

    private sealed class Iterator(DocBits documents) : DocIdSetIterator
    {
        private int _document = -1;

        public override int DocID => _document;

        public override int NextDoc() => Advance(_document + 1);

        public override int Advance(int target)
        {
            int next = target >= documents.Length ? -1 : documents.Next(target);
            return _document = next < 0 ? NO_MORE_DOCS : next;
        }

        public override long GetCost() => documents.Length;
    }
}
