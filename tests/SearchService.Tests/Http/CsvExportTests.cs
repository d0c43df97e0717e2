using SearchService.Http;

namespace SearchService.Tests.Http;

public sealed class CsvExportTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\0=1", "'\0=1")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("Məmmədov", "Məmmədov")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Cell_IsQuotedAndNeverAFormula(string? value, string cell) => Assert.Equal(cell, CsvExport.Cell(value));
}
