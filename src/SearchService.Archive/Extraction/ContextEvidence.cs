namespace SearchService.Archive.Extraction;

/// <summary>Evidence right before and behind a name: verbs of speech, who-clauses, ages, appositions; against it articles, prepositions, firms.</summary>
internal readonly struct ContextEvidence(DocumentText text, int first, int last, int runFirst, int runLast, EvidenceSum sum)
{
    private readonly TokenizedText _tokens = text.Tokens;

    public void WeighLeft()
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
                sum.Add(-3, "article");
            }
            else if (word is "a" or "an" or "this" or "that" or "these" or "its" or "every" or "some" or "each")
            {
                sum.Add(-1.5, "indefinite");
            }
            else if (word is "in" or "at" or "near" or "across" or "throughout" or "outside" or "inside")
            {
                sum.Add(-2.5, "preposition");
            }
            else if (token.Is(WordClasses.Speech) || word is "by" or "named" or "called" or "with" or "Mr" or "to")
            {
                sum.Add(0.3, "verb-before-name");
            }
        }
    }

    public void WeighRight()
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
                sum.Barred = true;
            }

            return;
        }

        if (token.IsWord && token.Shape == WordShape.Lower)
        {
            if (token.Is(WordClasses.Speech))
            {
                sum.Add(0.6, "verb-of-speech");
            }
            else if (_tokens.Span(after) is "who" or "whose")
            {
                sum.Add(1.2, "who-clause");
            }
            else if (_tokens.Span(after) is "of" or "from" && after + 1 < _tokens.Count && text.PlaceAt(after + 1) is { Place.Kind: PlaceKind.Country or PlaceKind.City })
            {
                sum.Add(0.7, "of-a-place");
            }

            return;
        }

        if (token.IsMark('&'))
        {
            sum.Barred = true;
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
                sum.Add(3, "age");
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
            sum.Add(2, "who-clause");
        }
        else if (word is "aged")
        {
            sum.Add(3, "age");
        }
        else if (token.IsMark(',') && AppositionFollows(after + 1))
        {
            sum.Add(2, "apposition");
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
}
