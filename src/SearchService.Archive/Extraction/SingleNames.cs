namespace SearchService.Archive.Extraction;

/// <summary>
/// Says whether a single word of which the article has no full name is a person: Reagan, Sukarno, Garrincha. A title or an
/// honorific before it, a calling in apposition, a pronoun that refers to it, or a place among delegates; never a list of names
/// alone, since most surnames are firms and places too.
/// </summary>
internal static class SingleNames
{
    private const WordClasses NameClasses = WordClasses.AnyFirst | WordClasses.AnyLast | WordClasses.Surname | WordClasses.Male | WordClasses.Female;

    /// <summary>The evidence that the word is a person; null where there is none.</summary>
    /// <param name="behindDelegate">A full name and its country stand before it: "Gamal Abdel Nasser of Egypt, …".</param>
    public static string? Evidence(NameCandidate candidate, DocumentCues cues, bool behindDelegate)
    {
        if (StandsBehindTitle(candidate))
        {
            return candidate.Rule;
        }

        if (SpeaksInHeadline(candidate, cues))
        {
            return "pronoun";
        }

        if (!IsNameOnly(candidate))
        {
            return null;
        }

        ref readonly Token name = ref candidate.Tokens[candidate.First];
        string? evidence = IsReferredTo(candidate, cues) ? "pronoun"
            : candidate.Text.IsCapitals ? null
            : StandsBehindCalling(candidate) ? "title-before-name"
            : StandsInApposition(candidate) ? "title-before-comma"
            : behindDelegate && OfCountryFollows(candidate) ? "of-a-place"
            : null;
        return evidence is null || cues.IsFirm(name.Key) || cues.IsSeenInLowerCase(name.Key) ? null : evidence;
    }

    /// <summary>"Sukarno … his", more than once or beside said; "the Sukarno" is no person.</summary>
    private static bool IsReferredTo(NameCandidate candidate, DocumentCues cues)
    {
        ref readonly Token name = ref candidate.Tokens[candidate.First];
        return (cues.IsPersonal(name.Key) || (name.Is(WordClasses.AnyLast) && cues.IsPersonalSpeaker(name.Key)))
            && !(candidate.First > 0 && candidate.Tokens.Span(candidate.First - 1) is "the" or "The");
    }

    /// <summary>A single word behind a title: "President Reagan", "Mr. Baker"; not "Prime Minister of", no place, no people.</summary>
    private static bool StandsBehindTitle(NameCandidate candidate)
    {
        if (!candidate.Titled || candidate.First == 0)
        {
            return false;
        }

        ref readonly Token title = ref candidate.Tokens[candidate.First - 1];
        ref readonly Token name = ref candidate.Tokens[candidate.First];
        if (title.Kind == TokenKind.Possessive)
        {
            return candidate.Text.PlaceAt(candidate.First) is not { Place.Kind: PlaceKind.Country or PlaceKind.Demonym or PlaceKind.Region };
        }

        if (!title.IsCapitalised || name.Shape is WordShape.Initial or WordShape.Lower || (name.Shape == WordShape.Upper && !candidate.Text.IsCapitals))
        {
            return false;
        }

        if (name.Is(WordClasses.Organisation | WordClasses.Company | WordClasses.Function | WordClasses.Month | WordClasses.Weekday) && !name.Is(WordClasses.Surname))
        {
            return false;
        }

        bool listed = name.Is(WordClasses.AnyFirst | WordClasses.AnyLast);
        if (candidate.Text.PlaceAt(candidate.First) is { } place && (place.Place.Kind is PlaceKind.Country or PlaceKind.Demonym or PlaceKind.Region || !listed))
        {
            return false;
        }

        return title.Is(WordClasses.Honorific) || (listed && !(name.Is(WordClasses.Common) && !name.Is(WordClasses.LastName)))
            || !name.Is(WordClasses.Common);
    }

    /// <summary>Nothing but a name: in no list of other words, and no place.</summary>
    private static bool IsNameOnly(NameCandidate candidate)
    {
        ref readonly Token name = ref candidate.Tokens[candidate.First];
        return name.Shape == WordShape.Capital && name.Length > 2 && (name.Classes & ~NameClasses) == 0
            && candidate.Text.PlaceAt(candidate.First) is null;
    }

    /// <summary>"the Brazilian striker Garrincha", "his wife Fatmawati": no rival and no owner, which firms and clubs are as well.</summary>
    private static bool StandsBehindCalling(NameCandidate candidate) =>
        candidate.First > 0 && IsCalling(candidate.Tokens, candidate.First - 1) && !IsInRun(candidate);

    /// <summary>"whose president, Sukarno, has", "his wife, Fatmawati, was".</summary>
    private static bool StandsInApposition(NameCandidate candidate)
    {
        TokenizedText tokens = candidate.Tokens;
        int after = candidate.Last + 1;
        return candidate.First > 1 && after < tokens.Count && tokens[candidate.First - 1].IsMark(',') && IsCalling(tokens, candidate.First - 2)
            && (tokens[after].IsMark(',') || tokens[after].IsMark('.'));
    }

    /// <summary>"Sukarno of Indonesia".</summary>
    private static bool OfCountryFollows(NameCandidate candidate)
    {
        TokenizedText tokens = candidate.Tokens;
        int of = candidate.Last + 1;
        return of + 1 < tokens.Count && tokens[of].IsWord && tokens.Span(of) is "of"
            && (IsCountry(candidate.Text, of + 1) || (of + 2 < tokens.Count && IsCountry(candidate.Text, of + 2)));
    }

    /// <summary>"LAWSON SAYS HE IS CONTENT": he or she stands behind the verb.</summary>
    private static bool SpeaksInHeadline(NameCandidate candidate, DocumentCues cues)
    {
        TokenizedText tokens = candidate.Tokens;
        ref readonly Token name = ref tokens[candidate.First];
        int verb = candidate.Last + 1;
        if (!candidate.Text.IsHeadline || verb >= tokens.Count || !tokens[verb].Is(WordClasses.Speech) || !name.Is(WordClasses.AnyLast)
            || name.Is(WordClasses.Common | WordClasses.Organisation | WordClasses.Company) || cues.IsFirm(name.Key)
            || (candidate.Text.PlaceAt(candidate.First) is { } place && (place.Place.Kind != PlaceKind.City || place.Place.IsLargeOrCapital || place.Place.Trust == PlaceTrust.Hub)))
        {
            return false;
        }

        for (int i = verb + 1; i < Math.Min(tokens.Count, verb + 4); i++)
        {
            ReadOnlySpan<char> word = tokens.Span(i);
            if (word.Equals("he", StringComparison.OrdinalIgnoreCase) || word.Equals("she", StringComparison.OrdinalIgnoreCase)
                || word.Equals("his", StringComparison.OrdinalIgnoreCase) || word.Equals("her", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCountry(DocumentText text, int token) => text.PlaceAt(token) is { Place.Kind: PlaceKind.Country };

    private static bool IsInRun(NameCandidate candidate) =>
        candidate.Last + 1 < candidate.Tokens.Count && candidate.Tokens[candidate.Last + 1].IsCapitalised;

    private static bool IsCalling(TokenizedText tokens, int word) => tokens[word].Shape == WordShape.Lower && tokens[word].Is(WordClasses.Title)
        && tokens.Span(word) is not ("rival" or "opponent" or "contender" or "challenger" or "partner" or "owner" or "champion" or "leader" or "winner" or "finalist" or "competitor"
            or "producer" or "developer" or "designer" or "founder" or "dealer" or "broker" or "trader" or "host" or "champions" or "leaders" or "winners" or "executive" or "predecessor"
            or "successor" or "administrator" or "general" or "expert" or "model" or "star" or "creator" or "chief" or "specialist" or "candidate" or "forward" or "centre" or "guard" or "veteran");
}
