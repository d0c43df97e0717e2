using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes the three files of <see cref="BlockPostingsFormat"/>, and the segment's <see cref="ColumnFile"/> after them.</summary>
internal sealed class BlockFieldsWriter : FieldsConsumer
{
    private readonly SegmentWriteState _state;
    private readonly IndexOutput _terms;
    private readonly IndexOutput _docs;
    private readonly IndexOutput _positions;
    private readonly BlockPostingsWriter _postings;
    private readonly ByteWriter _table = new();
    private int _fields;
    private bool _closed;

    public BlockFieldsWriter(SegmentWriteState state)
    {
        IndexOutput? terms = null, docs = null, positions = null;
        try
        {
            terms = Create(state, BlockPostingsFormat.TermsExtension);
            docs = Create(state, BlockPostingsFormat.DocsExtension);
            positions = Create(state, BlockPostingsFormat.PositionsExtension);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(terms, docs, positions);
            throw;
        }

        _state = state;
        (_terms, _docs, _positions) = (terms, docs, positions);
        _postings = new BlockPostingsWriter(docs, positions);
    }

    public override TermsConsumer AddField(FieldInfo field)
    {
        if (field.IndexOptions == IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS)
        {
            throw new NotSupportedException($"field '{field.Name}' wants offsets in its postings, this format keeps positions at most");
        }

        _postings.StartField(field.IndexOptions);
        return new BlockTermsWriter(field, _terms, _postings, this);
    }

    /// <summary>Takes a finished field's line of the table at the end of the dictionary.</summary>
    internal void AddToTable(FieldInfo field, ReadOnlySpan<byte> line)
    {
        _fields++;
        _table.Variable(field.Number);
        _table.Bytes(line);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        _closed = true;
        FileBytes.Close(WriteEnds, _terms, _docs, _positions);

        // made of the postings, which can be read by now
        ColumnFile.Write(_state);
    }

    private void WriteEnds()
    {
        FileBytes.WriteTable(_terms, _fields, _table);
        FileBytes.WriteEnd(_docs, _docs.Position);
        FileBytes.WriteEnd(_positions, _positions.Position);
    }

    private static IndexOutput Create(SegmentWriteState state, string extension)
    {
        IndexOutput output = state.Directory.CreateOutput(
            IndexFileNames.SegmentFileName(state.SegmentInfo.Name, state.SegmentSuffix, extension), state.Context);
        CodecUtil.WriteHeader(output, BlockPostingsFormat.CodecName, BlockPostingsFormat.Version);
        return output;
    }
}
