namespace SearchService.Retrieval.Passages;

/// <summary>A place in a phrase: a term, and its position counted from the phrase's first word.</summary>
public readonly record struct PhraseSlot(string Term, int Offset);

/// <summary>
/// What is to be found and marked in a text: single terms, beginnings of words, and phrases whose words mark only where
/// they stand together. Immutable after <see cref="Builder.Build"/>, thread-safe.
/// </summary>
public sealed class PassageQuery
{
    private PassageQuery(Dictionary<string, int> terms, string[] prefixes, float[] weights, bool[] alone, Phrase[] phrases)
    {
        Terms = terms;
        Prefixes = prefixes;
        Weights = weights;
        Alone = alone;
        Phrases = phrases;
    }

    /// <summary>Whether nothing is looked for.</summary>
    public bool IsEmpty => Weights.Length == 0;

    /// <summary>Terms by text; prefixes are numbered after them.</summary>
    internal Dictionary<string, int> Terms { get; }

    internal string[] Prefixes { get; }

    /// <summary>Weight by number.</summary>
    internal float[] Weights { get; }

    /// <summary>Whether a number marks wherever it stands, not only within a phrase.</summary>
    internal bool[] Alone { get; }

    internal Phrase[] Phrases { get; }

    /// <summary>A phrase of numbered terms.</summary>
    /// <param name="Slop">Greatest distance between the words' places and where the phrase wants them.</param>
    internal sealed record Phrase((int Term, int Offset)[] Slots, int Slop);

    /// <summary>Gathers what is looked for.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
        private readonly HashSet<string> _alone = new(StringComparer.Ordinal);
        private readonly List<float> _weights = [];
        private readonly Dictionary<string, float> _prefixes = new(StringComparer.Ordinal);
        private readonly List<Phrase> _phrases = [];

        /// <summary>Looks for a term wherever it stands.</summary>
        /// <param name="term">The analysed term.</param>
        /// <param name="weight">How much it is worth in a passage: its rarity.</param>
        public void AddTerm(string term, float weight)
        {
            Number(term, weight);
            _alone.Add(term);
        }

        /// <summary>Looks for words that begin so.</summary>
        /// <param name="prefix">Beginning of an unstemmed form.</param>
        public void AddPrefix(string prefix, float weight) => _prefixes[prefix] = weight;

        /// <summary>Looks for terms that stand together.</summary>
        /// <param name="slots">At least two.</param>
        /// <param name="slop">As in Lucene's PhraseQuery: 0 for exactly so.</param>
        public void AddPhrase(IReadOnlyList<PhraseSlot> slots, int slop, Func<string, float> weight) =>
            _phrases.Add(new Phrase([.. slots.Select(s => (Number(s.Term, weight(s.Term)), s.Offset))], slop));

        public PassageQuery Build()
        {
            bool[] alone = [.. Enumerable.Repeat(true, _weights.Count + _prefixes.Count)];
            foreach ((string term, int number) in _terms)
            {
                alone[number] = _alone.Contains(term);
            }

            return new PassageQuery(_terms, [.. _prefixes.Keys], [.. _weights, .. _prefixes.Values], alone, [.. _phrases]);
        }

        private int Number(string term, float weight)
        {
            if (!_terms.TryGetValue(term, out int number))
            {
                number = _weights.Count;
                _terms.Add(term, number);
                _weights.Add(weight);
            }

            return number;
        }
    }
}
