using System.Numerics;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes the file of <see cref="BlockNumbersFormat"/>.</summary>
internal sealed class BlockNumbersWriter : DocValuesConsumer
{
    private readonly IndexOutput _file;
    private readonly int _maxDoc;
    private readonly ByteWriter _table = new();
    private readonly ByteWriter _blocks = new();
    private readonly ByteWriter _offsets = new();
    private readonly long[] _numbers = new long[FieldNumbers.BlockSize];
    private int _fields;
    private bool _closed;

    public BlockNumbersWriter(SegmentWriteState state)
    {
        _maxDoc = state.SegmentInfo.DocCount;
        string name = IndexFileNames.SegmentFileName(state.SegmentInfo.Name, state.SegmentSuffix, BlockNumbersFormat.Extension);
        _file = state.Directory.CreateOutput(name, state.Context);
        CodecUtil.WriteHeader(_file, BlockNumbersFormat.CodecName, BlockNumbersFormat.Version);
    }

    public override void AddNumericField(FieldInfo field, IEnumerable<long?> values)
    {
        byte[] present = new byte[(_maxDoc + 7) / 8];
        _blocks.Clear();
        _offsets.Clear();
        int doc = 0;
        int missing = 0;
        long last = 0;
        foreach (long? value in values)
        {
            if (value is { } number)
            {
                present[doc >> 3] |= (byte)(1 << (doc & 7));
                last = number;
            }
            else
            {
                missing++;
            }

            _numbers[doc % FieldNumbers.BlockSize] = last;
            if (++doc % FieldNumbers.BlockSize == 0)
            {
                WriteBlock(_numbers);
            }
        }

        if (doc % FieldNumbers.BlockSize != 0)
        {
            WriteBlock(_numbers.AsSpan(0, doc % FieldNumbers.BlockSize));
        }

        _fields++;
        _table.Variable(field.Number);
        _table.Variable(_file.Position);
        _table.Variable(_blocks.Length);
        _table.Byte(missing > 0 ? 1 : 0);
        _blocks.CopyTo(_file);
        _offsets.CopyTo(_file);
        if (missing > 0)
        {
            _file.WriteBytes(present, 0, present.Length);
        }
    }

    public override void AddBinaryField(FieldInfo field, IEnumerable<BytesRef> values) => throw NotNumbers(field);

    public override void AddSortedField(FieldInfo field, IEnumerable<BytesRef> values, IEnumerable<long?> docToOrd) => throw NotNumbers(field);

    public override void AddSortedSetField(
        FieldInfo field, IEnumerable<BytesRef> values, IEnumerable<long?> docToOrdCount, IEnumerable<long?> ords) => throw NotNumbers(field);

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        _closed = true;
        FileBytes.Close(() => FileBytes.WriteTable(_file, _fields, _table), _file);
    }

    private static NotSupportedException NotNumbers(FieldInfo field) => new($"field '{field.Name}' has doc values that are no numbers, this format keeps numbers");

    private void WriteBlock(ReadOnlySpan<long> numbers)
    {
        _offsets.Int32((uint)_blocks.Length);
        _blocks.Int64((ulong)numbers[0]);
        (long least, int shift, int width) = Measure(numbers);
        if (width > FieldNumbers.MostWidth)
        {
            _blocks.Byte(FieldNumbers.Plain);
            foreach (long number in numbers[1..])
            {
                _blocks.Int64((ulong)number);
            }

            return;
        }

        _blocks.Byte(width);
        _blocks.Byte(shift);
        _blocks.Int64((ulong)least);
        ulong pending = 0;
        int filled = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            pending |= (ulong)(numbers[i] - numbers[i - 1] - least) >> shift << filled;
            for (filled += width; filled >= 8; filled -= 8)
            {
                _blocks.Byte((byte)pending);
                pending >>= 8;
            }
        }

        if (filled > 0)
        {
            _blocks.Byte((byte)pending);
        }
    }

    /// <summary>The least difference of neighbours, and of the differences less that: the zero bits all end in, and the width without these.</summary>
    private static (long Least, int Shift, int Width) Measure(ReadOnlySpan<long> numbers)
    {
        long least = numbers.Length > 1 ? long.MaxValue : 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            // differences too great for 64 bits come round on both sides
            least = Math.Min(least, numbers[i] - numbers[i - 1]);
        }

        ulong union = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            union |= (ulong)(numbers[i] - numbers[i - 1] - least);
        }

        int shift = union == 0 ? 0 : BitOperations.TrailingZeroCount(union);
        return (least, shift, 64 - BitOperations.LeadingZeroCount(union >> shift));
    }
}
