using System.Text;

namespace SearchService.Archive.Extraction;

/// <summary>One line of a text: where it lies and how it is set.</summary>
/// <param name="Span">The line without surrounding blanks; empty for a blank line.</param>
/// <param name="Indent">Blanks before it; a tab counts as four.</param>
internal readonly record struct Line(TextSpan Span, int Indent)
{
    public bool IsBlank => Span.Length == 0;
}

/// <summary>
/// Lines and paragraphs of a text. Hard line ends inside a paragraph become blanks: a block of lines is one paragraph where
/// its lines are broken because the next word did not fit, or where the next one is not indented in a text that indents its
/// paragraphs; else each line is a paragraph of its own.
/// </summary>
internal static class SourceLayout
{
    /// <summary>Lines that were broken by hand are no longer; a text may have a few that are, a table or an address.</summary>
    private const int MaxWrapColumn = 120;
    private const int MinWrapColumn = 40;

    public static List<Line> Lines(string text)
    {
        List<Line> lines = [];
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.AsSpan(start).IndexOfAny('\n', '\r', '\f');
            end = end < 0 ? text.Length : start + end;
            int first = start;
            int indent = 0;
            while (first < end && (char.IsWhiteSpace(text[first]) || text[first] is '\uFEFF' or '\u200B'))
            {
                indent += text[first] == '\t' ? 4 : 1;
                first++;
            }

            int last = end;
            while (last > first && char.IsWhiteSpace(text[last - 1]))
            {
                last--;
            }

            lines.Add(new Line(new TextSpan(first, last - first), last == first ? 0 : indent));
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }

        return lines;
    }

    /// <summary>The paragraphs of a run of lines, each as the indices of its first and last line.</summary>
    public static List<(int First, int Last)> Paragraphs(string text, List<Line> lines, int from, int to)
    {
        List<(int First, int Last)> paragraphs = [];
        bool indents = Indents(lines, from, to);
        int column = WrapColumn(text, lines, from, to, indents);
        int i = from;
        while (i < to)
        {
            if (lines[i].IsBlank)
            {
                i++;
                continue;
            }

            int first = i;
            while (i + 1 < to && !lines[i + 1].IsBlank && Continues(text, lines[i], lines[i + 1], column, indents))
            {
                i++;
            }

            paragraphs.Add((first, i));
            i++;
        }

        return paragraphs;
    }

    /// <summary>
    /// The column at which lines were broken; 0 where they were not: paragraphs are indented, or most line ends inside blocks
    /// are such that the next line's first word would not have fitted.
    /// </summary>
    private static int WrapColumn(string text, List<Line> lines, int from, int to, bool indents)
    {
        int longest = 0;
        int ends = 0;
        int written = 0;
        int overlong = 0;
        for (int i = from; i < to; i++)
        {
            int length = lines[i].Span.Length + Math.Min(lines[i].Indent, 8);
            written += lines[i].IsBlank ? 0 : 1;
            overlong += length > MaxWrapColumn ? 1 : 0;
            longest = length > MaxWrapColumn ? longest : Math.Max(longest, length);
            ends += i + 1 < to && !lines[i].IsBlank && !lines[i + 1].IsBlank ? 1 : 0;
        }

        if (overlong * 4 > written || ends == 0)
        {
            return 0;
        }

        if (indents || longest < MinWrapColumn)
        {
            return indents ? longest : 0;
        }

        int broken = 0;
        for (int i = from; i + 1 < to; i++)
        {
            if (!lines[i].IsBlank && !lines[i + 1].IsBlank)
            {
                broken += lines[i].Span.Length + 1 + FirstWord(text, lines[i + 1]) > longest - 12 || !EndsSentence(text, lines[i]) ? 1 : 0;
            }
        }

        return broken * 4 >= ends * 3 ? longest : 0;
    }

    /// <summary>Whether paragraphs begin with an indentation: some lines are indented, and not all.</summary>
    private static bool Indents(List<Line> lines, int from, int to)
    {
        int indented = 0;
        int flush = 0;
        for (int i = from; i < to; i++)
        {
            if (!lines[i].IsBlank)
            {
                indented += lines[i].Indent >= 2 ? 1 : 0;
                flush += lines[i].Indent < 2 ? 1 : 0;
            }
        }

        return indented > 0 && flush > 0;
    }

    private static bool Continues(string text, Line line, Line next, int column, bool indents)
    {
        if (indents && next.Indent >= 2)
        {
            return false;
        }

        // In the middle of a sentence nobody begins a paragraph.
        if (char.IsLower(text[next.Span.Start]) && !EndsSentence(text, line))
        {
            return true;
        }

        if (column == 0)
        {
            return false;
        }

        // A short line that ends a sentence, before a capital, ends the paragraph.
        return line.Span.Length + 1 + FirstWord(text, next) > column - 15 || !EndsSentence(text, line);
    }

    private static int FirstWord(string text, Line line)
    {
        int blank = text.AsSpan(line.Span.Start, line.Span.Length).IndexOf(' ');
        return blank < 0 ? line.Span.Length : blank;
    }

    private static bool EndsSentence(string text, Line line) => line.IsBlank || text[line.Span.End - 1] is '.' or '!' or '?' or '"' or '”' or ':' or '\'' or '’' or ')';

    /// <summary>Appends the lines of a paragraph, joined by a blank; a paragraph before it is closed by a blank line.</summary>
    public static void Append(StringBuilder body, string text, List<Line> lines, (int First, int Last) paragraph)
    {
        if (body.Length > 0)
        {
            body.Append("\n\n");
        }

        int start = body.Length;
        for (int i = paragraph.First; i <= paragraph.Last; i++)
        {
            if (lines[i].IsBlank)
            {
                continue;
            }

            if (body.Length > start)
            {
                body.Append(' ');
            }

            AppendSqueezed(body, text.AsSpan(lines[i].Span.Start, lines[i].Span.Length));
        }
    }

    /// <summary>
    /// The mark of Windows-1252 that a C1 control character stands for, where text was read as ISO 8859-1; else the character.
    /// </summary>
    public static char Mended(char c) => c switch
    {
        '\u0085' => '…',
        '\u0091' => '‘',
        '\u0092' => '’',
        '\u0093' => '“',
        '\u0094' => '”',
        '\u0095' => '•',
        '\u0096' => '–',
        '\u0097' => '—',
        _ => c,
    };

    /// <summary>Appends with one blank for any run of blanks and without control characters.</summary>
    private static void AppendSqueezed(StringBuilder body, ReadOnlySpan<char> line)
    {
        bool blank = false;
        foreach (char read in line)
        {
            char c = Mended(read);
            if (char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF')
            {
                blank = true;
            }
            else if (!char.IsControl(c))
            {
                if (blank)
                {
                    body.Append(' ');
                    blank = false;
                }

                body.Append(c);
            }
        }
    }
}
