using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using Directory = Lucene.Net.Store.Directory;

namespace SearchService.Retrieval.Postings;

/// <summary>Reads the three files of <see cref="BlockPostingsFormat"/>. Thread-safe.</summary>
internal sealed class BlockFieldsReader : FieldsProducer
{
    private readonly IndexInput[] _inputs;
    private readonly SortedDictionary<string, BlockTerms> _fields = new(StringComparer.Ordinal);

    /// <param name="columns">What is kept of the fields' columns; taken over. Null for nothing.</param>
    public BlockFieldsReader(Directory directory, FieldInfos infos, SegmentInfo segment, IOContext context, string suffix, ColumnFile? columns = null)
    {
        Columns = columns;
        MaxDoc = segment.DocCount;
        List<IndexInput> inputs = [];
        try
        {
            string[] extensions = [BlockPostingsFormat.TermsExtension, BlockPostingsFormat.DocsExtension, BlockPostingsFormat.PositionsExtension];
            foreach (string extension in extensions)
            {
                IndexInput input = directory.OpenInput(IndexFileNames.SegmentFileName(segment.Name, suffix, extension), context);
                inputs.Add(input);
                CodecUtil.CheckHeader(input, BlockPostingsFormat.CodecName, BlockPostingsFormat.Version, BlockPostingsFormat.Version);
            }

            FileBytes terms = FileBytes.Of(inputs[0]);
            Docs = FileBytes.Of(inputs[1]);
            Positions = FileBytes.Of(inputs[2]);
            ByteReader table = terms.Table();
            for (long n = table.Variable(); n > 0; n--)
            {
                int number = (int)table.Variable();
                FieldInfo info = infos.FieldInfo(number) ?? throw new CorruptIndexException($"segment {segment.Name} has terms of an unknown field {number}");
                if (!_fields.TryAdd(info.Name, new BlockTerms(this, new FieldDictionary(info, terms, ref table))))
                {
                    throw new CorruptIndexException($"field '{info.Name}' has its terms twice");
                }
            }
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(inputs);
            throw;
        }

        _inputs = [.. inputs];
    }

    /// <summary>Documents of the segment, deleted ones included.</summary>
    public int MaxDoc { get; }

    /// <summary>What is kept of the fields' columns; null where nothing is.</summary>
    public ColumnFile? Columns { get; }

    public FileBytes Docs { get; }

    public FileBytes Positions { get; }

    public override int Count => _fields.Count;

    public override IEnumerator<string> GetEnumerator() => _fields.Keys.GetEnumerator();

    public override Terms? GetTerms(string field) => _fields.GetValueOrDefault(field);

    /// <summary>The field's terms; null where the segment has none.</summary>
    public BlockTerms? Find(string field) => _fields.GetValueOrDefault(field);

    public override long RamBytesUsed() => _fields.Count * 200L;

    public override void CheckIntegrity()
    {
        foreach (IndexInput input in _inputs)
        {
            CodecUtil.ChecksumEntireFile((IndexInput)input.Clone());
        }

        Columns?.CheckIntegrity();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IOUtils.Dispose([.. _inputs, Columns]);
        }
    }
}
