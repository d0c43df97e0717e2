using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

/// <summary>Stories made up for the test, in the markup that the collection's README describes.</summary>
public class ReutersSgmlReaderTests
{
    private const string File = """
        <!DOCTYPE lewis SYSTEM "lewis.dtd">
        <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="1" NEWID="501">
        <DATE> 2-MAR-1987 06:41:42.20</DATE>
        <MKNOTE>A note of the indexers</MKNOTE>
        <TOPICS><D>tin</D><D>ship</D></TOPICS>
        <PLACES><D>peru</D></PLACES>
        <PEOPLE><D>conti</D></PEOPLE>
        <UNKNOWN> &#5;&#5;&#5;C T</UNKNOWN>
        <TEXT>&#2;
        <TITLE>TIN &lt;TNX> MINES
        REOPEN</TITLE>
        <AUTHOR>    By Ana Ruiz, Reuters</AUTHOR>
        <DATELINE>    LIMA, March 2 - </DATELINE><BODY>Two tin mines reopened &amp; a third
        is to follow.
            No date was given &lt;yet>.
         Reuter
        &#3;</BODY></TEXT>
        </REUTERS>
        <REUTERS NEWID="502">
        <DATE>2-MAR-1987 06:42:00.00</DATE>
        <TOPICS></TOPICS>
        <TEXT TYPE="BRIEF">&#2;
        ******<TITLE>TIN PRICE FIXED
        </TITLE>Blah blah blah.
        &#3;

        </TEXT>
        </REUTERS>
        <REUTERS NEWID="503">
        <TEXT TYPE="UNPROC">&#2;
        WEEKLY TIN TABLE
            Spot 4,120
        &#3;

        </TEXT>
        </REUTERS>
        <REUTERS NEWID="504">
        <TEXT TYPE="UNPROC">&#2;
        &#3;</TEXT>
        </REUTERS>
        """;

    [Fact]
    public void Read_Story_DeclaresItsElements()
    {
        Article article = Assert.IsType<ReadResult.Read>(Reader.Read("reut.sgm", File)[0]).Article;
        Assert.Equal(new ArticleOrigin("reut.sgm", 0, "reuters-sgml", "iso-8859-1"), article.Origin);
        Assert.Equal(ArticleId.FromNative("Reuters-21578", "501"), article.Id);
        Assert.Equal("Two tin mines reopened & a third\nis to follow.\n    No date was given <yet>.\n Reuter", article.Body);
        DeclaredFields declared = article.Declared;
        Assert.Equal(("TIN <TNX> MINES REOPEN", "2-MAR-1987 06:41:42.20", "LIMA, March 2 -"), (declared.Headline, declared.Date, declared.Dateline));
        Assert.Equal(("By Ana Ruiz, Reuters", "Reuters", "en", "501"), (declared.Byline, declared.Source, declared.Language, declared.NativeId));
        Assert.Equal(["tin", "ship"], declared.Subjects);
        Assert.Empty(declared.Countries);
        Assert.Empty(declared.People);
    }

    [Fact]
    public void Read_BriefAndUnprocessed_AreHeadlineAndText() => Assert.Equal(
        ["1 TIN PRICE FIXED | ", "2  | WEEKLY TIN TABLE\n    Spot 4,120", "3 no-text: no TITLE and no text in BODY or TEXT"],
        Reader.Print(Reader.Read("reut.sgm", File))[1..]);

    [Theory]
    [InlineData("<REUTERS><BODY>ok</REUTERS>", "0  | ok")]
    [InlineData("<REUTERS NEWID=\"1\"><TITLE>A &lt;B</TITLE><BODY>text &#3;", "0 A <B | text ")]
    [InlineData("<REUTERS NEWID=\"1\"><TITLE>A<REUTERS NEWID=\"2\"><TITLE>B", "0 A | ", "1 B | ")]
    [InlineData("<REUTERS>", "0 no-text: no TITLE and no text in BODY or TEXT")]
    [InlineData("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">", "0 empty: no records")]
    [InlineData("<REUTERS NEWID=\"1", "0 no-text: no TITLE and no text in BODY or TEXT")]
    [InlineData("<REUTERS><TEXT >x &copy; &#xyz; &#1114112; & &#233;&#127;", "0  | x &copy; &#xyz; &#1114112; & é")]
    public void Read_DamagedMarkup_GivesWhatIsThere(string sgml, params string[] printed) =>
        Assert.Equal(printed, Reader.Print(Reader.Read("a.sgm", sgml)));

    [Fact]
    public void Read_Bytes_AreLatin1() =>
        Assert.Equal("0 Zürich | ", Reader.Reason("a.sgm", System.Text.Encoding.Latin1.GetBytes("<REUTERS NEWID=\"1\"><TITLE>Zürich</TITLE>")));

    [Fact]
    public void Read_StoryOverTheLimit_IsRejected() => Assert.Equal(
        ["0 over-limit: story of more than 40 bytes, the most that MaxRecordBytes allows", "1 b | "],
        Reader.Print(Reader.Read(
            "a.sgm", $"<REUTERS ><TITLE>{new string('a', 40)}</TITLE><REUTERS ><TITLE>b</TITLE>", new ReadingOptions { MaxRecordBytes = 40 })));
}
