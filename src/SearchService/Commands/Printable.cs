using System.Globalization;
using System.Text;

namespace SearchService.Commands;

/// <summary>
/// Text made safe for a terminal or a log: what comes from articles, file names and requests may hold escape sequences, line ends and
/// characters that turn the reading direction.
/// </summary>
internal static class Printable
{
    /// <summary>The text as one line: line ends and tabs become a space, other controls and direction marks are dropped.</summary>
    public static string Line(string? text, int maxChars = int.MaxValue) => Clean(text, maxChars, keepLineEnds: false);

    /// <summary>The text with its line ends, everything else as in <see cref="Line"/>.</summary>
    public static string Block(string? text) => Clean(text, int.MaxValue, keepLineEnds: true);

    private static string Clean(string? text, int maxChars, bool keepLineEnds)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder clean = new(Math.Min(text.Length, maxChars));
        foreach (char c in text)
        {
            if (clean.Length >= maxChars)
            {
                clean.Append('…');
                break;
            }

            if (c == '\n' && keepLineEnds)
            {
                clean.Append(c);
            }
            else if (c is '\n' or '\t' or '\u2028' or '\u2029' or '\u0085')
            {
                clean.Append(' ');
            }
            else if (!IsHidden(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    // Controls, and the format characters that hide or turn text (bidirectional marks and isolates, zero-width no-break space); the
    // zero-width joiners stay, words of several scripts need them.
    private static bool IsHidden(char c) =>
        char.IsControl(c) || (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200C' or '\u200D' or '\u00AD'));
}
