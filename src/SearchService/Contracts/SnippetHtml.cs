using System.Diagnostics;
using System.Text;
using SearchService.Archive.Index;

namespace SearchService.Contracts;

/// <summary>
/// A snippet as HTML: every stretch of text is encoded first, then the marks are put around what matched. The result's only element is
/// <c>mark</c>, whatever the text holds.
/// </summary>
internal static class SnippetHtml
{
    public static string Of(Snippet snippet)
    {
        StringBuilder html = new(snippet.Text.Length + (13 * snippet.Marks.Count));
        int at = 0;
        foreach (TextSpan mark in snippet.Marks)
        {
            Debug.Assert(mark.Start >= at && mark.End >= mark.Start && mark.End <= snippet.Text.Length, "marks are in order, inside the text and do not overlap");
            Encode(snippet.Text.AsSpan(at, mark.Start - at), html);
            html.Append("<mark>");
            Encode(snippet.Text.AsSpan(mark.Start, mark.End - mark.Start), html);
            html.Append("</mark>");
            at = mark.End;
        }

        Encode(snippet.Text.AsSpan(at), html);
        return html.ToString();
    }

    // The five characters that mean something in HTML text and attributes; letters of every script stay as they are.
    private static void Encode(ReadOnlySpan<char> text, StringBuilder html)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    html.Append(c);
                    break;
            }
        }
    }
}
