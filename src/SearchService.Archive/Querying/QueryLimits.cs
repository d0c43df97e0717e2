namespace SearchService.Archive.Querying;

/// <summary>
/// What a query may have at most. A query over a limit is refused at the place where it passes it, never cut:
/// a word left out in silence gives a wrong answer.
/// </summary>
public static class QueryLimits
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int MaxChars = SearchRequest.MaxTextChars;

    /// <summary>Words in all, those of phrases included.</summary>
    public const int MaxTerms = 32;

    /// <summary>Parentheses open at once. Bounds the depth of every tree, so that code over trees may recurse.</summary>
    public const int MaxDepth = 8;

    /// <summary>Words of one phrase.</summary>
    public const int MaxPhraseWords = 16;

    /// <summary>Moves a sloppy phrase may allow.</summary>
    public const int MaxSlop = 10;

    /// <summary>Letters and digits before the star of a prefix.</summary>
    public const int MinPrefixLetters = 3;

    /// <summary>Prefixes in all: each may stand for many thousand terms.</summary>
    public const int MaxPrefixes = 2;

    public const float MinBoost = 0.1f;

    public const float MaxBoost = 10;
}
