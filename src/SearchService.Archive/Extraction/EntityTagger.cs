namespace SearchService.Archive.Extraction;

/// <summary>
/// Finds runs of capitals that may name persons and weighs the evidence for each: titles before it, first and last names of the
/// lists, apposition, verbs of speech beside it, initials and particles in it; against it words of organisations, buildings and
/// events, place names, articles. The weights were fitted on annotated Wikinews articles and rounded; a run of two words or more counts from
/// <see cref="Accepted"/> on. Single words are left to <see cref="NameResolver"/>.
/// </summary>
internal static class EntityTagger
{
    public const double Accepted = 1.5;

    /// <summary>The same for a text that is not in English: the word lists do not know its words, and German has capitals for every noun.</summary>
    public const double AcceptedInOtherLanguages = 3;

    private const int MaxWords = 6;
    private const double ListWeight = 1;

    /// <summary>Words that split a run of capitals: they are no part of a name, but say what the rest of the run is.</summary>
    private const WordClasses Splitting = WordClasses.Honorific | WordClasses.Title | WordClasses.Lead | WordClasses.Organisation | WordClasses.Company
        | WordClasses.Month | WordClasses.Weekday | WordClasses.Function;

    public static List<NameCandidate> Tag(DocumentText text, DocumentCues cues)
    {
        List<NameCandidate> candidates = [];
        TokenizedText tokens = text.Tokens;
        int i = 0;
        while (i < tokens.Count)
        {
            if (!OpensRun(tokens, i))
            {
                i++;
                continue;
            }

            int end = RunEnd(tokens, i);
            SplitRun(text, cues, i, end, candidates);
            i = end + 1;
        }

        WeighLists(candidates);
        return candidates;
    }

    /// <summary>Names in a list support each other: what a comma or "and" joins to a name is a name.</summary>
    private static void WeighLists(List<NameCandidate> candidates)
    {
        for (int i = 1; i < candidates.Count; i++)
        {
            Support(i - 1, i);
        }

        for (int i = candidates.Count - 1; i > 0; i--)
        {
            Support(i, i - 1);
        }

        void Support(int from, int to)
        {
            NameCandidate known = candidates[from];
            NameCandidate other = candidates[to];
            if (known is { Barred: false, Words: > 1, Score: >= Accepted } && other is { Barred: false, Words: > 1 } and { Score: > 0 and < Accepted }
                && Joined(known.Tokens, Math.Min(known.Last, other.Last) + 1, Math.Max(known.First, other.First)))
            {
                candidates[to] = other with { Score = other.Score + ListWeight, Rule = "list-of-names" };
            }
        }
    }

    /// <summary>Nothing but a comma, "and", or both stands between two names.</summary>
    private static bool Joined(TokenizedText tokens, int from, int to)
    {
        if (to - from is < 1 or > 2)
        {
            return false;
        }

        for (int i = from; i < to; i++)
        {
            if (!tokens[i].IsMark(',') && !tokens[i].IsMark(';') && !tokens[i].IsMark('&') && !(tokens[i].IsWord && tokens.Span(i) is "and" or "or" or "with"))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OpensRun(TokenizedText tokens, int i) => tokens[i].IsCapitalised
        || (tokens[i].Shape == WordShape.Prefixed && tokens[i].IsWord)
        || (tokens[i].Is(WordClasses.Particle) && i + 1 < tokens.Count && tokens[i + 1].IsCapitalised && tokens[i].Shape == WordShape.Lower
            && tokens.Span(i) is "al" or "el" or "von" or "van" or "bin" or "ibn" or "de" && i > 0 && !tokens[i - 1].IsCapitalised);

    /// <summary>Last token of the run that begins here: capitals, with particles and suffixes between and behind them.</summary>
    private static int RunEnd(TokenizedText tokens, int start)
    {
        int end = start;
        int i = start + 1;
        while (i < tokens.Count)
        {
            ref readonly Token token = ref tokens[i];
            if (token.IsCapitalised || (token.IsWord && token.Shape == WordShape.Prefixed))
            {
                end = i++;
                continue;
            }

            if (token.IsWord && token.Shape == WordShape.Lower && token.Is(WordClasses.Particle) && i - end <= 3)
            {
                i++;
                continue;
            }

            // Edward "Eddie" Van Halen, James (Jim) Hedges: a nickname between first and last name.
            if (NicknameEnd(tokens, i, end) is > 0 and int close)
            {
                end = close + 1;
                i = close + 2;
                continue;
            }

            // "Smith, Jr."
            if (token.IsMark(',') && i + 1 < tokens.Count && tokens[i + 1].Is(WordClasses.Suffix) && i == end + 1)
            {
                end = i + 1;
                i += 2;
                continue;
            }

            break;
        }

        return end;
    }

    /// <summary>The mark that closes a nickname opened here, where a capital follows it; 0 where there is none.</summary>
    private static int NicknameEnd(TokenizedText tokens, int open, int last)
    {
        if (open != last + 1 || !tokens[last].IsCapitalised || !(tokens[last].Is(WordClasses.AnyFirst) || tokens[last].Shape == WordShape.Initial)
            || tokens[open].Kind != TokenKind.Punctuation || tokens[open].Key is not ('"' or '“' or '(' or '‘' or '\''))
        {
            return 0;
        }

        int i = open + 1;
        while (i < tokens.Count && i <= open + 2 && tokens[i].IsCapitalised)
        {
            i++;
        }

        bool closes = i > open + 1 && i + 1 < tokens.Count && tokens[i].Kind == TokenKind.Punctuation && tokens[i].Key is '"' or '”' or ')' or '’' or '\'';
        return closes && tokens[i + 1].IsCapitalised && !tokens[i + 1].Is(Splitting) && tokens[i].End < tokens[i + 1].Start ? i : 0;
    }

    private static void SplitRun(DocumentText text, DocumentCues cues, int first, int last, List<NameCandidate> candidates)
    {
        TokenizedText tokens = text.Tokens;
        int start = -1;
        for (int i = first; i <= last + 1; i++)
        {
            bool ends = i > last || Splits(text, cues, i, start, last);
            if (!ends)
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                int end = i - 1;
                while (end > start && tokens[end].Shape == WordShape.Lower)
                {
                    end--;
                }

                Weigh(text, cues, start, end, first, last, candidates);
                start = -1;
            }

            // A name of the gazetteer of several words splits as a whole.
            if (i <= last && text.PlaceAt(i) is { Words: > 1 } place && place.First == i)
            {
                i = Math.Min(place.Last, last);
            }
        }
    }

    /// <summary>Whether a word of a run is no part of a person's name.</summary>
    /// <param name="start">First token of the name read so far; negative at its beginning.</param>
    private static bool Splits(DocumentText text, DocumentCues cues, int i, int start, int last)
    {
        TokenizedText tokens = text.Tokens;
        ref readonly Token token = ref tokens[i];
        if (!token.IsWord)
        {
            return false;
        }

        if (text.IsCapitals && IsWordInCapitals(tokens, cues, i))
        {
            return true;
        }

        // "Zayed bin Sultan": what follows a particle inside a name belongs to it.
        if (start >= 0 && i > start && tokens[i - 1].Shape == WordShape.Lower && tokens[i - 1].Is(WordClasses.Particle))
        {
            return false;
        }

        bool behindFirstName = start >= 0 && start < i
            && (tokens[start].Is(WordClasses.AnyFirst) || tokens[i - 1].Is(WordClasses.AnyFirst) || tokens[i - 1].Shape == WordShape.Initial);
        bool lastOfRun = i == last || !tokens[i + 1].IsCapitalised || tokens[i + 1].Is(WordClasses.Suffix);
        bool behindUnknown = start >= 0 && start < i && (tokens[i - 1].Classes & ~WordClasses.Notes) == 0 && tokens[i - 1].Shape == WordShape.Capital && text.PlaceAt(i - 1) is null;
        if (token.Is(WordClasses.Surname) && lastOfRun && (behindFirstName || (behindUnknown && text.PlaceAt(i) is null)))
        {
            return false;
        }

        if (text.PlaceAt(i) is { } place)
        {
            switch (place.Place.Kind)
            {
                case PlaceKind.Other when start < 0 && IsFirstNameBehindTitle(tokens, i, last):
                    return false;
                case PlaceKind.Other:
                    return place.Words > 1 || !(token.Is(WordClasses.AnyLast) && behindFirstName);
                case PlaceKind.Country:
                    return place.Words > 1 || !(token.Is(WordClasses.Surname) && (behindFirstName || (token.Is(WordClasses.AnyFirst) && !lastOfRun)));
                case PlaceKind.Demonym:
                    return place.Words > 1 || !(behindFirstName && lastOfRun && token.Is(WordClasses.AnyLast));
                case PlaceKind.Region when place.Words > 1:
                    return true;
                case PlaceKind.City when place.Words > 1 && place.Place.Trust == PlaceTrust.Hub:
                    return true;
                default:
                    break;
            }
        }

        if (!token.Is(Splitting))
        {
            return false;
        }

        // "Hun Sen, the prime minister": no senator follows, so it is a name.
        if (start >= 0 && i == last && token.Length <= 3 && token.Shape == WordShape.Capital && token.Is(WordClasses.Honorific) && !tokens.Span(i).EndsWith(".", StringComparison.Ordinal))
        {
            return false;
        }

        // "Sun Yat-sen": neither a day nor a title before two syllables of a given name.
        if (start < 0 && i < last && token.Is(WordClasses.Surname) && NameEvidence.IsGivenPair(tokens.Span(i + 1)))
        {
            return false;
        }

        // "King Idris I": an ordinal, not the pronoun.
        if (token.Length == 1 && start > 0 && i == start + 1 && i == last && tokens.Span(i) is "I" && tokens[start - 1].Is(WordClasses.Royal))
        {
            return false;
        }

        // An initial is no article: "A. J. Allmendinger".
        if (token.Shape == WordShape.Initial && token.Length > 1)
        {
            return false;
        }

        // First names among the words of the lists: "Bill Gates", "Jan Egeland", "Dean Smith", "Victor Star".
        if (start < 0 && i < last && token.Is(WordClasses.FirstName) && !token.Is(WordClasses.Honorific | WordClasses.Function)
            && token.Shape == WordShape.Capital && tokens[i + 1].IsCapitalised)
        {
            ref readonly Token next = ref tokens[i + 1];
            bool nameFollows = !next.Is(Splitting) || (next.Is(WordClasses.Surname) && i + 1 == last);
            bool title = token.Is(WordClasses.Title | WordClasses.Month | WordClasses.Weekday | WordClasses.Organisation);
            bool january = token.Is(WordClasses.Month) && tokens.Span(i) is "Jan";
            bool month = token.Is(WordClasses.Month) && tokens.Span(i) is not ("April" or "May" or "June" or "August" or "Jan");
            return !nameFollows || month || (title && !january && !(next.Is(WordClasses.AnyLast) && (i + 1 == last || !tokens[i + 2].IsCapitalised)));
        }

        return true;
    }

    /// <summary>"Senator Rand Paul": what is an institution elsewhere is a name between a title and a surname.</summary>
    private static bool IsFirstNameBehindTitle(TokenizedText tokens, int i, int last) => i > 0 && i < last
        && tokens[i - 1].Is(WordClasses.Title | WordClasses.Honorific) && tokens[i].Is(WordClasses.AnyFirst | WordClasses.AnyLast | WordClasses.Surname)
        && tokens[i + 1].Is(WordClasses.AnyLast) && !tokens[i + 1].Is(Splitting);

    /// <summary>
    /// In a line of capitals an English word is no name, unless the rest of the article writes it with a capital, or it is a surname in
    /// the place of one: TREASURY'S BAKER SAYS.
    /// </summary>
    private static bool IsWordInCapitals(TokenizedText tokens, DocumentCues cues, int i)
    {
        ref readonly Token token = ref tokens[i];
        if (!token.Is(WordClasses.Common | WordClasses.Speech | WordClasses.Preposition | WordClasses.Particle))
        {
            return false;
        }

        if (cues.IsSeenCapitalised(token.Key) && !cues.IsSeenInLowerCase(token.Key))
        {
            return false;
        }

        bool behind = i > 0 && (tokens[i - 1].Kind == TokenKind.Possessive || tokens[i - 1].Is(WordClasses.Title | WordClasses.Honorific | WordClasses.FirstName));
        bool speaks = i + 1 < tokens.Count && tokens[i + 1].Is(WordClasses.Speech);
        return !(token.Is(WordClasses.LastName) && behind && (speaks || tokens[i - 1].Is(WordClasses.FirstName)));
    }

    private static bool IsPlaceBeforeName(TokenizedText tokens, int first, PlaceMatch place)
    {
        bool nameFollows = tokens[place.Last + 1].Is(WordClasses.AnyFirst);
        bool behindOf = first > 0 && tokens[first - 1].IsWord && tokens.Span(first - 1) is "of" or "in" or "from";
        return place.Place.Kind == PlaceKind.Country ? nameFollows || behindOf
            : nameFollows && ((behindOf && place.Place.IsLargeOrCapital) || !tokens[first].Is(WordClasses.AnyFirst));
    }

    private static void Weigh(DocumentText text, DocumentCues cues, int first, int last, int runFirst, int runLast, List<NameCandidate> candidates)
    {
        TokenizedText tokens = text.Tokens;

        // A place before a first name: "Vermont Bernie Sanders", "France Emmanuel Macron"; "of London Boris Johnson" although London is a name too.
        while (last - first >= 2 && text.PlaceAt(first) is { Place.Kind: PlaceKind.City or PlaceKind.Region or PlaceKind.Country } place
            && place.Last < last - 1 && tokens[place.Last + 1].IsCapitalised && IsPlaceBeforeName(tokens, first, place))
        {
            first = place.Last + 1;
        }

        // Letters behind a name: "Barnaby Joyce MP".
        while (last - first >= 2 && tokens[last].Shape == WordShape.Upper && tokens[last].Length <= 3 && !tokens[last].Is(WordClasses.Suffix) && !text.IsCapitals)
        {
            last--;
        }

        // An English word before a name: "Yesterday Boris Johnson", "Minister of Ecology Mukhtar Babayev".
        while (last - first >= 2 && (tokens[first].Is(WordClasses.Common) || NameEvidence.IsCalling(tokens.Span(first))) && !tokens[first].Is(WordClasses.AnyFirst)
            && tokens[first + 1].IsCapitalised
            && (tokens[first + 1].Is(WordClasses.AnyFirst) || !tokens[first + 1].Is(WordClasses.Common)))
        {
            first++;
        }

        if (last - first + 1 > MaxWords)
        {
            return;
        }

        candidates.Add(NameEvidence.Weigh(text, cues, first, last, runFirst, runLast));
    }
}
