namespace SearchService.Archive.Extraction;

/// <summary>A person's name as it is compared: its words folded, particles and suffixes such as Jr. left out.</summary>
/// <param name="Keys">Keys of the words; empty for a name without any.</param>
/// <param name="Initials">First letter of each word: upper-case where the word is an initial, else lower-case.</param>
/// <param name="Written">The name as printed; in ordinary case where the text prints it in capitals.</param>
internal sealed record PersonName(ulong[] Keys, string Initials, string Written)
{
    private const int MaxWords = 16;

    public ulong First => Keys[0];

    public ulong Surname => Keys[^1];

    public bool IsFull => Keys.Length > 1;

    public static PersonName Of(NameCandidate candidate)
    {
        Span<ulong> keys = stackalloc ulong[MaxWords];
        Span<char> initials = stackalloc char[MaxWords];
        int count = 0;
        bool capitals = candidate.Words > 1;
        for (int i = candidate.First; i <= candidate.Last && count < MaxWords; i++)
        {
            ref readonly Token token = ref candidate.Tokens[i];
            capitals &= token.Shape is WordShape.Upper or WordShape.Initial;
            bool suffix = i > candidate.First && (token.Is(WordClasses.Suffix) || (i == candidate.Last && token.Length == 1));
            bool particle = token.Shape == WordShape.Lower && i < candidate.Last && token.Is(WordClasses.Particle);
            if (!token.IsWord || suffix || particle)
            {
                continue;
            }

            char letter = candidate.Tokens.Text[token.Start];
            initials[count] = token.Shape == WordShape.Initial ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter);
            keys[count++] = token.Key;
        }

        string written = candidate.Tokens.Span(candidate.First, candidate.Last).ToString();
        return new PersonName(
            keys[..count].ToArray(),
            initials[..count].ToString(),
            candidate.Text.IsCapitals || capitals ? PlaceCasing.Ordinary(written, null) : written);
    }

    /// <summary>
    /// Whether two full names are one person's: the same surname, and every other word of the shorter name stands in the longer
    /// one in the same order, an initial for its expansion.
    /// </summary>
    public bool AgreesWith(PersonName other)
    {
        (PersonName longer, PersonName shorter) = Keys.Length >= other.Keys.Length ? (this, other) : (other, this);
        if (!shorter.IsFull)
        {
            return false;
        }

        int at = 0;
        for (int i = 0; i < longer.Keys.Length && at < shorter.Keys.Length; i++)
        {
            at += longer.Keys[i] == shorter.Keys[at] || (i < longer.Keys.Length - 1 && InitialsAgree(longer.Initials[i], shorter.Initials[at])) ? 1 : 0;
        }

        // A missing last word is a second surname: "Luiz Inácio Lula" and "Luiz Inácio Lula da Silva".
        return at == shorter.Keys.Length
            && (longer.Surname == shorter.Surname || (longer.First == shorter.First && Array.IndexOf(longer.Keys, shorter.Surname) > 0));
    }

    /// <summary>More words, or more of them spelled out, or longer.</summary>
    public bool IsFullerThan(PersonName other)
    {
        int words = Keys.Length.CompareTo(other.Keys.Length);
        int spelled = Initials.Count(char.IsLower).CompareTo(other.Initials.Count(char.IsLower));
        return words > 0 || (words == 0 && (spelled > 0 || Written.Length > other.Written.Length + 1));
    }

    private static bool InitialsAgree(char one, char other) =>
        (char.IsUpper(one) || char.IsUpper(other)) && char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
