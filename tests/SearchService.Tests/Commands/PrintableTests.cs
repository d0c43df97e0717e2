using SearchService.Commands;

namespace SearchService.Tests.Commands;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("İlham Əliyev «–» 日本", "İlham Əliyev «–» 日本")]
    [InlineData("a\u001b[31mred\u001b[0m", "a[31mred[0m")]
    [InlineData("a\u009b31mred", "a31mred")]
    [InlineData("one\r\ntwo\tthree", "one two three")]
    [InlineData("one\u2028two\u0085three", "one two three")]
    [InlineData("bell\u0007 null\u0000 del\u007f", "bell null del")]
    [InlineData("left\u202Eright\u2066iso\u2069", "leftrightiso")]
    [InlineData("\uFEFFmark", "mark")]
    [InlineData("may\u200Cjoin", "may\u200Cjoin")]
    [InlineData(null, "")]
    public void Line_KeepsTextAndDropsWhatSteersATerminal(string? text, string want) => Assert.Equal(want, Printable.Line(text));

    [Fact]
    public void Line_IsCutAtTheLimit() => Assert.Equal("abc…", Printable.Line("abcdef", 3));

    [Fact]
    public void Block_KeepsLineEnds() => Assert.Equal("one\n\ntwo", Printable.Block("one\r\n\r\n\u001btwo"));
}
