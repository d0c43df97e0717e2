namespace SearchService.Archive.Extraction;

/// <summary>Evidence before a name: a title, an honorific, a nationality, an office.</summary>
internal readonly struct TitleEvidence(DocumentText text, int first, int last, EvidenceSum sum)
{
    private readonly TokenizedText _tokens = text.Tokens;

    /// <returns>Whether a title or an honorific stands before the name.</returns>
    public bool Weigh()
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
                sum.Add(1, "name-after-office");
            }

            return false;
        }

        ref readonly Token token = ref _tokens[before];

        // "the government's lawyer, Richard Keen,"
        if (token.IsMark(',') && before > 0 && _tokens[before - 1].Is(WordClasses.Title) && first < last)
        {
            sum.Add(4, "title-before-comma");
            return false;
        }

        if (!token.IsWord)
        {
            return StandsBehindOffice(before);
        }

        if (token.Shape == WordShape.Lower && !token.Is(WordClasses.Title) && NameEvidence.IsCalling(_tokens.Span(before)))
        {
            sum.Add(1.5, "calling-before-name");
            return false;
        }

        if (first < last && text.PlaceAt(before) is { Place.Kind: PlaceKind.Demonym })
        {
            sum.Add(0.7, "nationality-before-name");
            return false;
        }

        if (token.Is(WordClasses.Honorific) && token.IsCapitalised)
        {
            sum.Add(4, "title-before-name");
            return true;
        }

        if (token.Is(WordClasses.Title) && !(token.Is(WordClasses.Organisation) && token.IsCapitalised && !token.Is(WordClasses.Lead)))
        {
            sum.Add(token.IsCapitalised ? 3.5 : 4, "title-before-name");
            // "PRESIDENT REAGAN": among capitals a surname that is no other word.
            bool surname = first == last && _tokens[first].Is(WordClasses.AnyLast) && !_tokens[first].Is(WordClasses.Common);
            return (token.IsCapitalised && (!text.IsCapitals || surname)) || token.Shape == WordShape.Lower;
        }

        // "Chairman of the CIS Executive Committee Sergey Lebedev", "Secretary of State Condoleezza Rice"
        if (token.Is(WordClasses.Organisation) && token.IsCapitalised && first < last)
        {
            if (OfficeBefore(before))
            {
                sum.Add(1.5, "name-after-office");
            }
            else if (_tokens[first].Is(WordClasses.AnyFirst))
            {
                sum.Add(0.5, "name-after-office");
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
            sum.Add(2, "surname-behind-office");
        }

        return stands;
    }
}
