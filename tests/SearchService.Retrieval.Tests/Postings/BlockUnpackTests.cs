using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>Every vectorised unpacker equals its scalar twin, for every width.</summary>
public sealed unsafe class BlockUnpackTests : IDisposable
{
    private readonly byte* _packed = (byte*)NativeMemory.AllocZeroed(8192);
    private readonly int* _actual = (int*)NativeMemory.AllocZeroed(4096);
    private readonly int* _expected = (int*)NativeMemory.AllocZeroed(4096);

    private delegate void Decode(byte* packed, int width, int count, int first, int* target);

    public static TheoryData<int> Widths => [.. Enumerable.Range(0, 26), 32];

    public void Dispose()
    {
        NativeMemory.Free(_packed);
        NativeMemory.Free(_actual);
        NativeMemory.Free(_expected);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Scalar_reads_what_was_packed(int width)
    {
        uint[] values = Fill(width, BlockUnpack.BlockSize);
        ScalarUnpack.Values(_packed, width, BlockUnpack.BlockSize, 0, _actual);
        Assert.Equal(values, new Span<uint>(_actual, BlockUnpack.BlockSize).ToArray());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_variant_equals_the_scalar_one(int width)
    {
        Fill(width, BlockUnpack.BlockSize);
        foreach ((Decode expected, Decode actual) in Variants(width))
        {
            for (int count = 1; count <= BlockUnpack.BlockSize; count++)
            {
                expected(_packed, width, count, 41, _expected);
                actual(_packed, width, count, 41, _actual);
                Assert.Equal(new Span<int>(_expected, count).ToArray(), new Span<int>(_actual, count).ToArray());
            }
        }
    }

    /// <summary>The bytes that may be touched end where memory does: touching more ends the process.</summary>
    [SkippableTheory]
    [MemberData(nameof(Widths))]
    public void No_variant_reads_further_than_it_may(int width)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "memory is guarded by a call of Linux");
        using GuardedMemory memory = new(8192);
        foreach ((_, Decode actual) in Variants(width))
        {
            for (int count = 1; count <= BlockUnpack.BlockSize; count++)
            {
                actual(memory.End - BitPacking.BytesFor(count, width) - BitPacking.ReadAhead, width, count, 41, _actual);
                Assert.InRange(_actual[count - 1], 41, 41 + count);
            }
        }

        for (int first = 0; first < 60; first++)
        {
            foreach (int count in (int[])[1, 7, 16, 17, 40])
            {
                int bytes = BitPacking.BytesFor(first + count, width);
                BlockUnpack.Run(memory.End - bytes - BitPacking.ReadAhead, (long)first * width, width, count, 3, _actual);
                Assert.Equal(3, _actual[count - 1]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Run_reads_from_any_bit(int width)
    {
        uint[] values = Fill(width, 500);
        for (int first = 0; first < 60; first++)
        {
            foreach (int count in (int[])[1, 7, 16, 17, 40])
            {
                BlockUnpack.Run(_packed, (long)first * width, width, count, 3, _actual);
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal((int)values[first + i] + 3, _actual[i]);
                }
            }
        }
    }

    [Fact]
    public void Sums_equal_the_scalar_ones()
    {
        Random random = new(6);
        int* values = (int*)_packed;
        for (int count = 1; count <= BlockUnpack.BlockSize; count++)
        {
            int most = 1 << random.Next(1, 24);
            for (int i = 0; i < count + 16; i++)
            {
                values[i] = random.Next(most);
            }

            Assert.Equal(ScalarUnpack.Sums(values, count, _expected), BlockUnpack.Sums(values, count, _actual));
            Assert.Equal(new Span<int>(_expected, count + 1).ToArray(), new Span<int>(_actual, count + 1).ToArray());
        }
    }

    [Fact]
    public void Bits_equal_the_scalar_ones()
    {
        Random random = new(5);
        ulong* words = (ulong*)_packed;
        for (int round = 0; round < 300; round++)
        {
            int count = 1 + random.Next(40);
            double density = random.NextDouble();
            for (int w = 0; w < count; w++)
            {
                words[w] = 0;
                for (int b = 0; b < 64; b++)
                {
                    words[w] |= random.NextDouble() < density ? 1UL << b : 0;
                }
            }

            int expected = ScalarUnpack.Bits(words, count, 1000, _expected);
            int actual = Math.Min(BlockUnpack.BlockSize, BlockUnpack.Bits(words, count, 1000, _actual));
            Assert.Equal(expected, actual);
            Assert.Equal(new Span<int>(_expected, expected).ToArray(), new Span<int>(_actual, actual).ToArray());
        }
    }

    [Fact]
    public void A_variant_was_chosen() => Assert.Contains(BlockUnpack.Variant, (string[])["avx512", "avx2", "vector128", "scalar"]);

    private static List<(Decode Expected, Decode Actual)> Variants(int width)
    {
        List<(Decode, Decode)> variants = [(ScalarUnpack.Values, BlockUnpack.Values), (ScalarUnpack.Gaps, BlockUnpack.Gaps)];
        if (width <= BitPacking.MaxPackedWidth)
        {
            variants.AddRange([(ScalarUnpack.Values, Vector128Unpack.Values), (ScalarUnpack.Gaps, Vector128Unpack.Gaps)]);
            if (Avx2.IsSupported)
            {
                variants.AddRange([(ScalarUnpack.Values, Avx2Unpack.Values), (ScalarUnpack.Gaps, Avx2Unpack.Gaps)]);
            }

            if (Avx512Vbmi.IsSupported)
            {
                variants.AddRange([(ScalarUnpack.Values, Avx512Unpack.Values), (ScalarUnpack.Gaps, Avx512Unpack.Gaps)]);
            }
        }

        return variants;
    }

    private uint[] Fill(int width, int count)
    {
        Random random = new(width);
        uint[] values = [.. Enumerable.Range(0, count).Select(_ => (uint)(random.NextInt64() & ((1L << width) - 1)))];
        BitPacking.Pack(values, width, new Span<byte>(_packed, 8192));
        return values;
    }
}
