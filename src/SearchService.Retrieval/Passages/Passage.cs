using System.Text;

namespace SearchService.Retrieval.Passages;

/// <summary>
/// A piece of a text to show: white space is one blank each, … stands where a sentence was cut.
/// </summary>
/// <param name="Marks">What matched, in UTF-16 units of <paramref name="Text"/>, in order, not overlapping.</param>
public sealed record Passage(string Text, IReadOnlyList<TextRange> Marks)
{
    private const char Ellipsis = '…';

    /// <summary>Makes the passage of a stretch of text.</summary>
    /// <param name="range">The stretch, without white space around it.</param>
    /// <param name="cutBefore">Whether a sentence goes on before it.</param>
    /// <param name="cutAfter">Whether a sentence goes on after it.</param>
    /// <param name="matches">Matches of the whole text, in order.</param>
    internal static Passage Of(string text, TextRange range, bool cutBefore, bool cutAfter, IEnumerable<TextMatch> matches)
    {
        StringBuilder shown = new(range.Length + 4);
        if (cutBefore)
        {
            shown.Append(Ellipsis).Append(' ');
        }

        int at = range.Start;
        List<TextRange> marks = [];
        foreach (TextMatch match in matches)
        {
            if (match.Start < at || match.End > range.End)
            {
                continue;
            }

            Append(text, at, match.Start, shown);
            int start = shown.Length;
            Append(text, match.Start, match.End, shown);
            marks.Add(new TextRange(start, shown.Length));
            at = match.End;
        }

        Append(text, at, range.End, shown);
        if (cutAfter)
        {
            shown.Append(' ').Append(Ellipsis);
        }

        return new Passage(shown.ToString(), marks);
    }

    private static void Append(string text, int start, int end, StringBuilder shown)
    {
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (!char.IsWhiteSpace(c))
            {
                shown.Append(c);
            }
            else if (shown.Length == 0 || shown[^1] != ' ')
            {
                shown.Append(' ');
            }
        }
    }
}
