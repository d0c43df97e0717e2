using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

public sealed unsafe class BlockOffsetsTests
{
    [Theory]
    [InlineData(2, 100, false)]
    [InlineData(8, 9_000, false)]
    [InlineData(9, 9_000, false)]
    [InlineData(1000, 9_362, false)]
    [InlineData(8, 9_363, true)]
    [InlineData(7, 100_000, true)]
    [InlineData(1000, 70_000, true)]
    public void Offsets_come_back(int blocks, int step, bool wide)
    {
        uint[] offsets = [.. Enumerable.Range(0, blocks).Select(b => (uint)(b * step))];
        ByteWriter bytes = new();
        Assert.Equal(wide, BlockOffsets.Write(offsets, bytes));
        Assert.Equal(BlockOffsets.BytesFor(blocks, wide), bytes.Length);
        fixed (byte* start = bytes.Written)
        {
            BlockOffsets read = BlockOffsets.At(start, blocks, wide);
            for (int b = 0; b < blocks; b++)
            {
                Assert.Equal(offsets[b], read[b]);
            }
        }
    }

    [Fact]
    public void A_jump_within_eight_blocks_takes_32_bits_and_one_between_them_does_not()
    {
        uint[] offsets = [0, 1, 2, 3, 4, 5, 6, 7, 4_000_000_000, 4_000_000_001];
        Assert.False(BlockOffsets.Write(offsets, new ByteWriter()));
        offsets[7] = 65_536;
        Assert.True(BlockOffsets.Write(offsets, new ByteWriter()));
    }
}
