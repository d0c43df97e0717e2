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
    /// Marks every smallest window that holds all slots within the phrase's slop. Places are positions less the slot's offset, so
    /// that the exact phrase has all of them equal; the measure is that of Lucene's SloppyPhraseScorer. For each place that may be
    /// a window's first, every slot takes its next token from there on; of slots with one term ("new new york") each takes
    /// a later one than the slot before.
    /// </summary>
    private void MatchPhrase(PassageQuery.Phrase phrase, bool[] matched)
    {
        int[][] tokens = [.. phrase.Slots.Select(s => Enumerable.Range(0, _tokens.Count).Where(i => _tokens[i].Term == s.Term).ToArray())];
        int[] sameTermBefore = [.. phrase.Slots.Select((s, i) => Array.FindLastIndex(phrase.Slots, i, i + 1, t => t.Term == s.Term && t != s))];
        int[] at = new int[tokens.Length];
        foreach (int first in Places(phrase, tokens))
        {
            int last = int.MinValue;
            for (int slot = 0; slot < at.Length; slot++)
            {
                int taken = sameTermBefore[slot] is var before && before >= 0 ? tokens[before][at[before]] : -1;
                while (at[slot] < tokens[slot].Length && (Place(slot) < first || tokens[slot][at[slot]] <= taken))
                {
                    at[slot]++;
                }

                if (at[slot] == tokens[slot].Length)
                {
                    return;
                }

                last = Math.Max(last, Place(slot));
            }

            if (last - first <= phrase.Slop)
            {
                for (int slot = 0; slot < at.Length; slot++)
                {
                    matched[tokens[slot][at[slot]]] = true;
                }
            }
        }

        int Place(int slot) => _tokens[tokens[slot][at[slot]]].Position - phrase.Slots[slot].Offset;
    }

    /// <summary>All places of all slots, ascending.</summary>
    private int[] Places(PassageQuery.Phrase phrase, int[][] tokens)
    {
        int[] places = [.. tokens.SelectMany((slot, i) => slot.Select(t => _tokens[t].Position - phrase.Slots[i].Offset)).Distinct()];
        Array.Sort(places);
        return places;
    }
}
