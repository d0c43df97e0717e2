using System.Text;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class FormatDetectorTests
{
    [Theory]
    [InlineData("a.txt", "Plain text.", "text")]
    [InlineData("0412", "Plain text.", "text")]
    [InlineData("story.art", "Plain text.", "text")]
    [InlineData("a.txt", "[1] A note in brackets", "text")]
    [InlineData("a.txt", "{ A note } in braces", "text")]
    [InlineData("a.txt", "< 5 percent of voters", "text")]
    [InlineData("a.txt", "Subject: the price of fish\n\nText", "text")]
    [InlineData("a.txt", "{\"title\": \"t\"}", "json")]
    [InlineData("a", " \n[ {\"title\": \"t\"}]", "json")]
    [InlineData("a.json", "not json at all", "json")]
    [InlineData("a.json", "{\"title\": \"t\"}\n{\"title\": \"u\"}\n", "ndjson")]
    [InlineData("a.jsonl", "{\"title\": \"t\"}", "ndjson")]
    [InlineData("a.JSONL", "broken first line\n{\"title\": \"t\"}", "ndjson")]
    [InlineData("a.ndjson", "[\n{\"title\": \"t\"}]", "json")]
    [InlineData("a.ndjson", "{\n  \"title\": \"t\"}", "json")]
    [InlineData("a.sgm", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">", "reuters-sgml")]
    [InlineData("a.txt", "<REUTERS NEWID=\"1\">", "reuters-sgml")]
    [InlineData("a.txt", "<!DOCTYPE html><p>x", "an HTML page")]
    [InlineData("a.txt", "\n<?xml version=\"1.0\"?><nitf/>", "an XML document")]
    [InlineData("a.txt", "<nitf></nitf>", "a document with markup (XML, HTML or SGML)")]
    [InlineData("a.html", "no markup yet", "an HTML page")]
    [InlineData("a.csv", "id,title\n1,t", "a table")]
    [InlineData("a", "Received: from x\nMessage-ID: <1@x>\n\nText", "an e-mail")]
    [InlineData("a.txt", "%PDF-1.7", "a PDF document")]
    [InlineData("a.txt", "PK\u0003\u0004", "a zip archive or Office document")]
    [InlineData("a.txt", "\u0001ab wire", "a wire message (ANPA 1312, IPTC 7901)")]
    [InlineData("a.warc", "WARC/1.0\r\n", "a WARC file")]
    public void Detect_ContentAndName_PickReaderOrNameTheFormat(string name, string content, string expected)
    {
        var head = new InputHead(name, Encoding.UTF8.GetBytes(content), complete: true);
        IArticleReader? reader = FormatDetector.Detect(head, out RejectKind kind, out string reason);
        Assert.Equal(expected, reader?.Format ?? reason.Split(", which is not read;")[0]);
        Assert.Equal(reader is null ? RejectKind.Unsupported : default, kind);
    }

    [Fact]
    public void Detect_UnsupportedFormat_SaysWhatIsWanted() => Assert.Equal(
        "0 unsupported-format: an HTML page, which is not read; want one of text, reuters-sgml, ndjson, json",
        Reader.Reason("a.html", "<html>"));

    [Fact]
    public void Detect_JsonInUtf16_IsJson() =>
        Assert.Equal("Łódź", Reader.Article("a", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"title\": \"Łódź\"}")]).Declared.Headline);
}
