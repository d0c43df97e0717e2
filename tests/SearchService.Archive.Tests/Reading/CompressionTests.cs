using System.IO.Compression;
using System.Text;
using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class CompressionTests
{
    private static readonly byte[] Lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(
        i => $"{{\"title\":\"story {i}\",\"body\":\"{(i * 2654435761L) % 1_000_003}-{(i * 40503L) % 999_983}\"}}\n")));

    [Theory]
    [InlineData("gz")]
    [InlineData("zst")]
    public void Read_CompressedFile_IsReadUnderItsOwnPath(string kind)
    {
        List<ReadResult> results = Reader.Read($"d/a.ndjson.{kind}", Pack(kind, Lines));
        Assert.Equal(3000, results.Count);
        Article last = Assert.IsType<ReadResult.Read>(results[^1]).Article;
        Assert.Equal(new ArticleOrigin($"d/a.ndjson.{kind}", 2999, "ndjson", "utf-8"), last.Origin);
    }

    [Theory]
    [InlineData("gz", "gzip")]
    [InlineData("zst", "zstd")]
    public void Read_CutOffData_GivesTheRecordsBeforeAndAReason(string kind, string name)
    {
        byte[] packed = Pack(kind, Lines);
        for (int cut = 1; cut < packed.Length - 10; cut += cut < 20 ? 1 : 997)
        {
            List<ReadResult> results = Reader.Read("a.ndjson.x", packed[..^cut]);
            ReadResult.Rejected end = Assert.IsType<ReadResult.Rejected>(results[^1]);
            Assert.Equal(RejectKind.Malformed, end.Kind);
            Assert.Matches($"^{name} data (cut off|damaged or cut off) after [0-9]+ unpacked bytes$", end.Reason);
            Assert.All(results.SkipLast(1), r => Assert.IsType<ReadResult.Read>(r));
            Assert.Equal(results.Count - 1, end.Record);
        }
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("zst")]
    public void Read_DamagedData_EndsWithAReason(string kind)
    {
        byte[] packed = Pack(kind, Lines);
        packed[packed.Length / 2] ^= 0x55;
        List<ReadResult> results = Reader.Read("a.ndjson.x", packed);
        Assert.Contains(results, r => r is ReadResult.Rejected);
        Assert.DoesNotContain(results, r => r is ReadResult.Rejected { Kind: RejectKind.Failed });
    }

    [Theory]
    [InlineData("gz", "gzip")]
    [InlineData("zst", "zstd")]
    public void Read_Bomb_StopsAtTheRatio(string kind, string name)
    {
        byte[] bomb = Pack(kind, Encoding.UTF8.GetBytes(new string('x', 20_000_000)));
        Assert.Equal(
            $"0 over-limit: {name} data of more than 200 unpacked bytes for a packed one, the most that MaxUnpackRatio allows",
            Reader.Reason("a.txt", bomb));
        Assert.Equal(
            $"0 over-limit: {name} data of more than 200 unpacked bytes for a packed one, the most that MaxUnpackRatio allows",
            Reader.Reason("a.txt", Pack("gz", bomb)));
    }

    [Fact]
    public void Read_MoreThanTheBytesAllowed_Stops()
    {
        List<ReadResult> results = Reader.Read("a.ndjson.gz", Pack("gz", Lines), new ReadingOptions { MaxUnpackedBytes = 100_000 });
        Assert.InRange(results.Count, 100, 2999);
        Assert.Equal(
            "over-limit: gzip data of more than 100000 unpacked bytes, the most that MaxUnpackedBytes allows",
            Reader.Print(results[^1]).Split(' ', 2)[1]);
    }

    [Fact]
    public void Read_LayersOfCompression_AreCounted()
    {
        byte[] two = Pack("zst", Pack("gz", Lines));
        Assert.Equal(3000, Reader.Read("a.ndjson.gz.zst", two).Count);
        Assert.Equal(
            "0 over-limit: file of more than 2 layers of compression, the most that MaxCompressionLayers allows",
            Reader.Reason("a.ndjson.gz.zst.gz", Pack("gz", two)));
    }

    [Fact]
    public void Read_ZstdWindowOverTheMemoryAllowed_IsRefused()
    {
        // Frame header of RFC 8878, section 3.1.1: no content size, window of 2^31 bytes; one raw block of one byte, the last.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, (31 - 10) << 3, 0x09, 0x00, 0x00, (byte)'x'];
        Assert.Equal("0 over-limit: zstd data with a window over 128 MB", Reader.Reason("a.txt.zst", frame));
    }

    [Fact]
    public void Read_SeveralMembers_AreOneFile()
    {
        byte[] line = Pack("gz", Encoding.UTF8.GetBytes("{\"title\":\"t\"}\n"));
        Assert.Equal(500, Reader.Read("a.ndjson.gz", [.. Enumerable.Repeat(line, 500).SelectMany(b => b)]).Count);
    }

    [Fact]
    public void Read_BytesBehindTheData_AreDamage() => Assert.Equal(
        ["0 t | ", "1 malformed: gzip data damaged or cut off after 14 unpacked bytes"],
        Reader.Print(Reader.Read("a.ndjson.gz", [.. Pack("gz", Encoding.UTF8.GetBytes("{\"title\":\"t\"}\n")), .. "GARBAGE"u8])));

    [Fact]
    public void Read_EmptyData_IsEmpty() => Assert.Equal("0 empty: empty file", Reader.Reason("a.txt.gz", Pack("gz", [])));

    private static byte[] Pack(string kind, byte[] content)
    {
        var packed = new MemoryStream();
        using (Stream packing = kind == "gz"
            ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)
            : new ZstdSharp.CompressionStream(packed, leaveOpen: true))
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }
}
