using Lucene.Net.Codecs;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Numbers by document, in blocks of 128 that are read as a whole: made for columns that are loaded at once, and small where neighbours are alike, as dates
/// are in an index in date order.
/// </summary>
/// <remarks>
/// <para>One file <c>.bpv</c> a segment, little-endian, with Lucene's header and checksum footer. Per field the blocks, then the offset of each (four bytes),
/// then, where some document has no number, a bit a document; a table at the end.</para>
/// <para>A block: its first number (eight bytes); a byte <see cref="FieldNumbers.Plain"/>, and the other numbers as they are; or a byte width, a byte shift,
/// the least difference (eight bytes), and the differences of neighbours, less the least and without as many zero bits as all end in, packed at that width. A
/// document without a number repeats the one before.</para>
/// <para>Only numbers: <see cref="NotSupportedException"/> for other doc values while indexing.</para>
/// <para>Diary of <see cref="Version"/>: 0 = first version.</para>
/// </remarks>
[DocValuesFormatName("SearchServiceNumbers")]
public sealed class BlockNumbersFormat : DocValuesFormat
{
    internal const int Version = 0;
    internal const string CodecName = "SearchServiceNumbers";
    internal const string Extension = "bpv";

    public override DocValuesConsumer FieldsConsumer(SegmentWriteState state) => new BlockNumbersWriter(state);

    public override DocValuesProducer FieldsProducer(SegmentReadState state) => new BlockNumbersReader(state);
}
