using System.Text;
using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class PlainTextReaderTests
{
    private const string Story = """
        Ministers open harbour talks in Genoa

        12 March 2015 09:05 (UTC+01:00)

        Genoa, Italy, March 12

        Ministers of six countries opened talks on harbour fees in Genoa on Thursday.

        "We expect no result today," said Paolo Conti, who chairs the talks.
        """;

    [Fact]
    public void Read_TextFile_IsOneArticleWithItsWholeText()
    {
        Article article = Reader.Article("wire/0412.txt", Story);
        Assert.Equal(new ArticleOrigin("wire/0412.txt", 0, "text", "utf-8"), article.Origin);
        Assert.Equal(ArticleId.FromPath("wire/0412.txt", 0), article.Id);
        Assert.Equal(Story, article.SourceText);
        Assert.Equal("", article.Body);
        Assert.Equal(DeclaredFields.None, article.Declared);
    }

    [Fact]
    public void Read_LineEndsOfWindowsAndOldMac_BecomeLf()
    {
        Assert.Equal(Story, Reader.Article("a.txt", Story.Replace("\n", "\r\n", StringComparison.Ordinal)).SourceText);
        Assert.Equal(Story, Reader.Article("a.txt", Story.Replace("\n", "\r", StringComparison.Ordinal)).SourceText);
    }

    [Fact]
    public void Read_ByteOrderMarkAndEndMark_AreLeftOut() =>
        Assert.Equal("Text\n", Reader.Article("a.txt", "\uFEFFText\r\n\u001A").SourceText);

    [Fact]
    public void Read_Latin1_IsDecodedAndNamed()
    {
        Article article = Reader.Article("a.txt", Encoding.Latin1.GetBytes("Café in Zürich closes"));
        Assert.Equal("Café in Zürich closes", article.SourceText);
        Assert.Equal("windows-1252", article.Origin.Charset);
    }

    [Fact]
    public void Read_DamagedUtf8_IsReadWithAWarning() => Assert.Equal(
        ["0  | Zürich Łódź \uFFFD end !1 byte sequences are no utf-8, U+FFFD stands in their place"],
        Reader.Print(Reader.Read("a.txt", [.. "Zürich Łódź "u8, 0xFF, .. " end"u8])));

    [Theory]
    [InlineData("", "0 empty: empty file")]
    [InlineData(" \r\n\t\n", "0 empty: blank file")]
    [InlineData("\uFEFF", "0 empty: blank file")]
    [InlineData("text with \0 in it", "0 binary: bytes of value zero")]
    [InlineData("a\u0002b\u0003c\u0004d\u0005", "0 binary: control characters")]
    public void Read_NoText_IsRejected(string content, string printed) => Assert.Equal(printed, Reader.Reason("a.txt", content));

    [Fact]
    public void Read_StrayControlCharacters_AreText() =>
        Assert.NotNull(Reader.Article("a.txt", "A note\u0007 with \u001B[31mcolour\u001B[0m and one bell in it").SourceText);

    [Fact]
    public void Read_OverTheLimits_IsRejectedWithTheOption()
    {
        Assert.Equal(
            "0 over-limit: text of more than 10 characters, the most that MaxBodyChars allows",
            Reader.Reason("a.txt", "eleven char", new ReadingOptions { MaxBodyChars = 10 }));
        Assert.Equal(
            "0 over-limit: file of more than 10 bytes, the most that MaxFileBytes allows",
            Reader.Reason("a.txt", "eleven char", new ReadingOptions { MaxFileBytes = 10 }));
        Assert.NotNull(Reader.Article("a.txt", "ten chars.", new ReadingOptions { MaxFileBytes = 10, MaxBodyChars = 10 }).SourceText);
    }
}
