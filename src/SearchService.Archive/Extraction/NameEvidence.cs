using System.Text;

namespace SearchService.Archive.Extraction;

/// <summary>Weighs the evidence for one candidate.</summary>
internal sealed class NameEvidence(DocumentText text, DocumentCues cues, int first, int last, int runFirst, int runLast)
{
    /// <summary>A word that no list has, at either end of the name: rare words are more often names than anything else.</summary>
    private const double UnknownWeight = 0.75;

    private readonly TokenizedText _tokens = text.Tokens;
    private double _score;
    private double _strongest;
    private string _rule = "capitals";
    private bool _barred;

    public NameCandidate Weigh()
    {
        bool titled = WeighTitle();
        WeighWords();
        WeighLeft();
        WeighRight();
        WeighDocument();
        return new NameCandidate(text, first, last, _barred ? Math.Min(_score, 0) : _score, _rule, titled, _barred);
    }

    private void Add(double weight, string rule)
    {
        _score += weight;
        if (weight > _strongest)
        {
            (_strongest, _rule) = (weight, rule);
        }
    }

    private bool WeighTitle()
    {
        int before = first - 1;
        if (before < 0)
        {
            return false;
        }

        // "the organization (CSTO) Valery Semerikov": what stands in the brackets is skipped.
        if (_tokens[before].IsMark(')'))
        {
            int open = before - 1;
            while (open > 0 && before - open < 6 && !_tokens[open].IsMark('('))
            {
                open--;
            }

            if (open > 0 && _tokens[open].IsMark('(') && _tokens[open - 1].IsCapitalised && first < last)
            {
                Add(1, "name-after-office");
            }

            return false;
        }

        ref readonly Token token = ref _tokens[before];

        // "the government's lawyer, Richard Keen,"
        if (token.IsMark(',') && before > 0 && _tokens[before - 1].Is(WordClasses.Title) && first < last)
        {
            Add(4, "title-before-comma");
            return false;
        }

        if (!token.IsWord)
        {
            return StandsBehindOffice(before);
        }

        if (token.Shape == WordShape.Lower && !token.Is(WordClasses.Title) && IsCalling(_tokens.Span(before)))
        {
            Add(1.5, "calling-before-name");
            return false;
        }

        if (first < last && text.PlaceAt(before) is { Place.Kind: PlaceKind.Demonym })
        {
            Add(0.7, "nationality-before-name");
            return false;
        }

        if (token.Is(WordClasses.Honorific) && token.IsCapitalised)
        {
            Add(4, "title-before-name");
            return true;
        }

        if (token.Is(WordClasses.Title) && !(token.Is(WordClasses.Organisation) && token.IsCapitalised && !token.Is(WordClasses.Lead)))
        {
            Add(token.IsCapitalised ? 3.5 : 4, "title-before-name");
            // "PRESIDENT REAGAN": among capitals a surname that is no other word.
            bool surname = first == last && _tokens[first].Is(WordClasses.AnyLast) && !_tokens[first].Is(WordClasses.Common);
            return (token.IsCapitalised && (!text.IsCapitals || surname)) || token.Shape == WordShape.Lower;
        }

        // "Chairman of the CIS Executive Committee Sergey Lebedev", "Secretary of State Condoleezza Rice"
        if (token.Is(WordClasses.Organisation) && token.IsCapitalised && first < last)
        {
            if (OfficeBefore(before))
            {
                Add(1.5, "name-after-office");
            }
            else if (_tokens[first].Is(WordClasses.AnyFirst))
            {
                Add(0.5, "name-after-office");
            }
        }

        return false;
    }

    /// <summary>A title stands before the office that ends here, with nothing but capitals and small words between.</summary>
    private bool OfficeBefore(int end)
    {
        for (int i = end; i >= Math.Max(0, end - 8); i--)
        {
            ref readonly Token token = ref _tokens[i];
            if (!token.IsWord || (token.Shape == WordShape.Lower && !token.Is(WordClasses.Title) && _tokens.Span(i) is not ("of" or "for" or "and" or "the")))
            {
                return false;
            }

            if (token.Is(WordClasses.Title) && i < end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"TREASURY'S BAKER SAYS", "Brazil's Sarney meets": a surname between a possessive and a verb, in a headline.</summary>
    private bool StandsBehindOffice(int before)
    {
        bool stands = text.IsHeadline && first == last && _tokens[before].Kind == TokenKind.Possessive && _tokens[first].Is(WordClasses.LastName)
            && last + 1 < _tokens.Count && _tokens[last + 1].Is(WordClasses.Speech);
        if (stands)
        {
            Add(2, "surname-behind-office");
        }

        return stands;
    }

    private void WeighWords()
    {
        int words = 0;
        double common = 0;
        int upper = 0;
        bool initial = false;
        bool particle = false;
        bool arabic = false;
        for (int i = first; i <= last; i++)
        {
            ref readonly Token token = ref _tokens[i];
            if (!token.IsWord)
            {
                continue;
            }

            words++;
            if (token.Shape == WordShape.Initial)
            {
                initial |= i < last;
                continue;
            }

            if (token.Shape == WordShape.Lower || token.Shape == WordShape.Prefixed)
            {
                particle = true;
                arabic |= _tokens.Span(i) is "bin" or "ibn" or "bint" or "al" or "ben" || token.Shape == WordShape.Prefixed;
                continue;
            }

            upper += token.Shape == WordShape.Upper && !token.Is(WordClasses.Suffix) ? 1 : 0;
            bool word = Ascii.IsValid(_tokens.Span(i)) && ((token.Is(WordClasses.Common) && !token.Is(WordClasses.FirstName)) || cues.IsSeenInLowerCase(token.Key));

            // A surname that is a word too weighs half behind a first name; a Korean or Chinese one before "Ki-moon" nothing.
            bool surname = i == last && token.Is(WordClasses.LastName | WordClasses.Surname) && _tokens[first].Is(WordClasses.AnyFirst);
            bool particled = token.Is(WordClasses.Particle) && !cues.IsSeenInLowerCase(token.Key);
            common += !word || particled || (i == first && IsGivenPair(_tokens.Span(last))) ? 0 : surname ? 0.5 : 1;
        }

        ref readonly Token head = ref _tokens[first];
        ref readonly Token tail = ref _tokens[last];
        if (words == 1)
        {
            return;
        }

        bool headCommon = head.Is(WordClasses.Common) || cues.IsSeenInLowerCase(head.Key);
        if (head.Is(WordClasses.FirstName))
        {
            Add(headCommon ? 1 : 2.6, "first-name");
        }
        else if (head.Is(WordClasses.WorldFirstName))
        {
            Add(headCommon ? 1 : 2.4, "first-name");
        }
        else if (head.Shape == WordShape.Initial)
        {
            Add(1, "initials");
        }

        if (tail.Is(WordClasses.LastName))
        {
            Add(1.7, "last-name");
        }
        else if (tail.Is(WordClasses.WorldLastName))
        {
            Add(1.8, "last-name");
        }
        else if (tail.Is(WordClasses.Suffix) && head.Is(WordClasses.AnyFirst))
        {
            Add(2, "suffix");
        }

        if (!head.Is(WordClasses.AnyFirst) && head.Is(WordClasses.AnyLast) && !headCommon)
        {
            Add(0.3, "surname-first");
        }

        if (!head.Is(WordClasses.AnyFirst) && IsUnknown(head))
        {
            Add(UnknownWeight, "unknown-word");
        }

        if (!tail.Is(WordClasses.AnyLast) && IsUnknown(tail))
        {
            Add(UnknownWeight, "unknown-word");
        }

        if ((IsPlace(first) && !head.Is(WordClasses.AnyFirst)) || (IsPlace(last) && !tail.Is(WordClasses.AnyLast)))
        {
            Add(-1, "place-inside");
        }

        if (initial && head.Shape != WordShape.Initial)
        {
            Add(1, "initials");
        }

        if (particle)
        {
            Add(arabic ? 1 : -0.5, "particle");
        }

        if (IsGivenPair(_tokens.Span(last)) || IsGivenPair(_tokens.Span(first)))
        {
            Add(1, "given-names-joined");
        }

        Add(-2 * common, "common-words");
        if (common == words)
        {
            Add(-2, "only-common-words");
        }

        if (!text.IsCapitals)
        {
            Add(-3 * upper, "acronyms");
        }

        Add(-Math.Max(0, words - 4), "long");

        if (text.PlaceAt(first) is { Place.Trust: not PlaceTrust.Never } place && place.First <= first && place.Last >= last && place.Place.Kind != PlaceKind.Demonym)
        {
            _barred |= !(_strongest >= 3 && place.Place.Kind == PlaceKind.City);
        }
    }

    private bool IsUnknown(in Token token) =>
        token.Shape == WordShape.Capital && (token.Classes & ~WordClasses.Notes) == 0 && !cues.IsSeenInLowerCase(token.Key) && token.Length > 2;

    private void WeighLeft()
    {
        int before = first - 1;
        if (before < 0)
        {
            return;
        }

        ref readonly Token token = ref _tokens[before];
        if (!token.IsWord)
        {
            return;
        }

        ReadOnlySpan<char> word = _tokens.Span(before);
        if (before < runFirst || token.Shape == WordShape.Lower)
        {
            // "the George W. Bush administration"
            bool administration = last + 1 < _tokens.Count && _tokens[last + 1].Is(WordClasses.Administration) && _tokens[last + 1].Shape == WordShape.Lower;
            if (word is "the" or "The" && !administration)
            {
                Add(-3, "article");
            }
            else if (word is "a" or "an" or "this" or "that" or "these" or "its" or "every" or "some" or "each")
            {
                Add(-1.5, "indefinite");
            }
            else if (word is "in" or "at" or "near" or "across" or "throughout" or "outside" or "inside")
            {
                Add(-2.5, "preposition");
            }
            else if (token.Is(WordClasses.Speech) || word is "by" or "named" or "called" or "with" or "Mr" or "to")
            {
                Add(0.3, "verb-before-name");
            }
        }
    }

    private void WeighRight()
    {
        int after = last + 1;
        if (after >= _tokens.Count)
        {
            return;
        }

        ref readonly Token token = ref _tokens[after];
        if (token.Kind == TokenKind.Possessive)
        {
            return;
        }

        if (token.IsWord && after <= runLast && token.IsCapitalised)
        {
            // The run goes on with a word that is no name.
            if (token.Is(WordClasses.Company | WordClasses.Facility) || (token.Is(WordClasses.Organisation) && !token.Is(WordClasses.Title)))
            {
                _barred = true;
            }

            return;
        }

        if (token.IsWord && token.Shape == WordShape.Lower)
        {
            if (token.Is(WordClasses.Speech))
            {
                Add(0.6, "verb-of-speech");
            }
            else if (_tokens.Span(after) is "who" or "whose")
            {
                Add(1.2, "who-clause");
            }
            else if (_tokens.Span(after) is "of" or "from" && after + 1 < _tokens.Count && text.PlaceAt(after + 1) is { Place.Kind: PlaceKind.Country or PlaceKind.City })
            {
                Add(0.7, "of-a-place");
            }

            return;
        }

        if (token.IsMark('&'))
        {
            _barred = true;
            return;
        }

        if (!(token.IsMark(',') || token.IsMark('(')) || after + 1 >= _tokens.Count)
        {
            return;
        }

        ref readonly Token next = ref _tokens[after + 1];
        if (next.Kind == TokenKind.Number)
        {
            // "Jane Smith, 45,": an age.
            if (next.Length <= 2 && after + 2 < _tokens.Count && (_tokens[after + 2].IsMark(',') || _tokens[after + 2].IsMark('.') || _tokens[after + 2].IsMark(')')))
            {
                Add(3, "age");
            }

            return;
        }

        if (!next.IsWord)
        {
            return;
        }

        ReadOnlySpan<char> word = _tokens.Span(after + 1);
        if (word is "who" or "whose" or "whom")
        {
            Add(2, "who-clause");
        }
        else if (word is "aged")
        {
            Add(3, "age");
        }
        else if (token.IsMark(',') && AppositionFollows(after + 1))
        {
            Add(2, "apposition");
        }
    }

    /// <summary>"president of", "the chairman of", "a former lawyer": a calling within three words.</summary>
    private bool AppositionFollows(int start)
    {
        for (int i = start; i < Math.Min(start + 4, _tokens.Count); i++)
        {
            ref readonly Token token = ref _tokens[i];
            if (!token.IsWord)
            {
                return false;
            }

            if (token.Is(WordClasses.Title))
            {
                return true;
            }

            if (token.Is(WordClasses.Speech))
            {
                return false;
            }
        }

        return false;
    }

    private void WeighDocument()
    {
        ref readonly Token tail = ref _tokens[last];
        if (first < last && cues.StandsAlone(tail.Key) && !tail.Is(WordClasses.Company | WordClasses.Organisation))
        {
            Add(0.5, "surname-alone");
        }

        if (cues.IsFirm(tail.Key) && !tail.Is(WordClasses.Company))
        {
            Add(-1.5, "firm");
        }
    }

    /// <summary>geologist, historian, gunman: nouns of persons by their endings.</summary>
    public static bool IsCalling(ReadOnlySpan<char> word) => word.Length > 5
        && (word.EndsWith("ist", StringComparison.Ordinal) || word.EndsWith("ian", StringComparison.Ordinal) || word.EndsWith("man", StringComparison.Ordinal)
            || word.EndsWith("woman", StringComparison.Ordinal) || word.EndsWith("person", StringComparison.Ordinal) || word.EndsWith("tor", StringComparison.Ordinal)
            || word.EndsWith("mate", StringComparison.Ordinal) || word.EndsWith("eer", StringComparison.Ordinal) || word.EndsWith("keeper", StringComparison.Ordinal));

    /// <summary>Jae-in, Ki-moon: two syllables of a given name, the second one small.</summary>
    public static bool IsGivenPair(ReadOnlySpan<char> word)
    {
        int hyphen = word.IndexOf('-');
        return hyphen is > 1 and < 8 && hyphen + 2 < word.Length && word.Length - hyphen < 8 && char.IsUpper(word[0]) && char.IsLower(word[hyphen + 1]);
    }

    /// <summary>The token is a country, a region or a large city.</summary>
    private bool IsPlace(int token) => text.PlaceAt(token) is { } match && match.Place.Kind switch
    {
        PlaceKind.Country or PlaceKind.Region => true,
        PlaceKind.City => match.Place.Trust == PlaceTrust.Hub || match.Place.Population >= 300,
        _ => false,
    };
}
