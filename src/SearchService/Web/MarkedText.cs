using SearchService.Archive.Index;

namespace SearchService.Web;

/// <summary>A snippet cut into stretches that matched and stretches that did not.</summary>
internal static class MarkedText
{
    public static IEnumerable<(string Text, bool Marked)> Cut(Snippet snippet)
    {
        int from = 0;
        foreach (TextSpan mark in snippet.Marks)
        {
            if (mark.Start > from)
            {
                yield return (snippet.Text[from..mark.Start], false);
            }

            yield return (snippet.Text[mark.Start..mark.End], true);
            from = mark.End;
        }

        if (from < snippet.Text.Length)
        {
            yield return (snippet.Text[from..], false);
        }
    }
}
