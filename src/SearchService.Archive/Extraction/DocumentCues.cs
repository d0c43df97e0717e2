namespace SearchService.Archive.Extraction;

/// <summary>What the rest of an article says about a word: seen in lower case, seen alone as a subject or after Mr.</summary>
internal sealed class DocumentCues
{
    private const int PronounReach = 18;

    private readonly HashSet<ulong> _lower = [];
    private readonly HashSet<ulong> _alone = [];
    private readonly HashSet<ulong> _firms = [];
    private readonly HashSet<ulong> _capital = [];
    private readonly HashSet<ulong> _personal = [];
    private readonly Dictionary<ulong, int> _single = [];

    public DocumentCues(IEnumerable<DocumentText> texts)
    {
        foreach (DocumentText text in texts)
        {
            if (!text.IsCapitals)
            {
                Read(text);
            }
        }
    }

    /// <summary>The word stands in lower case somewhere.</summary>
    public bool IsSeenInLowerCase(ulong key) => _lower.Contains(key);

    /// <summary>The word stands alone somewhere as a person does: before said, after Mr.</summary>
    public bool StandsAlone(ulong key) => _alone.Contains(key);

    /// <summary>The word stands with a capital inside a sentence somewhere.</summary>
    public bool IsSeenCapitalised(ulong key) => _capital.Contains(key);

    /// <summary>The word stands without other capitals beside it more than once, and he, she or who refers to it.</summary>
    public bool IsPersonal(ulong key) => _personal.Contains(key) && _single.GetValueOrDefault(key) > 1;

    /// <summary>The word stands alone as a person does, and he, she or who refers to it.</summary>
    public bool IsPersonalSpeaker(ulong key) => _personal.Contains(key) && _alone.Contains(key);

    /// <summary>The word stands before Inc, Corp or Ltd somewhere.</summary>
    public bool IsFirm(ulong key) => _firms.Contains(key);

    private void Read(DocumentText text)
    {
        TokenizedText tokens = text.Tokens;
        for (int i = 0; i < tokens.Count; i++)
        {
            ref readonly Token token = ref tokens[i];
            if (!token.IsWord)
            {
                continue;
            }

            if (token.Shape == WordShape.Lower)
            {
                _lower.Add(token.Key);
                continue;
            }

            if (!token.IsCapitalised)
            {
                continue;
            }

            if (!token.SentenceStart)
            {
                _capital.Add(token.Key);
            }

            bool capitalBefore = i > 0 && tokens[i - 1].IsCapitalised;
            bool capitalAfter = i + 1 < tokens.Count && tokens[i + 1].IsCapitalised;
            if (capitalAfter && tokens[i + 1].Is(WordClasses.Company))
            {
                _firms.Add(token.Key);
            }

            if (!capitalBefore && !capitalAfter && token.Shape == WordShape.Capital)
            {
                _single[token.Key] = _single.GetValueOrDefault(token.Key) + 1;
                if (PronounFollows(text, i))
                {
                    _personal.Add(token.Key);
                }
            }

            bool titled = capitalBefore && tokens[i - 1].Is(WordClasses.Honorific);
            bool speaks = i + 1 < tokens.Count && tokens[i + 1].Is(WordClasses.Speech) && tokens[i + 1].Shape == WordShape.Lower;
            bool spoken = i > 0 && tokens[i - 1].Is(WordClasses.Speech) && tokens[i - 1].Shape == WordShape.Lower && !capitalAfter;
            if (!capitalAfter && (titled || (!capitalBefore && (speaks || spoken))) && !(i > 0 && tokens.Span(i - 1) is "the" or "The"))
            {
                _alone.Add(token.Key);
            }
        }
    }

    /// <summary>A personal pronoun stands behind the word in its sentence, and no other name between them.</summary>
    private static bool PronounFollows(DocumentText text, int word)
    {
        TokenizedText tokens = text.Tokens;
        for (int i = word + 1; i < Math.Min(tokens.Count, word + PronounReach); i++)
        {
            ref readonly Token token = ref tokens[i];
            if (token.Kind == TokenKind.Break || token.IsMark('.') || token.IsMark('!') || token.IsMark('?') || token.IsMark('"') || token.IsMark('“'))
            {
                return false;
            }

            if (token.IsCapitalised && text.PlaceAt(i) is null && !token.Is(WordClasses.Month | WordClasses.Weekday))
            {
                return false;
            }

            if (token.Shape == WordShape.Lower && tokens.Span(i) is "he" or "she" or "his" or "her" or "him" or "himself" or "herself" or "who")
            {
                return true;
            }
        }

        return false;
    }
}
