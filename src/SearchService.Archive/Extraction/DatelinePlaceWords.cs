namespace SearchService.Archive.Extraction;

/// <summary>The words of the place that opens a dateline, see <see cref="DatelineGrammar"/>.</summary>
internal static class DatelinePlaceWords
{
    private const int MaxWords = 9;

    /// <summary>Reads words of a place; stops before a day, an agency, a separator, or what cannot be a place.</summary>
    public static void Read(ReadOnlySpan<char> line, ref DatelineCursor cursor, bool declared)
    {
        int i = cursor.Position;
        int words = 0;
        cursor.PlaceEnd = i;
        while (i < line.Length && words < MaxWords)
        {
            int start = i;
            while (i < line.Length && IsPlaceChar(line, i))
            {
                i++;
            }

            ReadOnlySpan<char> word = line[start..i];
            if (word.IsEmpty || DateStartsAt(line, start))
            {
                i = start;
                break;
            }

            bool small = PlaceResolver.IsSmallWord(word);
            if (!declared && !char.IsUpper(word[0]) && !IsElided(word) && (!small || words == 0))
            {
                i = start;
                break;
            }

            words++;
            if (!small)
            {
                cursor.PlaceEnd = i;
            }

            // What stands between two words of a place: blanks, a comma, a slash between two places.
            int next = DatelineCursor.SkipBlanks(line, i);
            if (next < line.Length && line[next] is ',' or '/')
            {
                bool agency = line[next] == '/' && next > i;
                if (agency)
                {
                    break;
                }

                next = DatelineCursor.SkipBlanks(line, next + 1);
            }
            else if (next == i)
            {
                break;
            }

            i = next;
        }

        cursor.Position = cursor.PlaceEnd;
    }

    /// <summary>d'Ivoire, l'Aquila: a small word joined to a capital.</summary>
    private static bool IsElided(ReadOnlySpan<char> word) => word.Length > 2 && TextFolding.IsApostrophe(word[1]) && char.IsUpper(word[2]);

    /// <summary>Letters, inner hyphens and apostrophes, full stops of abbreviations.</summary>
    private static bool IsPlaceChar(ReadOnlySpan<char> line, int i)
    {
        char c = line[i];
        if (char.IsLetter(c) || c is >= '\u0300' and <= '\u036F' || TextFolding.IsApostrophe(c))
        {
            return true;
        }

        if (c == '-')
        {
            return i > 0 && i + 1 < line.Length && char.IsLetter(line[i - 1]) && char.IsLetter(line[i + 1]);
        }

        if (c != '.')
        {
            return false;
        }

        // N.Y., D.C., St., Calif.: a single letter or a known abbreviation before the stop, or a letter right behind it.
        int start = i;
        while (start > 0 && char.IsLetter(line[start - 1]))
        {
            start--;
        }

        return i - start == 1 || (i + 1 < line.Length && char.IsLetter(line[i + 1])) || Lexicon.IsAbbreviation(TextFolding.Key(line[start..i]))
            || (i + 1 < line.Length && line[i + 1] == ',');
    }

    private static bool DateStartsAt(ReadOnlySpan<char> line, int start)
    {
        DateScanner scanner = new(line[start..]);
        scanner.TryWeekday();
        if (!scanner.TryMonth(out _))
        {
            return false;
        }

        scanner.SkipBlanksAnd(",");
        return char.IsAsciiDigit(scanner.Current);
    }
}
