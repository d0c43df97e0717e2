namespace SearchService.Benchmarks.Queries;

/// <summary>A shape of query; the words are those of the corpus's <see cref="Corpus.QuerySet"/>.</summary>
public enum QueryKind
{
    /// <summary>One word: three frequent and three middling ones.</summary>
    Term,

    /// <summary>Two words, both required: frequent with middling.</summary>
    And,

    /// <summary>Two words, any of them: frequent with middling.</summary>
    Or,

    /// <summary>Two middling words next to each other.</summary>
    Phrase,

    /// <summary>Two middling words within three moves of standing next to each other.</summary>
    LoosePhrase,

    /// <summary>Beginnings of words, three letters.</summary>
    Prefix,

    /// <summary>A frequent word inside a country and half of the archive's days.</summary>
    Filtered,

    /// <summary>Every article inside half of the archive's days.</summary>
    DateRange,

    /// <summary>Every article.</summary>
    All,
}
