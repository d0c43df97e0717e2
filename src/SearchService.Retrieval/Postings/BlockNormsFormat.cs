using Lucene.Net.Codecs;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Norms as plain bytes, and the block maxima of the postings beside them.
/// </summary>
/// <remarks>
/// <para>Lucene writes norms after postings, at flush and at merge, so the consumer reads the segment's postings again (about 2 ns a posting) and
/// bounds each block's share of a <see cref="Bm25"/> score with the segment's own average length. A search whose average length differs scales
/// the bounds. Only terms of more than 128 documents have them: a single block is decoded anyway. The best documents
/// of frequent terms stand beside them once more (<see cref="TermChampions"/>).</para>
/// <para>One file <c>.bpn</c> a segment: per field the norms (one byte a document, or eight where a value does not fit), the champions, the 16-bit numbers of
/// <see cref="TermImpacts"/> for all long terms, and for each of these numbers the block's shortest length as a norm byte; a table at the end.</para>
/// <para>Diary of <see cref="Version"/>: 0 = first version; 1 = champions.</para>
/// </remarks>
public sealed class BlockNormsFormat : NormsFormat
{
    internal const int Version = 1;
    internal const string CodecName = "SearchServiceNorms";
    internal const string Extension = "bpn";

    public override DocValuesConsumer NormsConsumer(SegmentWriteState state) => new BlockNormsWriter(state);

    public override DocValuesProducer NormsProducer(SegmentReadState state) => new BlockNormsReader(state);
}
