using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Reads the file of <see cref="BlockNormsFormat"/>. Thread-safe.</summary>
internal sealed unsafe class BlockNormsReader : DocValuesProducer
{
    private readonly IndexInput _input;
    private readonly int _maxDoc;
    private readonly Dictionary<int, FieldNorms> _fields = [];

    public BlockNormsReader(SegmentReadState state)
    {
        _maxDoc = state.SegmentInfo.DocCount;
        string name = IndexFileNames.SegmentFileName(state.SegmentInfo.Name, state.SegmentSuffix, BlockNormsFormat.Extension);
        _input = state.Directory.OpenInput(name, state.Context);
        try
        {
            CodecUtil.CheckHeader(_input, BlockNormsFormat.CodecName, BlockNormsFormat.Version, BlockNormsFormat.Version);
            FileBytes file = FileBytes.Of(_input);
            ByteReader table = file.Table();
            for (long n = table.Variable(); n > 0; n--)
            {
                int number = (int)table.Variable();
                if (!_fields.TryAdd(number, new FieldNorms(file, _maxDoc, ref table)))
                {
                    throw new CorruptIndexException($"field {number} has its norms twice");
                }
            }
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(_input);
            throw;
        }
    }

    public override NumericDocValues GetNumeric(FieldInfo field) =>
        _fields.TryGetValue(field.Number, out FieldNorms? norms) ? norms : throw new CorruptIndexException($"field '{field.Name}' has no norms in the file");

    public override BinaryDocValues GetBinary(FieldInfo field) => throw new NotSupportedException("norms are numbers");

    public override SortedDocValues GetSorted(FieldInfo field) => throw new NotSupportedException("norms are numbers");

    public override SortedSetDocValues GetSortedSet(FieldInfo field) => throw new NotSupportedException("norms are numbers");

    public override IBits GetDocsWithField(FieldInfo field) => new Bits.MatchAllBits(_maxDoc);

    public override long RamBytesUsed() => _fields.Count * 100L;

    public override void CheckIntegrity() => CodecUtil.ChecksumEntireFile((IndexInput)_input.Clone());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }
    }
}

/// <summary>One field's norms and block maxima in one segment. The memory is valid while this object is reachable.</summary>
internal sealed unsafe class FieldNorms : NumericDocValues
{
    private readonly FileBytes _file;
    private readonly byte* _values;
    private readonly bool _wide;
    private readonly int _maxDoc;

    public FieldNorms(FileBytes file, int maxDoc, ref ByteReader line)
    {
        _file = file;
        _maxDoc = maxDoc;
        int width = line.Byte();
        if (width is not 1 and not 8)
        {
            throw new CorruptIndexException($"norms of {width} bytes each, want 1 or 8");
        }

        _wide = width == 8;
        long at = line.Variable();
        file.CheckData(at, (long)maxDoc * width);
        _values = file.Start + at;
        ImpactCount = line.Variable();
        if (ImpactCount > 0)
        {
            long champions = line.Variable();
            ChampionBytes = line.Variable();
            file.CheckData(champions, ChampionBytes);
            Champions = file.Start + champions;
            long impacts = line.Variable();
            AverageLength = BitConverter.UInt32BitsToSingle(line.Int32());
            file.CheckData(impacts, ImpactCount);
            file.CheckData(impacts, ImpactCount * 3);
            Impacts = (ushort*)(file.Start + impacts);
            Floors = (byte*)(Impacts + ImpactCount);
        }
    }

    /// <summary>One byte a document, readable three bytes further; null where norms are wider (another similarity wrote them).</summary>
    public byte* Bytes => _wide ? null : _values;

    /// <summary>See <see cref="TermImpacts"/>; null where no term has more than one block.</summary>
    public ushort* Impacts { get; }

    /// <summary>For each number of <see cref="Impacts"/> that belongs to a block, the smallest norm byte of its documents.</summary>
    public byte* Floors { get; }

    public long ImpactCount { get; }

    /// <summary>The terms' <see cref="TermChampions"/>, one after the other; null where there are no <see cref="Impacts"/>.</summary>
    public byte* Champions { get; }

    public long ChampionBytes { get; }

    /// <summary>The average length that the maxima were computed with.</summary>
    public float AverageLength { get; }

    public override long Get(int docID)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)docID, (uint)_maxDoc);
        long norm = _wide ? ((long*)_values)[docID] : _values[docID];
        GC.KeepAlive(_file);
        return norm;
    }
}
