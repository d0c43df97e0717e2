using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Tests.Postings;

public sealed class Bm25Tests
{
    [Fact]
    public void Lengths_are_encoded_sixteen_at_a_time_as_one_by_one()
    {
        for (int first = 0; first < 200_000; first += 16)
        {
            Vector512<float> lengths = Vector512.ConvertToSingle(Vector512<int>.Indices + Vector512.Create(first));
            Vector512<int> exact = Bm25.EncodeLengths(lengths);
            Vector512<int> fraction = Bm25.EncodeLengths(lengths + Vector512.Create(0.75f));
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(Bm25.EncodeLength(first + i), exact[i]);
                Assert.Equal(Bm25.EncodeLength(first + i), fraction[i]);
            }
        }
    }

    [Fact]
    public void Bytes_are_decoded_sixteen_at_a_time_as_one_by_one()
    {
        for (int first = 0; first < 256; first += 16)
        {
            Vector512<float> lengths = Bm25.DecodeLengths(Vector512<int>.Indices + Vector512.Create(first));
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(Bm25.DecodeLength((byte)(first + i)), lengths[i]);
            }
        }
    }

    [Theory]
    [InlineData(-0.25f, -1)]
    [InlineData(-1e9f, -1)]
    [InlineData(float.NegativeInfinity, -1)]
    [InlineData(1e9f, 246)]
    public void Lengths_beyond_those_of_documents_are_encoded(float length, int expected) =>
        Assert.Equal(Vector512.Create(expected), Bm25.EncodeLengths(Vector512.Create(length)));

    [Fact]
    public void A_byte_stands_for_the_shortest_length_that_has_it()
    {
        for (int value = 1; value < 256; value++)
        {
            int length = Bm25.DecodeLength((byte)value);
            Assert.Equal(value, Bm25.EncodeLength(length));
            Assert.Equal(value - 1, Bm25.EncodeLength(length - 1));
        }
    }
}
