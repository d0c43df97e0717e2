using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;

namespace SearchService.Archive.Tests.Backends.Embedded;

public sealed class ArticleAnalyzerTests
{
    [Theory]
    [InlineData("Məmmədov MAMMADOV mammadov", "mammadov mammadov mammadov")]
    [InlineData("İlham Əliyev", "ilham aliyev")]
    [InlineData("ILHAM ALIYEV", "ilham aliyev")]
    [InlineData("Iğdır ISTANBUL ıI", "igdir istanbul ii")]
    [InlineData("Russia's Russia’s RUSSIA’S", "russia russia russia")]
    [InlineData("O’Brien O'Brien", "o'brien o'brien")]
    [InlineData("securities security secured", "secur secur secur")]
    [InlineData("the and of", "the and of")]
    [InlineData("co-operation", "co oper")]
    [InlineData("U.S. 3.5", "u. 3.5")]
    [InlineData("Zürich Ærø Łódź", "zurich aero lodz")]
    [InlineData("... — !", "")]
    [InlineData("東京", "東 京")]
    public void Analyze_GivesTerms(string text, string expected)
    {
        AnalyzedText tokens = QueryAnalysis.Analyze(text);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, tokens.Count).Select(i => tokens.Term(i).ToString())));
    }

    [Fact]
    public void Analyze_UnderTurkishCulture_GivesTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Analyze_GivesTerms("ISTANBUL İstanbul Istanbul", "istanbul istanbul istanbul");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Analyze_KeepsFormsPositionsAndOffsets()
    {
        AnalyzedText tokens = QueryAnalysis.Analyze("Ports’ owners, the bank’s shareholders");
        Assert.Equal(["ports", "owners", "the", "bank", "shareholders"], Enumerable.Range(0, tokens.Count).Select(i => tokens.Form(i).ToString()));
        Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, tokens.Count).Select(i => tokens[i].Position));
        Assert.Equal((19, 25), (tokens[3].Start, tokens[3].End));
    }

    [Fact]
    public void Analyze_OfAWordTooLong_LeavesAGap()
    {
        AnalyzedText tokens = QueryAnalysis.Analyze($"a {new string('x', 300)} b");
        Assert.Equal(0, tokens[0].Position);
        Assert.Equal(2, tokens[^1].Position);
    }

    [Fact]
    public void Terms_OfAFieldOfValues_AreNotStemmed()
    {
        Assert.Equal(["securities"], QueryAnalysis.Terms(ArticleSchema.Source, "Securities").Select(t => t.Term));
        Assert.Equal(["secur"], QueryAnalysis.Terms(ArticleSchema.Body, "Securities").Select(t => t.Term));
    }

    [Fact]
    public void WordsOf_AFieldWithoutWords_IsRefused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => QueryAnalysis.WordsOf(ArticleSchema.Country));
        Assert.StartsWith("field 'country' has no words, want a value of it", e.Message, StringComparison.Ordinal);
    }
}
