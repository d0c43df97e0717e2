using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Reads the file of <see cref="BlockNumbersFormat"/>. Thread-safe.</summary>
internal sealed class BlockNumbersReader : DocValuesProducer
{
    private readonly IndexInput _input;
    private readonly Dictionary<int, FieldNumbers> _fields = [];

    public BlockNumbersReader(SegmentReadState state)
    {
        string name = IndexFileNames.SegmentFileName(state.SegmentInfo.Name, state.SegmentSuffix, BlockNumbersFormat.Extension);
        _input = state.Directory.OpenInput(name, state.Context);
        try
        {
            CodecUtil.CheckHeader(_input, BlockNumbersFormat.CodecName, BlockNumbersFormat.Version, BlockNumbersFormat.Version);
            FileBytes file = FileBytes.Of(_input);
            ByteReader table = file.Table();
            for (long n = table.Variable(); n > 0; n--)
            {
                int field = (int)table.Variable();
                if (!_fields.TryAdd(field, new FieldNumbers(file, state.SegmentInfo.DocCount, ref table)))
                {
                    throw new CorruptIndexException($"field {field} has its numbers twice");
                }
            }
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(_input);
            throw;
        }
    }

    public override NumericDocValues GetNumeric(FieldInfo field) => new FieldNumbers(Find(field));

    public override BinaryDocValues GetBinary(FieldInfo field) => throw NotNumbers(field);

    public override SortedDocValues GetSorted(FieldInfo field) => throw NotNumbers(field);

    public override SortedSetDocValues GetSortedSet(FieldInfo field) => throw NotNumbers(field);

    public override IBits GetDocsWithField(FieldInfo field) => Find(field).Present;

    public override long RamBytesUsed() => _fields.Count * 100L;

    public override void CheckIntegrity() => CodecUtil.ChecksumEntireFile((IndexInput)_input.Clone());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }
    }

    private FieldNumbers Find(FieldInfo field) =>
        _fields.TryGetValue(field.Number, out FieldNumbers? numbers) ? numbers : throw new CorruptIndexException($"field '{field.Name}' has no numbers in the file");

    private static NotSupportedException NotNumbers(FieldInfo field) => new($"field '{field.Name}' has numbers only");
}
