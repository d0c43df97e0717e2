using System.Text;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class TextDecodingTests
{
    private const string Sample = "Zürich, “Nov. 21” – Łódź\nИрина";

    static TextDecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Decode_ByteOrderMark_DecidesAndIsLeftOut(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        Assert.Equal(new DecodedText(Sample, encoding.WebName, 0), TextDecoding.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Sample)]));
    }

    [Theory]
    [InlineData("utf-16", "headline in utf16")]
    [InlineData("utf-16BE", "headline in utf16")]
    [InlineData("utf-16", "Президент сказал, что переговоры идут.\nОн добавил")]
    [InlineData("utf-16BE", "Президент сказал, что переговоры идут.\nОн добавил")]
    public void Decode_Utf16WithoutMark_IsRecognised(string name, string text)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        Assert.Equal(new DecodedText(text, encoding.WebName, 0), TextDecoding.Decode(encoding.GetBytes(text)));
    }

    [Fact]
    public void Decode_ValidUtf8_WinsOverDeclaredCharset() =>
        Assert.Equal(new DecodedText(Sample, "utf-8", 0), TextDecoding.Decode(Encoding.UTF8.GetBytes(Sample), "windows-1251"));

    [Theory]
    [InlineData("windows-1251", "Москва, 21 ноября", "windows-1251", "windows-1251")]
    [InlineData("koi8-r", "Москва, 21 ноября", "koi8-r", "koi8-r")]
    [InlineData("shift_jis", "東京 21日", "shift_jis", "shift_jis")]
    [InlineData("windows-1252", "Café “Zürich”", null, "windows-1252")]
    [InlineData("iso-8859-1", "Café Zürich", "iso-8859-1", "windows-1252")]
    [InlineData("windows-1252", "Café “Zürich”", "no such charset", "windows-1252")]
    [InlineData("windows-1252", "Café “Zürich”", "utf-7", "windows-1252")]
    public void Decode_OtherCharset_AsDeclaredElseWindows1252(string encoding, string text, string? declared, string charset) =>
        Assert.Equal(new DecodedText(text, charset, 0), TextDecoding.Decode(Encoding.GetEncoding(encoding).GetBytes(text), declared));

    [Fact]
    public void Decode_MostlyUtf8_ReplacesAndCountsWhatIsBroken()
    {
        byte[] bytes = [.. "Zürich Łódź "u8, 0xFF, .. " end"u8];
        Assert.Equal(new DecodedText("Zürich Łódź \uFFFD end", "utf-8", 1), TextDecoding.Decode(bytes));
    }

    [Fact]
    public void Decode_BytesOfNoCharset_ReplacesAndCounts()
    {
        DecodedText decoded = TextDecoding.Decode([.. "good "u8, 0xFF, 0xC0, 0xAF, 0x90, .. " good"u8]);
        Assert.Equal(("good \uFFFD\uFFFD\uFFFD\uFFFD good", "utf-8", 4), (decoded.Text, decoded.Charset, decoded.Damaged));
    }

    [Fact]
    public void Decode_LoneSurrogateInUtf16_IsReplacedAndCounted() =>
        Assert.Equal(new DecodedText("a\uFFFDb", "utf-16", 1), TextDecoding.Decode([0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0]));

    [Fact]
    public void Decode_Nothing_IsEmptyUtf8() => Assert.Equal(new DecodedText("", "utf-8", 0), TextDecoding.Decode([]));
}
