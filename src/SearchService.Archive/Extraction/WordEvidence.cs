using System.Text;

namespace SearchService.Archive.Extraction;

/// <summary>Evidence in the words of a name: first and last names of the lists, initials, particles; against it English words, places, acronyms.</summary>
internal readonly struct WordEvidence(DocumentText text, DocumentCues cues, int first, int last, EvidenceSum sum)
{
    /// <summary>A word that no list has, at either end of the name: rare words are more often names than anything else.</summary>
    private const double UnknownWeight = 0.75;

    private readonly TokenizedText _tokens = text.Tokens;

    public void Weigh()
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
            common += !word || particled || (i == first && NameEvidence.IsGivenPair(_tokens.Span(last))) ? 0 : surname ? 0.5 : 1;
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
            sum.Add(headCommon ? 1 : 2.6, "first-name");
        }
        else if (head.Is(WordClasses.WorldFirstName))
        {
            sum.Add(headCommon ? 1 : 2.4, "first-name");
        }
        else if (head.Shape == WordShape.Initial)
        {
            sum.Add(1, "initials");
        }

        if (tail.Is(WordClasses.LastName))
        {
            sum.Add(1.7, "last-name");
        }
        else if (tail.Is(WordClasses.WorldLastName))
        {
            sum.Add(1.8, "last-name");
        }
        else if (tail.Is(WordClasses.Suffix) && head.Is(WordClasses.AnyFirst))
        {
            sum.Add(2, "suffix");
        }

        if (!head.Is(WordClasses.AnyFirst) && head.Is(WordClasses.AnyLast) && !headCommon)
        {
            sum.Add(0.3, "surname-first");
        }

        if (!head.Is(WordClasses.AnyFirst) && IsUnknown(head))
        {
            sum.Add(UnknownWeight, "unknown-word");
        }

        if (!tail.Is(WordClasses.AnyLast) && IsUnknown(tail))
        {
            sum.Add(UnknownWeight, "unknown-word");
        }

        if ((IsPlace(first) && !head.Is(WordClasses.AnyFirst)) || (IsPlace(last) && !tail.Is(WordClasses.AnyLast)))
        {
            sum.Add(-1, "place-inside");
        }

        if (initial && head.Shape != WordShape.Initial)
        {
            sum.Add(1, "initials");
        }

        if (particle)
        {
            sum.Add(arabic ? 1 : -0.5, "particle");
        }

        if (NameEvidence.IsGivenPair(_tokens.Span(last)) || NameEvidence.IsGivenPair(_tokens.Span(first)))
        {
            sum.Add(1, "given-names-joined");
        }

        sum.Add(-2 * common, "common-words");
        if (common == words)
        {
            sum.Add(-2, "only-common-words");
        }

        if (!text.IsCapitals)
        {
            sum.Add(-3 * upper, "acronyms");
        }

        sum.Add(-Math.Max(0, words - 4), "long");

        if (text.PlaceAt(first) is { Place.Trust: not PlaceTrust.Never } place && place.First <= first && place.Last >= last && place.Place.Kind != PlaceKind.Demonym)
        {
            sum.Barred |= !(sum.Strongest >= 3 && place.Place.Kind == PlaceKind.City);
        }
    }

    private bool IsUnknown(in Token token) =>
        token.Shape == WordShape.Capital && (token.Classes & ~WordClasses.Notes) == 0 && !cues.IsSeenInLowerCase(token.Key) && token.Length > 2;

    /// <summary>The token is a country, a region or a large city.</summary>
    private bool IsPlace(int token) => text.PlaceAt(token) is { } match && match.Place.Kind switch
    {
        PlaceKind.Country or PlaceKind.Region => true,
        PlaceKind.City => match.Place.Trust == PlaceTrust.Hub || match.Place.Population >= 300,
        _ => false,
    };
}
