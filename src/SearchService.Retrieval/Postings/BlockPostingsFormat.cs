using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Terms, documents, frequencies and positions in blocks of 128 documents, made for reading through pointers.
/// </summary>
/// <remarks>
/// <para>Three files a segment, little-endian, each with Lucene's header and checksum footer:</para>
/// <para><c>.bpt</c> dictionary: terms in blocks of 16, front-coded, then their numbers; per field an array of the first eight bytes
/// of each block's first term, for a binary search without touching the blocks.</para>
/// <para><c>.bpd</c> documents. A block: one byte how documents are stored (0–25 or 32: width of the packed gaps less one; 128: bitset from the
/// document after the previous block's last), one byte width of frequencies less one (<see cref="FreqPatches"/>), one byte width of positions, then
/// documents, then frequencies.
/// A term of more than 128 documents has three arrays behind its blocks: last document (32 bits), offset and offset of positions (<see cref="BlockOffsets"/>), and
/// a byte that tells how wide the offsets are.
/// A term of one document has nothing here: its document stands in the dictionary.</para>
/// <para><c>.bpp</c> positions, absolute, packed at one width for 16 documents (<see cref="PositionGroups"/>), so that any document's positions are
/// read without the others'.</para>
/// <para>Exact values are kept by document too: see <see cref="ColumnFile"/>.</para>
/// <para>Block maxima need the norms, which are written later: see <see cref="BlockNormsFormat"/>.</para>
/// <para>Not supported: offsets and payloads (<see cref="NotSupportedException"/> while indexing).</para>
/// <para>Diary of <see cref="Version"/>: 0 = first version; 1 = offsets of blocks in 16 bits.</para>
/// </remarks>
[PostingsFormatName("SearchServiceBlocks")]
public sealed class BlockPostingsFormat : PostingsFormat
{
    internal const int Version = 1;
    internal const string CodecName = "SearchServiceBlocks";
    internal const string TermsExtension = "bpt";
    internal const string DocsExtension = "bpd";
    internal const string PositionsExtension = "bpp";

    public override FieldsConsumer FieldsConsumer(SegmentWriteState state) => new BlockFieldsWriter(state);

    public override FieldsProducer FieldsProducer(SegmentReadState state)
    {
        ColumnFile? columns = ColumnFile.Open(state);
        try
        {
            return new BlockFieldsReader(state.Directory, state.FieldInfos, state.SegmentInfo, state.Context, state.SegmentSuffix, columns);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(columns);
            throw;
        }
    }
}
