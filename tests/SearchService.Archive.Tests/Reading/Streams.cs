namespace SearchService.Archive.Tests.Reading;

/// <summary>Delivers its bytes a few at a time, as pipes and decoders do.</summary>
internal sealed class DripStream(byte[] content, int chunk) : MemoryStream(content)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
}

/// <summary>Some bytes, then one byte many times, then some bytes: more than a test could hold.</summary>
internal sealed class LongStream(byte[] head, byte filler, long fillers, byte[] tail) : MemoryStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        long inFillers = _position - head.Length;
        long inTail = inFillers - fillers;
        int count;
        if (inFillers < 0)
        {
            count = Copy(head.AsSpan((int)_position), buffer);
        }
        else if (inTail < 0)
        {
            count = (int)Math.Min(buffer.Length, -inTail);
            buffer[..count].Fill(filler);
        }
        else
        {
            count = Copy(tail.AsSpan((int)inTail), buffer);
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }
}
