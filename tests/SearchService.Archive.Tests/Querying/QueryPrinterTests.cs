using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class QueryPrinterTests
{
    [Theory]
    [InlineData("  oil   price ", "oil price")]
    [InlineData("NOT oil", "-oil")]
    [InlineData("NOT --oil", "NOT --oil")]
    [InlineData("NOT [oil", "-[oil")]
    [InlineData("+(--oil)", "+(--oil)")]
    [InlineData("headline:(--oil)", "headline:(--oil)")]
    [InlineData("headline:([oil)", "headline:([oil)")]
    [InlineData("headline:(oil)", "headline:oil")]
    [InlineData("headline:(NOT oil)", "headline:(-oil)")]
    [InlineData("(oil price) OR gas", "oil price OR gas")]
    [InlineData("oil (price OR gas)", "oil (price OR gas)")]
    [InlineData("(oil OR gas) AND NOT (price AND war)", "(oil OR gas) AND -(price AND war)")]
    [InlineData("“oil price”~2^1.5", "\"oil price\"~2^1.5")]
    [InlineData("title:a people:b dateline:c country:Russia date:P7d", "headline:a person:b location:c country:RU date:P7D")]
    [InlineData("((a b) c)", "(a b) c")]
    [InlineData("", "")]
    public void Print_Query_SameTreeShortest(string text, string printed) => Assert.Equal(printed, QueryParser.Parse(text).Query?.ToString());
}
