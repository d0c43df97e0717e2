namespace SearchService.Archive.Extraction;

/// <summary>Rules for the headline.</summary>
internal static class HeadlineRules
{
    /// <summary>A first line that is longer is prose.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// Whether the first text line of a story is its headline: not too long, no sentence, and set apart from what follows.
    /// </summary>
    /// <param name="setApart">A blank line, a stamp, a byline or a dateline follows, or the rest is indented.</param>
    public static bool IsHeadline(ReadOnlySpan<char> line, bool setApart)
    {
        if (line.Length is < 2 or > MaxLength || !setApart)
        {
            return false;
        }

        bool letters = false;
        foreach (char c in line)
        {
            letters |= char.IsLetter(c);
        }

        if (!letters || char.IsLower(line[0]))
        {
            return false;
        }

        ReadOnlySpan<char> end = line.TrimEnd("\"”’')");
        if (end.IsEmpty || end[^1] is ',' or ';')
        {
            return false;
        }

        // A full stop ends a sentence, unless it is that of an abbreviation or of an ellipsis.
        return end[^1] != '.' || end.EndsWith("...", StringComparison.Ordinal) || EndsInAbbreviation(end);
    }

    /// <summary>A headline without line ends, control characters and doubled blanks; null where nothing is left.</summary>
    public static string? Clean(string? headline)
    {
        if (headline is null)
        {
            return null;
        }

        string clean = string.Concat(headline.Select(SourceLayout.Mended).Where(c => !char.IsControl(c) || char.IsWhiteSpace(c)));
        clean = string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean.Length == 0 ? null : clean;
    }

    private static bool EndsInAbbreviation(ReadOnlySpan<char> line)
    {
        int start = line[..^1].LastIndexOfAny(' ', '.') + 1;
        ReadOnlySpan<char> word = line[start..^1];
        return word.Length == 1 ? char.IsUpper(word[0]) : Lexicon.IsAbbreviation(TextFolding.Key(word));
    }
}
