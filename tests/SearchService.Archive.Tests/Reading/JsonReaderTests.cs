using System.Text;
using SearchService.Archive.Articles;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class JsonReaderTests
{
    [Theory]
    [InlineData("""{"title":"t","body":"b"}""", "0 t | b")]
    [InlineData("""[{"title":"t","body":"b"},{"title":"u","body":"c"}]""", "0 t | b", "1 u | c")]
    [InlineData("""{"title":"t"} {"title":"u"}""", "0 t | ", "1 u | ")]
    [InlineData("""{"status":"ok","articles":[{"title":"t"},{"title":"u"}],"next":{"a":[1]}}""", "0 t | ", "1 u | ")]
    [InlineData("""{"title":"My feed","items":[{"title":"t","content_text":"b"}]}""", "0 t | b")]
    [InlineData("""{"responseHeader":{"status":0},"response":{"numFound":1,"docs":[{"title":["t"],"text":["b","c"]}]}}""", "0 t | b\n\nc")]
    [InlineData("""{"took":1,"hits":{"total":{"value":1},"hits":[{"_id":"7","_source":{"title":"t","body":"b"}}]}}""", "0 t | b")]
    [InlineData("""{"data":{"title":"t"},"body":"b"}""", "0  | b")]
    [InlineData("""{"body":"b","items":[{"title":"inner"}]}""", "0  | b")]
    [InlineData("""{"title":"t","items":["a","b"]}""", "0 t | ")]
    [InlineData("""[]""", "0 empty: no records")]
    [InlineData("""{"articles":[]}""", "0 no-text: no headline and no text in the fields articles")]
    [InlineData("""[{"title":"t"},3,{"title":"u"},]""", "0 t | ", "1 malformed: a json number, want an object", "2 u | ")]
    [InlineData(
        """[{"title":"t"},{"title":]""",
        "0 t | ",
        "1 malformed: not valid json at line 1, byte 10 of the record", "2 malformed: json ends too early: byte 25 of the file")]
    [InlineData("""[{"title":"t"},{"title":"u""", "0 t | ", "1 malformed: json ends too early: byte 26 of the file")]
    [InlineData("""[{"title":"t"},{"title":,},{"title":"u"}]""", "0 t | ", "1 malformed: not valid json at line 1, byte 10 of the record", "2 u | ")]
    [InlineData("""{"title":"t"}]""", "0 t | ", "1 malformed: not valid json, the rest was not read: byte 13 of the file")]
    [InlineData("""{"title" "t"}""", "0 malformed: not valid json, the rest was not read: byte 9 of the file")]
    [InlineData("""{"a":1,"b":2}""", "0 no-text: no headline and no text in the fields a, b")]
    [InlineData("""{"title":"","headline":null,"body":"  "}""", "0 no-text: no headline and no text in the fields title, headline, body")]
    public void Read_Shapes(string json, params string[] printed) => Assert.Equal(printed, Reader.Print(Reader.Read("a.json", json)));

    [Fact]
    public void Read_EveryField_IsDeclaredAsWritten()
    {
        Article article = Reader.Article("a.json", """
            {
              "guid": 17, "headline": "Ferry strike ends", "articleBody": "First.\r\nSecond.",
              "datePublished": "2019-05-02T08:00:00+02:00", "dateline": "PIRAEUS, May 2", "located": "Piraeus", "location_country": "GR",
              "countries": ["GR", {"name": "Italy"}], "persons": [{"name": "Eleni Pappas"}], "publisher": {"name": "Harbour News", "url": "x"},
              "inLanguage": "en", "author": [{"name": "A. Reporter"}, "B. Writer"], "articleSection": "Shipping",
              "keywords": "ferries, strikes", "url": "https://example.org/17"
            }
            """);
        Assert.Equal("First.\nSecond.", article.Body);
        Assert.Null(article.SourceText);
        Assert.Equal(ArticleId.FromNative("Harbour News", "17"), article.Id);
        DeclaredFields declared = article.Declared;
        Assert.Equal(
            ("17", "Ferry strike ends", "2019-05-02T08:00:00+02:00", "PIRAEUS, May 2", "Piraeus", "GR"),
            (declared.NativeId, declared.Headline, declared.Date, declared.Dateline, declared.Location, declared.LocationCountry));
        Assert.Equal(
            ("Harbour News", "en", "A. Reporter, B. Writer", "Shipping", "https://example.org/17"),
            (declared.Source, declared.Language, declared.Byline, declared.Section, declared.Url));
        Assert.Equal(["GR", "Italy"], declared.Countries);
        Assert.Equal(["Eleni Pappas"], declared.People);
        Assert.Equal(["ferries", "strikes"], declared.Subjects);
    }

    [Fact]
    public void Read_SearchEngineDump_TakesIdBesideSource() => Assert.Equal(
        ArticleId.FromNative(null, "x1"), Reader.Article("a.json", """{"_index":"news","_id":"x1","_source":{"title":"t"}}""").Id);

    [Fact]
    public void Read_WithoutId_IdIsOfPathAndRecord() => Assert.Equal(
        ArticleId.FromPath("d/a.json", 1),
        Assert.IsType<ReadResult.Read>(Reader.Read("d/a.json", """[{"title":"t"},{"title":"u"}]""")[1]).Article.Id);

    [Theory]
    [InlineData("""{"title":"\ud800 x","body":"\udfff\n\u0041 \ud83d\ude00 \"q\""}""", "0 \uFFFD x | \uFFFD\nA 😀 \"q\"")]
    [InlineData("""{"title":"a","title":"b","body":"c"}""", "0 b | c")]
    [InlineData("""{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},"title":"t","body":"b"}""", "0 t | b")]
    [InlineData("""{"\ud800":1,"t\u0069tle":"t"}""", "0 t | ")]
    [InlineData("""{"title":true,"headline":12.50}""", "0 12.50 | ")]
    public void Read_OddButValid_IsRead(string json, string printed) => Assert.Equal([printed], Reader.Print(Reader.Read("a.json", json)));

    [Fact]
    public void Read_DeepNesting_IsRejectedWithTheOption()
    {
        string deep = "{\"title\":\"t\",\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        Assert.Equal("0 over-limit: json of more than 64 levels, the most that MaxJsonDepth allows", Reader.Reason("a.json", deep));
        Assert.Equal("0 malformed: json ends too early: byte 100000 of the file", Reader.Reason("a.json", new string('[', 100_000)));
        Assert.Equal(
            "0 t | ", Reader.Reason("a.json", "{\"title\":\"t\",\"x\":" + new string('[', 63) + new string(']', 63) + "}"));
    }

    [Fact]
    public void Read_RecordOverTheLimit_IsPassedOver()
    {
        string json = $$"""[{"title":"t"},{"title":"u","body":"{{new string('x', 100)}}"},{"title":"v"}]""";
        Assert.Equal(
            ["0 t | ", "1 over-limit: record of more than 60 bytes, the most that MaxRecordBytes allows", "2 v | "],
            Reader.Print(Reader.Read("a.json", json, new ReadingOptions { MaxRecordBytes = 60 })));
    }

    [Fact]
    public void Read_ElementOf200Megabytes_IsPassedOverInConstantMemory()
    {
        var content = new LongStream("[{\"title\":\"t\"},{\"title\":\""u8.ToArray(), (byte)'x', 200_000_000, "\"},{\"title\":\"u\"}]"u8.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<ReadResult> results = Reader.Read("a.json", content);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(
            ["0 t | ", "1 over-limit: record of more than 4194304 bytes, the most that MaxRecordBytes allows", "2 u | "], Reader.Print(results));
        Assert.InRange(allocated, 0, 32 * 1024 * 1024);
    }

    [Fact]
    public void Read_OverTheLimitsOfAnArticle_IsRejected()
    {
        Assert.Equal(
            "0 over-limit: headline of 1025 characters, want at most 1024; is the field mapping right?",
            Reader.Reason("a.json", $$"""{"title":"{{new string('x', 1025)}}"}"""));
        Assert.Equal(
            "0 over-limit: text of more than 10 characters, the most that MaxBodyChars allows",
            Reader.Reason("a.json", """{"body":"eleven char"}""", new ReadingOptions { MaxBodyChars = 10 }));
    }

    [Fact]
    public void Read_TooManyOrTooLongValues_AreLeftOutWithAWarning()
    {
        string tags = string.Join(',', Enumerable.Range(0, 70).Select(i => $"\"t{i}\""));
        Assert.Equal(
            ["0 t |  !date of 2000 characters left out, want at most 1024 !6 of 70 subjects left out, MaxValuesPerField allows 64"],
            Reader.Print(Reader.Read("a.json", $$"""{"title":"t","date":"{{new string('1', 2000)}}","tags":[{{tags}}]}""")));
    }

    [Fact]
    public void Read_ManyStrayValues_StopsReading()
    {
        List<ReadResult> results = Reader.Read("a.json", "[" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "]");
        Assert.Equal(1001, results.Count);
        Assert.Equal(
            "1000 over-limit: file of more than 1000 values that are no json objects, the most that MaxStrayValues allows; the rest was not read",
            Reader.Print(results[^1]));
    }

    [Fact]
    public void Read_Latin1Record_IsDecodedAndNamed()
    {
        Article article = Reader.Article("a.json", Encoding.Latin1.GetBytes("""{"title":"Zürich"}"""));
        Assert.Equal(("Zürich", "windows-1252"), (article.Declared.Headline, article.Origin.Charset));
    }

    [Theory]
    [InlineData("\"Fri Oct 20, 2006 6:15pm EDT\"", "Fri Oct 20, 2006 6:15pm EDT")]
    [InlineData("\"1161382500\"", "1161382500")]
    [InlineData("1161382500", "2006-10-20T22:15:00Z")]
    [InlineData("1161382500.75", "2006-10-20T22:15:00Z")]
    [InlineData("1161382500000", "2006-10-20T22:15:00Z")]
    [InlineData("1161382500000000", "2006-10-20T22:15:00Z")]
    [InlineData("-86400", "1969-12-31T00:00:00Z")]
    [InlineData("20061020", "20061020")]
    [InlineData("20061399", "1970-08-21T04:36:39Z")]
    [InlineData("1987", "1987")]
    [InlineData("0", null)]
    [InlineData("1e999999", null)]
    [InlineData("{\"$date\":1161382500000}", "2006-10-20T22:15:00Z")]
    [InlineData("[\"2006-10-20\",\"2006-10-21\"]", "2006-10-20")]
    public void Read_Date_StringAsWrittenNumberAsTime(string json, string? expected) =>
        Assert.Equal(expected, Reader.Article("a.json", $$"""{"title":"t","date":{{json}}}""").Declared.Date);
}
