namespace SearchService.Benchmarks.Engine;

/// <summary>A class of query; the words are those of the corpus's <see cref="Corpus.QuerySet"/>.</summary>
public enum EngineKind
{
    /// <summary>A word of a tenth of the articles.</summary>
    TermFrequent,

    /// <summary>A word of a hundredth.</summary>
    TermMiddling,

    /// <summary>A word of a thousandth.</summary>
    TermRare,

    /// <summary>Both of two frequent words.</summary>
    AndFrequent,

    /// <summary>A frequent word and a middling one.</summary>
    AndMiddling,

    /// <summary>A middling word and a rare one.</summary>
    AndRare,

    /// <summary>Three frequent words.</summary>
    AndThree,

    /// <summary>Any of two frequent words.</summary>
    OrFrequent,

    /// <summary>A frequent word or a middling one.</summary>
    OrMiddling,

    /// <summary>Any of three frequent and two middling words.</summary>
    OrFive,

    /// <summary>Any of nine words, three of each frequency.</summary>
    OrNine,

    /// <summary>Two words next to each other.</summary>
    Phrase,

    /// <summary>Two words within three moves of standing next to each other.</summary>
    LoosePhrase,

    /// <summary>A frequent word inside a country.</summary>
    Filtered,
}
