namespace SearchService.Retrieval.Passages;

/// <summary>A stretch of a text that matched. End is exclusive, in UTF-16 units.</summary>
/// <param name="Term">Number of the term in its query, for the passage's score.</param>
public readonly record struct TextMatch(int Start, int End, int Term);

/// <summary>
/// Finds what a query looks for in one text: takes the text's tokens in order and answers the stretches to mark. Of a
/// phrase's terms only those count that took part in a match of the phrase. Not thread-safe; one for each text.
/// </summary>
public sealed class TextMatches(PassageQuery query)
{
    private readonly List<(int Term, int Position, int Start, int End)> _tokens = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _terms = query.Terms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Takes the next token.</summary>
    /// <param name="term">The analysed term.</param>
    /// <param name="form">The unstemmed form, for prefixes.</param>
    /// <param name="position">Its position; not less than the last one's.</param>
    /// <param name="start">Offset of its first character.</param>
    /// <param name="end">Offset after its last character.</param>
    public void Add(ReadOnlySpan<char> term, ReadOnlySpan<char> form, int position, int start, int end)
    {
        if (_terms.TryGetValue(term, out int number))
        {
            _tokens.Add((number, position, start, end));
        }

        for (int i = 0; i < query.Prefixes.Length; i++)
        {
            if (form.StartsWith(query.Prefixes[i], StringComparison.Ordinal))
            {
                _tokens.Add((query.Terms.Count + i, position, start, end));
            }
        }
    }

    /// <summary>The stretches to mark, in text order, not overlapping.</summary>
    public IReadOnlyList<TextMatch> Find()
    {
        bool[] matched = new bool[_tokens.Count];
        for (int i = 0; i < matched.Length; i++)
        {
            matched[i] = query.Alone[_tokens[i].Term];
        }

        foreach (PassageQuery.Phrase phrase in query.Phrases)
        {
            MatchPhrase(phrase, matched);
        }

        List<TextMatch> matches = [];
        for (int i = 0; i < matched.Length; i++)
        {
            (int term, _, int start, int end) = _tokens[i];
            if (matched[i] && start < end && (matches.Count == 0 || matches[^1].End <= start))
            {
                matches.Add(new TextMatch(start, end, term));
            }
        }

        return matches;
    }

    /// <summary>
    /// Marks every smallest window that holds all slots within the phrase's slop. Positions are taken less their offset, so
    /// that the exact phrase has all of them equal; the measure is that of Lucene's SloppyPhraseScorer.
    /// </summary>
    private void MatchPhrase(PassageQuery.Phrase phrase, bool[] matched)
    {
        int[][] tokens = [.. phrase.Slots.Select(s => Enumerable.Range(0, _tokens.Count).Where(i => _tokens[i].Term == s.Term).ToArray())];
        int[] at = new int[tokens.Length];
        if (tokens.Any(t => t.Length == 0))
        {
            return;
        }

        while (true)
        {
            int lowest = 0;
            int low = int.MaxValue;
            int high = int.MinValue;
            for (int slot = 0; slot < at.Length; slot++)
            {
                int place = _tokens[tokens[slot][at[slot]]].Position - phrase.Slots[slot].Offset;
                if (place < low)
                {
                    (low, lowest) = (place, slot);
                }

                high = Math.Max(high, place);
            }

            if (high - low <= phrase.Slop && Distinct(tokens, at))
            {
                for (int slot = 0; slot < at.Length; slot++)
                {
                    matched[tokens[slot][at[slot]]] = true;
                }
            }

            if (++at[lowest] == tokens[lowest].Length)
            {
                return;
            }
        }
    }

    /// <summary>Whether no token stands for two slots, as with "new new".</summary>
    private static bool Distinct(int[][] tokens, int[] at)
    {
        for (int i = 1; i < at.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (tokens[i][at[i]] == tokens[j][at[j]])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
