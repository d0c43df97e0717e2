namespace SearchService.Archive.Extraction;

/// <summary>What the rest of an article says about a word: seen in lower case, seen alone as a subject or after Mr.</summary>
internal sealed class DocumentCues
{
    private readonly HashSet<ulong> _lower = [];
    private readonly HashSet<ulong> _alone = [];
    private readonly HashSet<ulong> _firms = [];
    private readonly HashSet<ulong> _capital = [];

    public DocumentCues(IEnumerable<DocumentText> texts)
    {
        foreach (DocumentText text in texts)
        {
            if (!text.IsCapitals)
            {
                Read(text.Tokens);
            }
        }
    }

    /// <summary>The word stands in lower case somewhere.</summary>
    public bool IsSeenInLowerCase(ulong key) => _lower.Contains(key);

    /// <summary>The word stands alone somewhere as a person does: before said, after Mr.</summary>
    public bool StandsAlone(ulong key) => _alone.Contains(key);

    /// <summary>The word stands with a capital inside a sentence somewhere.</summary>
    public bool IsSeenCapitalised(ulong key) => _capital.Contains(key);

    /// <summary>The word stands before Inc, Corp or Ltd somewhere.</summary>
    public bool IsFirm(ulong key) => _firms.Contains(key);

    private void Read(TokenizedText tokens)
    {
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

            bool titled = capitalBefore && tokens[i - 1].Is(WordClasses.Honorific);
            bool speaks = i + 1 < tokens.Count && tokens[i + 1].Is(WordClasses.Speech) && tokens[i + 1].Shape == WordShape.Lower;
            bool spoken = i > 0 && tokens[i - 1].Is(WordClasses.Speech) && tokens[i - 1].Shape == WordShape.Lower && !capitalAfter;
            if (!capitalAfter && (titled || (!capitalBefore && (speaks || spoken))) && !(i > 0 && tokens.Span(i - 1) is "the" or "The"))
            {
                _alone.Add(token.Key);
            }
        }
    }
}
