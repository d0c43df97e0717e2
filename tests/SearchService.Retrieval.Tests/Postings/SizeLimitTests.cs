using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>What the format has no room for ends with a sentence. The sizes themselves are out of a test's reach.</summary>
public sealed class SizeLimitTests
{
    [Fact]
    public void An_offset_of_4_GB_is_refused_with_what_it_is_inside_of()
    {
        Assert.Equal(uint.MaxValue, FileOffset.Of(uint.MaxValue, "the dictionary of a field"));
        Assert.Equal(
            "the dictionary of a field takes 4294967296 bytes in one segment, at most 4294967295 are supported",
            Assert.Throws<NotSupportedException>(() => FileOffset.Of(uint.MaxValue + 1L, "the dictionary of a field")).Message);
    }

    [Fact]
    public void A_buffer_doubles_up_to_the_longest_array_and_is_refused_beyond()
    {
        Assert.Equal(2048, ByteWriter.GrownLength(1024, 1025));
        Assert.Equal(5000, ByteWriter.GrownLength(1024, 5000));
        Assert.Equal(Array.MaxLength, ByteWriter.GrownLength(1 << 30, (1L << 30) + 1));
        Assert.Equal(
            "a part of a segment takes 2147483648 bytes, at most 2147483591 are supported",
            Assert.Throws<NotSupportedException>(() => ByteWriter.GrownLength(1 << 30, 1L << 31)).Message);
    }
}
