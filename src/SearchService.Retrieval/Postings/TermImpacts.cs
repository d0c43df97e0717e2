namespace SearchService.Retrieval.Postings;

/// <summary>
/// Upper and lower bounds of a term's share of a BM25 score, tf/(tf + K(length)), as 16-bit fixed point of 1/65535: first the largest of all its
/// documents, then
/// the k-th best for each of <see cref="Ranks"/>, then where the term's <see cref="TermChampions"/> are (two numbers, the lower half first; 0 for none, else the
/// offset plus one), then the largest of each block.
/// </summary>
internal static class TermImpacts
{
    /// <summary>Numbers before the blocks' own.</summary>
    public const int HeaderLength = 7;

    /// <summary>Which of these tells where the champions are.</summary>
    public const int ChampionsIndex = 5;

    /// <summary>One, in fixed point.</summary>
    public const float Scale = 65535f;

    /// <summary>Ranks whose share is kept, 0 where the term has fewer documents.</summary>
    public static ReadOnlySpan<int> Ranks => [10, 30, 100, 1000];

    /// <summary>Rounds up, and a little more, so that a bound is never below what it bounds.</summary>
    public static ushort Above(float share) => (ushort)Math.Min(Scale, MathF.Ceiling(share * Scale * 1.000001f));

    /// <summary>Rounds down, and a little more.</summary>
    public static ushort Below(float share) => (ushort)(share * Scale * 0.999999f);
}
