namespace SearchService.Archive.Extraction;

/// <summary>Rules that say what a short line at the head or the foot of a story is.</summary>
internal static class LineRules
{
    private const int MaxSourceLine = 60;
    private const int MaxByline = 100;

    private static readonly System.Buffers.SearchValues<char> SentenceMarks = System.Buffers.SearchValues.Create(":,;?!\"“”");

    private static readonly string[] SourceLabels = ["source:", "source -", "agency:", "news agency:", "provided by:"];

    /// <summary>
    /// The author of a line "By Jane Smith" or "BY JANE SMITH, Staff Writer": the words behind "By". False for anything longer
    /// than a name with its function, for a sentence, and for "By" before a small word.
    /// </summary>
    public static bool TryByline(ReadOnlySpan<char> line, out TextSpan author)
    {
        author = default;
        int start = line.StartsWith("by ", StringComparison.OrdinalIgnoreCase) ? 3
            : line.StartsWith("by: ", StringComparison.OrdinalIgnoreCase) ? 4
            : line.StartsWith("written by ", StringComparison.OrdinalIgnoreCase) ? 11 : 0;
        if (start == 0 || line.Length > MaxByline || line[0] is not ('B' or 'b' or 'W'))
        {
            return false;
        }

        while (start < line.Length && line[start] == ' ')
        {
            start++;
        }

        int end = line.Length;
        while (end > start && line[end - 1] is ' ' or '-' or '–' or '—' or ';')
        {
            end--;
        }

        ReadOnlySpan<char> name = line[start..end];
        if (name.Length < 3 || !char.IsUpper(name[0]) || name.ContainsAnyInRange('0', '9') || (name[^1] == '.' && name.Count(' ') > 5))
        {
            return false;
        }

        author = new TextSpan(start, end - start);
        int blank = name.IndexOf(' ');
        return blank > 0 && CapitalWords(name) >= 2;
    }

    /// <summary>
    /// What the author of the line above is: "Associated Press Writer", "Reuters correspondent", "Special to The Meridian".
    /// </summary>
    /// <param name="employer">The words before the calling; empty where there are none.</param>
    public static bool IsAuthorsFunction(ReadOnlySpan<char> line, out TextSpan employer)
    {
        employer = default;
        if (line.Length is < 5 or > MaxSourceLine || !char.IsUpper(line[0]) || line[^1] == '.' || line.ContainsAny(SentenceMarks) || line.Count(' ') > 6)
        {
            return false;
        }

        int last = line.LastIndexOf(' ') + 1;
        foreach (Range range in line[..last].TrimEnd().Split(' '))
        {
            ReadOnlySpan<char> word = line[range];
            if (word.IsEmpty || !(char.IsUpper(word[0]) || word is "of" or "the" or "for" or "to" or "and" or "in"))
            {
                return false;
            }
        }

        if (ContainsWord("writer correspondent reporter editor columnist staff contributor", line[last..]))
        {
            employer = Trim(line, 0, last);
            return true;
        }

        return char.IsUpper(line[last]) && (line.StartsWith("Special to ", StringComparison.OrdinalIgnoreCase) || line.StartsWith("For the ", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The source of a line that names nothing else: "Trend:", "Source: Meridian", "(Reuters)", "Reuters", "-- Reuters".
    /// </summary>
    /// <param name="foot">The line ends the story: only labelled sources and known agencies count.</param>
    public static bool TrySource(ReadOnlySpan<char> line, bool foot, out TextSpan source)
    {
        source = default;
        if (line.Length is < 2 or > MaxSourceLine)
        {
            return false;
        }

        foreach (string label in SourceLabels)
        {
            if (line.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            {
                source = Trim(line, label.Length, line.Length);
                return source.Length > 1;
            }
        }

        TextSpan bare = Trim(line, 0, line.Length);
        if (bare.Length < 2)
        {
            return false;
        }

        source = bare;
        ReadOnlySpan<char> name = line.Slice(bare.Start, bare.Length);
        if (Agencies.Find(name) is not null && name.Length >= 2)
        {
            return char.IsUpper(name[0]) || line[^1] == ':';
        }

        // An agency nobody knows: a few capitalised words before a colon that ends the line.
        return !foot && line[^1] == ':' && name.Length <= 40 && char.IsUpper(name[0]) && name.Count(' ') <= 3 && CapitalWords(name) == name.Count(' ') + 1
            && !name.ContainsAny(SentenceMarks);
    }

    /// <summary>Length of a label such as "Published:" or "Updated:" before a stamp; 0 where there is none.</summary>
    public static int StampLabel(ReadOnlySpan<char> line, out bool updated)
    {
        updated = false;
        ReadOnlySpan<char> labels = "published posted updated last modified created date first issued filed released uploaded on at dateline time story";
        int end = 0;
        int words = 0;
        while (words < 4)
        {
            int start = end;
            while (start < line.Length && line[start] is ' ' or ':' or '-' or '|')
            {
                start++;
            }

            int stop = start;
            while (stop < line.Length && char.IsLetter(line[stop]))
            {
                stop++;
            }

            ReadOnlySpan<char> word = line[start..stop];
            if (word.IsEmpty || !ContainsWord(labels, word))
            {
                return words == 0 ? 0 : start;
            }

            updated |= word.StartsWith("updated", StringComparison.OrdinalIgnoreCase) || word.StartsWith("modified", StringComparison.OrdinalIgnoreCase);
            end = stop;
            words++;
        }

        return end;
    }

    private static bool ContainsWord(ReadOnlySpan<char> words, ReadOnlySpan<char> word)
    {
        foreach (Range range in words.Split(' '))
        {
            if (words[range].Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int CapitalWords(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Range range in text.Split(' '))
        {
            ReadOnlySpan<char> word = text[range];
            count += word.Length > 0 && (char.IsUpper(word[0]) || word[0] is '&') ? 1 : 0;
        }

        return count;
    }

    private static TextSpan Trim(ReadOnlySpan<char> line, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(line[start]) || line[start] is '(' or '[' or '/' or '-' or '–' or '—' or '*'))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(line[end - 1]) || line[end - 1] is ')' or ']' or '/' or ':' or '.' or '-' or '–' or '—' or '*'))
        {
            end--;
        }

        return new TextSpan(start, end - start);
    }
}
