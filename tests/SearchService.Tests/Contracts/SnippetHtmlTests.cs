using SearchService.Archive.Index;
using SearchService.Contracts;

namespace SearchService.Tests.Contracts;

public sealed class SnippetHtmlTests
{
    [Theory]
    [InlineData("a < b & c > \"d\" 'e'", "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("<mark>mine</mark>", "&lt;mark&gt;mine&lt;/mark&gt;")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("Məmmədov 日本 😀", "Məmmədov 日本 😀")]
    public void Of_EncodesTheFiveCharactersAndNothingElse(string text, string html) =>
        Assert.Equal(html, SnippetHtml.Of(new Snippet("body", text, [])));

    [Fact]
    public void Of_MarksAfterEncoding() =>
        Assert.Equal("&lt;im<mark>g o</mark>nerror=x&gt;", SnippetHtml.Of(new Snippet("body", "<img onerror=x>", [new TextSpan(3, 6)])));

    [Fact]
    public void Of_WithMarksAnywhere_HasNoElementButMark()
    {
        string[] payloads = ["<img src=x onerror=alert(1)>", "</mark><svg/onload=x>", "\"><script>", "' onmouseover='x", "<!--<x>-->", "<a href=javascript:x>y</a>"];
        foreach (string payload in payloads)
        {
            for (int start = 0; start < payload.Length; start++)
            {
                for (int end = start + 1; end <= payload.Length; end++)
                {
                    string html = SnippetHtml.Of(new Snippet("body", payload, [new TextSpan(start, end)]));

                    string text = html.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal);
                    Assert.Equal(-1, text.AsSpan().IndexOfAny("<>\"'"));
                    Assert.Equal(payload, System.Net.WebUtility.HtmlDecode(text));
                }
            }
        }
    }
}
