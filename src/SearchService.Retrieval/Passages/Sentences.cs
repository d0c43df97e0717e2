using System.Buffers;
using System.Collections.Frozen;

namespace SearchService.Retrieval.Passages;

/// <summary>A stretch of text, end exclusive.</summary>
public readonly record struct TextRange(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>
/// Cuts text into sentences in one pass: after a full stop, question or exclamation mark (and closing quotes or brackets)
/// where the next word could begin a sentence, and at blank lines. Initials, titles and months written short do not end one.
/// </summary>
public static class Sentences
{
    private static readonly SearchValues<char> Enders = SearchValues.Create(".!?…。！？\n");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "gen", "col", "maj", "capt", "cmdr", "lt", "sgt", "cpl", "adm", "sen",
        "rep", "gov", "pres", "sec", "messrs", "mt", "ft", "vs", "no", "nos", "vol", "art", "fig", "approx", "jan", "feb", "mar", "apr",
        "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The sentences, in order, without the white space around them; none is empty.</summary>
    public static IReadOnlyList<TextRange> Split(string text)
    {
        List<TextRange> sentences = [];
        int start = 0;
        int at = 0;
        while (at < text.Length && text.AsSpan(at).IndexOfAny(Enders) is var hit && hit >= 0)
        {
            at += hit;
            int end = text[at] == '\n' ? EndAtBlankLine(text, at) : EndAfterMark(text, start, at);
            if (end < 0)
            {
                at++;
                continue;
            }

            Add(text, start, end, sentences);
            start = at = end;
        }

        Add(text, start, text.Length, sentences);
        return sentences;
    }

    /// <summary>Where the paragraph ends, if only white space stands between this line end and another; else -1.</summary>
    private static int EndAtBlankLine(string text, int lineEnd)
    {
        for (int i = lineEnd + 1; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            if (text[i] == '\n')
            {
                return i + 1;
            }
        }

        return -1;
    }

    /// <summary>Where the sentence ends, if the mark ends one; else -1.</summary>
    private static int EndAfterMark(string text, int start, int mark)
    {
        int end = mark + 1;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '"' or '\'' or ')' or ']' or '”' or '’' or '»')
        {
            end++;
        }

        if (text[mark] is '。' or '！' or '？')
        {
            return end;
        }

        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next == text.Length)
        {
            return end;
        }

        bool begins = next > end && !char.IsLower(text[next]);
        return begins && !(text[mark] == '.' && end == mark + 1 && IsAbbreviation(text, start, mark)) ? end : -1;
    }

    private static bool IsAbbreviation(string text, int start, int mark)
    {
        int word = mark;
        while (word > start && (char.IsLetterOrDigit(text[word - 1]) || text[word - 1] == '.'))
        {
            word--;
        }

        ReadOnlySpan<char> before = text.AsSpan(word, mark - word);
        return (before.Length == 1 && char.IsUpper(before[0]))
            || (before.Contains('.') && char.IsLetter(before[0]))
            || Abbreviations.Contains(before);
    }

    private static void Add(string text, int start, int end, List<TextRange> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (start < end)
        {
            sentences.Add(new TextRange(start, end));
        }
    }
}
