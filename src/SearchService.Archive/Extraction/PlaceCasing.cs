namespace SearchService.Archive.Extraction;

/// <summary>Writes a place name in ordinary case: SAN DIEGO → San Diego, RIO DE JANEIRO → Rio de Janeiro, N.Y. stays.</summary>
internal static class PlaceCasing
{
    private static readonly FrozenWords Small = new(
        "of de da do das dos del della la le les du des et y e and upon on an am der die den und the al el zu bei im in sur sous aux van by sul di near");

    /// <param name="printed">As printed, in any case.</param>
    /// <param name="known">The gazetteer's spelling, which decides where it has the same letters; null where there is none.</param>
    public static string Ordinary(ReadOnlySpan<char> printed, string? known)
    {
        string text = Squeeze(printed);
        bool capitals = !text.Any(char.IsLower);
        bool small = !text.Any(char.IsUpper);
        if (!capitals && !small)
        {
            return text;
        }

        if (known is not null && known.Length == text.Length && TextFolding.Fold(known) == TextFolding.Fold(text))
        {
            return string.Create(text.Length, (text, known), static (result, source) =>
            {
                for (int i = 0; i < result.Length; i++)
                {
                    result[i] = char.IsUpper(source.known[i]) ? char.ToUpperInvariant(source.text[i]) : char.ToLowerInvariant(source.text[i]);
                }
            });
        }

        char[] letters = text.ToLowerInvariant().ToCharArray();
        int start = 0;
        while (start < letters.Length)
        {
            int end = start;
            while (end < letters.Length && letters[end] is not (' ' or '-' or '/'))
            {
                end++;
            }

            ReadOnlySpan<char> word = letters.AsSpan(start, end - start);
            if (word.Length > 0 && (start == 0 || !Small.Contains(word)))
            {
                Capitalise(letters.AsSpan(start, end - start));
            }

            start = end + 1;
        }

        return new string(letters);
    }

    private static void Capitalise(Span<char> word)
    {
        word[0] = char.ToUpperInvariant(word[0]);
        if (word.Length > 3 && ((word[0] == 'M' && word[1] == 'c') || (word[1] == '\'' && word[0] is 'O' or 'D' or 'L' or 'N')))
        {
            word[2] = char.ToUpperInvariant(word[2]);
        }

        for (int i = 1; i + 1 < word.Length; i++)
        {
            // Letters of an abbreviation: D.C.
            if (word[i] == '.')
            {
                word[i + 1] = char.ToUpperInvariant(word[i + 1]);
            }
        }
    }

    /// <summary>Without surrounding blanks, and with one blank for several.</summary>
    internal static string Squeeze(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (!text.ContainsAny('\n', '\r', '\t') && text.IndexOf("  ", StringComparison.Ordinal) < 0)
        {
            return text.ToString();
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A few lower-case words.</summary>
    private sealed class FrozenWords(string words)
    {
        private readonly string[] _words = words.Split(' ');

        public bool Contains(ReadOnlySpan<char> word)
        {
            foreach (string w in _words)
            {
                if (word.SequenceEqual(w))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
