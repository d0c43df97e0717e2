namespace SearchService.Archive.Extraction;

/// <summary>
/// Weighs the evidence for one candidate: <see cref="TitleEvidence"/> before it, <see cref="WordEvidence"/> in it,
/// <see cref="ContextEvidence"/> on both sides, and what the rest of the article says.
/// </summary>
internal static class NameEvidence
{
    /// <param name="first">First token of the name.</param>
    /// <param name="last">Last token of the name.</param>
    /// <param name="runFirst">First token of the run of capitals that the name stands in.</param>
    /// <param name="runLast">Last token of that run.</param>
    public static NameCandidate Weigh(DocumentText text, DocumentCues cues, int first, int last, int runFirst, int runLast)
    {
        EvidenceSum sum = new();
        bool titled = new TitleEvidence(text, first, last, sum).Weigh();
        new WordEvidence(text, cues, first, last, sum).Weigh();
        ContextEvidence context = new(text, first, last, runFirst, runLast, sum);
        context.WeighLeft();
        context.WeighRight();
        WeighDocument(text.Tokens, cues, first, last, sum);
        return new NameCandidate(text, first, last, sum.Barred ? Math.Min(sum.Score, 0) : sum.Score, sum.Rule, titled, sum.Barred);
    }

    private static void WeighDocument(TokenizedText tokens, DocumentCues cues, int first, int last, EvidenceSum sum)
    {
        ref readonly Token tail = ref tokens[last];
        if (first < last && cues.StandsAlone(tail.Key) && !tail.Is(WordClasses.Company | WordClasses.Organisation))
        {
            sum.Add(0.5, "surname-alone");
        }

        if (cues.IsFirm(tail.Key) && !tail.Is(WordClasses.Company))
        {
            sum.Add(-1.5, "firm");
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
}

/// <summary>The weights found so far for one candidate.</summary>
internal sealed class EvidenceSum
{
    public double Score { get; private set; }

    /// <summary>The largest single weight.</summary>
    public double Strongest { get; private set; }

    /// <summary>What had the largest weight.</summary>
    public string Rule { get; private set; } = "capitals";

    /// <summary>Something says that it is no person, whatever the sum.</summary>
    public bool Barred { get; set; }

    public void Add(double weight, string rule)
    {
        Score += weight;
        if (weight > Strongest)
        {
            (Strongest, Rule) = (weight, rule);
        }
    }
}
