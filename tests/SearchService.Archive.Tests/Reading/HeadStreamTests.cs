using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class HeadStreamTests
{
    [Fact]
    public void Read_ErrorMetWhileReadingAhead_ComesAfterTheBytesBeforeIt()
    {
        var stream = new HeadStream(new FailingOnce("abc"u8.ToArray()), maxBytes: 16);
        Assert.Equal("abc"u8.ToArray(), stream.Head.ToArray());
        Assert.False(stream.Complete);
        byte[] buffer = new byte[16];
        Assert.Equal(3, stream.Read(buffer));
        Assert.Equal("damage", Assert.Throws<IOException>(() => stream.Read(buffer)).Message);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Read_Delivers_HeadAndRest(int maxBytes, bool complete)
    {
        var stream = new HeadStream(new DripStream("abc"u8.ToArray(), 1), maxBytes);
        Assert.Equal(complete, stream.Complete);
        var all = new MemoryStream();
        stream.CopyTo(all);
        Assert.Equal("abc"u8.ToArray(), all.ToArray());
    }

    /// <summary>Delivers its bytes, fails, and then claims to be at its end.</summary>
    private sealed class FailingOnce(byte[] content) : MemoryStream(content)
    {
        private bool _failed;

        public override int Read(Span<byte> buffer)
        {
            int read = base.Read(buffer);
            if (read > 0 || _failed)
            {
                return read;
            }

            _failed = true;
            throw new IOException("damage");
        }
    }
}
