using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>One field's terms in one segment, as Lucene sees them and (inside this library) with their raw postings.</summary>
internal sealed class BlockTerms(BlockFieldsReader reader, FieldDictionary dictionary) : Terms
{
    public BlockFieldsReader Reader => reader;

    public FieldDictionary Dictionary => dictionary;

    public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

    public override long Count => dictionary.Count;

    public override long SumTotalTermFreq => dictionary.HasFreqs ? dictionary.TotalFreq : -1;

    public override long SumDocFreq => dictionary.SumDocFreq;

    public override int DocCount => dictionary.DocCount;

    public override bool HasFreqs => dictionary.HasFreqs;

    public override bool HasOffsets => false;

    public override bool HasPositions => dictionary.HasPositions;

    public override bool HasPayloads => false;

    public override TermsEnum GetEnumerator() => new BlockTermsEnum(this);
}
