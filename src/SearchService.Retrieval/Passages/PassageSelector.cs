namespace SearchService.Retrieval.Passages;

/// <summary>
/// Chooses the passages of a text that show best why it matched: whole sentences where they fit, else the best stretch of
/// a long one. A passage is worth the weights of the distinct terms it holds, more where they recur and a little more near
/// the text's beginning, as in Lucene's UnifiedHighlighter; terms that a chosen passage has shown are worth half in the next.
/// </summary>
public static class PassageSelector
{
    /// <summary>Half-way point of the gain from a term's recurring within one passage.</summary>
    private const float RecurrenceHalf = 0.8f;

    /// <summary>Characters over which the lead's bonus falls, as in UnifiedHighlighter's PassageScorer.</summary>
    private const float LeadPivot = 87;

    /// <summary>How much longer or shorter than wanted a passage of whole sentences may be.</summary>
    private const float Tolerance = 1.25f;

    /// <summary>The best passages in text order; none where nothing matches.</summary>
    /// <param name="matches">What to mark, in text order, not overlapping.</param>
    /// <param name="query">The query the matches are of.</param>
    /// <param name="count">Passages at most.</param>
    /// <param name="length">About how many characters a passage has.</param>
    public static IReadOnlyList<Passage> Best(string text, IReadOnlyList<TextMatch> matches, PassageQuery query, int count, int length)
    {
        if (matches.Count == 0 || count <= 0)
        {
            return [];
        }

        List<Candidate> candidates = Candidates(text, matches, length);
        float[] weights = (float[])query.Weights.Clone();
        List<Candidate> chosen = [];
        while (chosen.Count < count)
        {
            Candidate? best = null;
            float bestScore = 0;
            foreach (Candidate candidate in candidates)
            {
                float score = Score(candidate, matches, weights);
                if (score > bestScore && !chosen.Exists(c => c.Range.Start < candidate.Range.End && candidate.Range.Start < c.Range.End))
                {
                    (best, bestScore) = (candidate, score);
                }
            }

            if (best is null)
            {
                break;
            }

            chosen.Add(best);
            foreach (int term in Enumerable.Range(best.FirstMatch, best.Matches).Select(i => matches[i].Term).Distinct())
            {
                weights[term] /= 2;
            }
        }

        return
        [
            .. chosen.OrderBy(c => c.Range.Start)
                .Select(c => Passage.Of(text, c.Range, c.CutBefore, c.CutAfter, matches.Skip(c.FirstMatch).Take(c.Matches))),
        ];
    }

    /// <summary>The beginning of a text, about as long as wanted; null for a text without a word.</summary>
    public static Passage? Lead(string text, int length)
    {
        // Sentences of far behind the lead are never shown: a long text is not read through.
        string head = text.Length > length * 8 ? text[..WordEnd(text, length * 8)] : text;
        IReadOnlyList<TextRange> sentences = Sentences.Split(head);
        if (sentences.Count == 0)
        {
            return null;
        }

        (TextRange range, bool cutAfter) = Grow(text, sentences, 0, length);
        return Passage.Of(text, range, cutBefore: false, cutAfter, []);
    }

    /// <summary>The whole text as one passage.</summary>
    public static Passage Whole(string text, IReadOnlyList<TextMatch> matches) =>
        Passage.Of(text, new TextRange(0, text.Length), cutBefore: false, cutAfter: false, matches);

    private sealed record Candidate(TextRange Range, bool CutBefore, bool CutAfter, int FirstMatch, int Matches);

    private static List<Candidate> Candidates(string text, IReadOnlyList<TextMatch> matches, int length)
    {
        IReadOnlyList<TextRange> sentences = Sentences.Split(text);
        List<Candidate> candidates = [];
        int first = 0;
        for (int i = 0; i < sentences.Count && first < matches.Count; i++)
        {
            TextRange sentence = sentences[i];
            while (first < matches.Count && matches[first].Start < sentence.Start)
            {
                first++;
            }

            int end = first;
            while (end < matches.Count && matches[end].End <= sentence.End)
            {
                end++;
            }

            if (end == first)
            {
                continue;
            }

            if (sentence.Length > length * Tolerance)
            {
                AddWindows(text, sentence, matches, first, end, length, candidates);
            }
            else
            {
                (TextRange range, bool cutAfter) = Grow(text, sentences, i, length);
                candidates.Add(Make(range, cutBefore: false, cutAfter, matches, first));
            }

            first = end;
        }

        return candidates;
    }

    /// <summary>A sentence with those after it, as long as they fit; a first sentence that is too long is cut after a word.</summary>
    private static (TextRange Range, bool CutAfter) Grow(string text, IReadOnlyList<TextRange> sentences, int index, int length)
    {
        TextRange range = sentences[index];
        if (range.Length > length * Tolerance)
        {
            return (new TextRange(range.Start, WordEnd(text, range.Start + length)), true);
        }

        for (int next = index + 1; next < sentences.Count && sentences[next].End - range.Start <= length * Tolerance; next++)
        {
            range = new TextRange(range.Start, sentences[next].End);
        }

        return (range, false);
    }

    /// <summary>Stretches of a long sentence, one from each of its matches on, with some words before it.</summary>
    private static void AddWindows(
        string text, TextRange sentence, IReadOnlyList<TextMatch> matches, int first, int end, int length, List<Candidate> candidates)
    {
        int reached = -1;
        for (int i = first; i < end; i++)
        {
            if (matches[i].End <= reached)
            {
                continue;
            }

            int last = i;
            while (last + 1 < end && matches[last + 1].End - matches[i].Start <= length)
            {
                last++;
            }

            int spare = Math.Max(0, length - (matches[last].End - matches[i].Start));
            int from = Math.Max(sentence.Start, Math.Min(matches[i].Start - (spare / 2), sentence.End - length));
            from = from <= sentence.Start ? sentence.Start : WordStart(text, from, matches[i].Start);
            int to = from + length >= sentence.End ? sentence.End : Math.Max(WordEnd(text, from + length), matches[last].End);
            to = Math.Min(to, sentence.End);
            candidates.Add(Make(new TextRange(from, to), from > sentence.Start, to < sentence.End, matches, first));
            reached = to;
        }
    }

    private static Candidate Make(TextRange range, bool cutBefore, bool cutAfter, IReadOnlyList<TextMatch> matches, int from)
    {
        int first = from;
        while (first < matches.Count && matches[first].Start < range.Start)
        {
            first++;
        }

        int end = first;
        while (end < matches.Count && matches[end].End <= range.End)
        {
            end++;
        }

        return new Candidate(range, cutBefore, cutAfter, first, end - first);
    }

    private static float Score(Candidate candidate, IReadOnlyList<TextMatch> matches, float[] weights)
    {
        Span<int> counts = weights.Length <= 256 ? stackalloc int[weights.Length] : new int[weights.Length];
        counts.Clear();
        for (int i = 0; i < candidate.Matches; i++)
        {
            counts[matches[candidate.FirstMatch + i].Term]++;
        }

        float score = 0;
        for (int term = 0; term < counts.Length; term++)
        {
            score += weights[term] * counts[term] / (counts[term] + RecurrenceHalf);
        }

        return score * (1 + (1 / MathF.Log(LeadPivot + candidate.Range.Start)));
    }

    /// <summary>The first beginning of a word at or after the offset, but not after the limit.</summary>
    private static int WordStart(string text, int from, int limit)
    {
        int at = from;
        while (at < limit && !char.IsWhiteSpace(text[at - 1]))
        {
            at++;
        }

        while (at < limit && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The last end of a word at or before the offset; where there is none near, the offset, but not inside a surrogate pair.</summary>
    private static int WordEnd(string text, int to)
    {
        if (to >= text.Length)
        {
            return text.Length;
        }

        const int Near = 40;
        for (int at = to; at > Math.Max(0, to - Near); at--)
        {
            if (char.IsWhiteSpace(text[at]) && !char.IsWhiteSpace(text[at - 1]))
            {
                return at;
            }
        }

        return to > 0 && char.IsLowSurrogate(text[to]) ? to - 1 : to;
    }
}
