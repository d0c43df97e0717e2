// Measured: unpacking a block of 128 gaps into document numbers, by width of a gap: one value at a time, by vectors of 128 bits, by the widest that the processor has.
// Data: bits at random; no variant looks at them. Baseline: Lucene.NET's decoder of packed integers, and the sum that its postings take afterwards.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- --filter *UnpackBenchmarks*
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Lucene.Net.Util.Packed;
using SearchService.Retrieval.Postings;

namespace SearchService.Benchmarks.Engine;

/// <summary>The kernels of decoding.</summary>
public unsafe class UnpackBenchmarks
{
    private readonly byte[] _bytes = new byte[BitPacking.BytesFor(BlockUnpack.BlockSize, BitPacking.MaxPackedWidth) + BitPacking.ReadAhead];
    private readonly int[] _values = new int[BlockUnpack.BlockSize];
    private byte* _packed;
    private int* _target;
    private PackedInt32s.IDecoder? _decoder;

    [Params(1, 4, 7, 12, 20)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_bytes);
        _packed = (byte*)NativeMemory.AlignedAlloc((nuint)_bytes.Length, 64);
        _bytes.CopyTo(new Span<byte>(_packed, _bytes.Length));
        _target = (int*)NativeMemory.AlignedAlloc((BlockUnpack.BlockSize + 16) * sizeof(int), 64);
        _decoder = PackedInt32s.GetDecoder(PackedInt32s.Format.PACKED, PackedInt32s.VERSION_CURRENT, Width);
    }

    [GlobalCleanup]
    public void Free()
    {
        NativeMemory.AlignedFree(_packed);
        NativeMemory.AlignedFree(_target);
    }

    [Benchmark(Baseline = true)]
    public int Stock()
    {
        _decoder!.Decode(_bytes, 0, _values, 0, BlockUnpack.BlockSize / _decoder.ByteValueCount);
        int doc = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            doc += _values[i];
            _values[i] = doc;
        }

        return doc;
    }

    [Benchmark]
    public int Scalar()
    {
        ScalarUnpack.Gaps(_packed, Width, BlockUnpack.BlockSize, 0, _target);
        return _target[BlockUnpack.BlockSize - 1];
    }

    [Benchmark]
    public int Vector128()
    {
        Vector128Unpack.Gaps(_packed, Width, BlockUnpack.BlockSize, 0, _target);
        return _target[BlockUnpack.BlockSize - 1];
    }

    [Benchmark]
    public int Widest()
    {
        BlockUnpack.Gaps(_packed, Width, BlockUnpack.BlockSize, 0, _target);
        return _target[BlockUnpack.BlockSize - 1];
    }
}
