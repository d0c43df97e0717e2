using System.Runtime.InteropServices;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes the file of <see cref="BlockNormsFormat"/>.</summary>
internal sealed class BlockNormsWriter : DocValuesConsumer
{
    private readonly SegmentWriteState _state;
    private readonly IndexOutput _file;
    private readonly ByteWriter _table = new();
    private BlockFieldsReader? _postings;
    private int _fields;
    private bool _closed;

    public BlockNormsWriter(SegmentWriteState state)
    {
        _state = state;
        string name = IndexFileNames.SegmentFileName(state.SegmentInfo.Name, state.SegmentSuffix, BlockNormsFormat.Extension);
        _file = state.Directory.CreateOutput(name, state.Context);
        CodecUtil.WriteHeader(_file, BlockNormsFormat.CodecName, BlockNormsFormat.Version);
    }

    public override void AddNumericField(FieldInfo field, IEnumerable<long?> values)
    {
        byte[] norms = new byte[_state.SegmentInfo.DocCount + BitPacking.ReadAhead];
        List<long>? wide = null;
        int count = 0;
        foreach (long? value in values)
        {
            long norm = value ?? 0;
            if (wide is null && norm is < 0 or > byte.MaxValue)
            {
                wide = [.. norms.Take(count).Select(b => (long)b)];
            }

            wide?.Add(norm);
            norms[count++] = (byte)norm;
        }

        _fields++;
        _table.Variable(field.Number);
        _table.Byte(wide is null ? 1 : 8);
        _table.Variable(_file.Position);
        if (wide is null)
        {
            _file.WriteBytes(norms, 0, count);
        }
        else
        {
            WriteWide(wide);
        }

        WriteImpacts(field, norms);
    }

    public override void AddBinaryField(FieldInfo field, IEnumerable<BytesRef> values) => throw NotNorms();

    public override void AddSortedField(FieldInfo field, IEnumerable<BytesRef> values, IEnumerable<long?> docToOrd) => throw NotNorms();

    public override void AddSortedSetField(
        FieldInfo field, IEnumerable<BytesRef> values, IEnumerable<long?> docToOrdCount, IEnumerable<long?> ords) => throw NotNorms();

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        _closed = true;
        FileBytes.Close(() => FileBytes.WriteTable(_file, _fields, _table), _file, _postings);
    }

    private static NotSupportedException NotNorms() => new("norms are numbers");

    private void WriteWide(List<long> wide)
    {
        ByteWriter bytes = new();
        foreach (long norm in wide)
        {
            bytes.Int64((ulong)norm);
        }

        bytes.CopyTo(_file);
    }

    private void WriteImpacts(FieldInfo field, byte[] norms)
    {
        _postings ??= new BlockFieldsReader(_state.Directory, _state.FieldInfos, _state.SegmentInfo, IOContext.READ, _state.SegmentSuffix);
        BlockTerms? terms = _postings.Find(field.Name);
        if (terms is null || terms.Dictionary.ImpactCount == 0)
        {
            _table.Variable(0);
            return;
        }

        float average = Bm25.AverageLength(terms.SumTotalTermFreq, _state.SegmentInfo.DocCount);
        ImpactMeasure measure = new(terms, norms, average);
        ushort[] impacts = new ushort[terms.Dictionary.ImpactCount];
        byte[] floors = new byte[impacts.Length];
        ChampionWriter champions = new(_file);
        TermBlock block = new();
        for (int i = 0; i < terms.Dictionary.Blocks; i++)
        {
            terms.Dictionary.Load(i, block);
            for (int t = 0; t < block.Count; t++)
            {
                ref readonly TermEntry entry = ref block.Entries[t];
                if (entry.Blocks > 1)
                {
                    int length = TermImpacts.HeaderLength + entry.Blocks;
                    Span<ushort> own = impacts.AsSpan((int)entry.ImpactsAt, length);
                    measure.Measure(entry, own, floors.AsSpan((int)entry.ImpactsAt, length));
                    int wanted = TermChampions.CountFor(entry.DocFreq, _state.SegmentInfo.DocCount);
                    if (wanted > 0 && measure.Champions(wanted, own[TermImpacts.HeaderLength..]))
                    {
                        uint at = champions.Write(measure, own[0]) + 1;
                        own[TermImpacts.ChampionsIndex] = (ushort)at;
                        own[TermImpacts.ChampionsIndex + 1] = (ushort)(at >> 16);
                    }
                }
            }
        }

        _table.Variable(impacts.Length);
        _table.Variable(champions.Start);
        _table.Variable(champions.Length);
        _table.Variable(_file.Position);
        _table.Int32(BitConverter.SingleToUInt32Bits(average));
        byte[] bytes = MemoryMarshal.AsBytes(impacts.AsSpan()).ToArray();
        _file.WriteBytes(bytes, 0, bytes.Length);
        _file.WriteBytes(floors, 0, floors.Length);
    }
}
