using System.Text;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class NdjsonReaderTests
{
    [Fact]
    public void Read_BrokenLine_IsOneRejectedRecordAndTheRestGoesOn() => Assert.Equal(
        ["0 t | ", "1 malformed: not valid json at line 1, byte 10 of the record", "3 u | ", "4 malformed: a json array, want an object"],
        Reader.Print(Reader.Read("a.ndjson", "{\"title\":\"t\"}\r\n{\"title\":\r\n\r\n{\"title\":\"u\"}\n[1]")));

    [Fact]
    public void Read_Records_AreNumberedByTheirLine()
    {
        List<ReadResult> results = Reader.Read("d/a.jsonl", "\n\n{\"title\":\"t\"}\n");
        Assert.Equal("2 t | ", Reader.Print(Assert.Single(results)));
        Assert.Equal("ndjson", Assert.IsType<ReadResult.Read>(results[0]).Article.Origin.Format);
    }

    [Fact]
    public void Read_LineAtAndOverTheLimit_IsReadAndPassedOver()
    {
        const string Line = "{\"title\":\"0123456789\"}";
        var options = new ReadingOptions { MaxRecordBytes = Line.Length };
        Assert.Equal(
            ["0 0123456789 | ", "1 over-limit: line of more than 22 bytes, the most that MaxRecordBytes allows", "2 0123456789 | "],
            Reader.Print(Reader.Read("a.ndjson", $"{Line}\n {Line}\n{Line}", options)));
    }

    [Fact]
    public void Read_LineOf200Megabytes_IsPassedOverInConstantMemory()
    {
        var content = new LongStream("{\"title\":\"t\"}\n"u8.ToArray(), (byte)'x', 200_000_000, "\n{\"title\":\"u\"}\n"u8.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<ReadResult> results = Reader.Read("a.ndjson", content);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(
            ["0 t | ", "1 over-limit: line of more than 4194304 bytes, the most that MaxRecordBytes allows", "2 u | "], Reader.Print(results));
        Assert.InRange(allocated, 0, 32 * 1024 * 1024);
    }

    [Fact]
    public void Read_Utf16_IsTranscoded() => Assert.Equal(
        ["0 Łódź | ", "1 u | "],
        Reader.Print(Reader.Read("a.ndjson", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("{\"title\":\"Łódź\"}\n{\"title\":\"u\"}\n")])));

    [Fact]
    public void Read_ByteOrderMark_IsLeftOut() => Assert.Equal("0 t | ", Reader.Reason("a.ndjson", "\uFEFF{\"title\":\"t\"}\n"));

    [Fact]
    public void Read_ManyStrayLines_StopsReading() => Assert.Equal(
        1001, Reader.Read("a.ndjson", string.Concat(Enumerable.Repeat("x\n", 5000))).Count);
}
