namespace SearchService.Retrieval.Postings;

/// <summary>
/// The documents in which a frequent term has its largest shares of a score, kept once more beside the postings with bounds of these shares, and the largest share of
/// all others: the best of two frequent terms are among a few thousand documents that are found without their postings (two-tier index: Ntoulas and Cho 2007).
/// </summary>
/// <remarks>
/// A list: how many (4 bytes), the largest share of all others (<see cref="TermImpacts"/>, 2 bytes), the height of a level (2 bytes), and then for every 128 of them the
/// width of the packed gaps (1 byte), the gaps, and four bits each for the level, the first document's lower. A document of level l has a share of at most the
/// others' largest plus l + 1 heights.
/// </remarks>
internal static class TermChampions
{
    public const int HeaderBytes = 8;

    public const int Levels = 16;

    /// <summary>Most champions of a term.</summary>
    public const int Most = 1 << 15;

    // a term with fewer documents is not worth it, and neither is one with a smaller share of the segment's
    private const int LeastDocFreq = 2048;
    private const int LeastShare = 128;

    // at most every so manieth document is one
    private const int MostShare = 8;

    /// <summary>How many documents of a term are kept at most; 0 where none are worth it.</summary>
    /// <remarks>
    /// Of two terms that have nothing to do with each other, as many documents are champions of both as the product of their numbers has segments' lengths: about
    /// fourteen with the square root, whatever the segment's size. Documents that are good for one are often good for the other, being short.
    /// </remarks>
    public static int CountFor(int docFreq, int maxDoc) =>
        docFreq < Math.Max(LeastDocFreq, maxDoc / LeastShare) ? 0 : (int)Math.Min(Math.Min(Most, docFreq / MostShare), 3.8 * Math.Sqrt(maxDoc));
}
