namespace SearchService.Retrieval.Postings;

/// <summary>
/// How wide positions are within a block: a long document needs more bits than a short one, so every 16 documents have a width of their own, kept as
/// four bits below the block's
/// width before the block's positions. A block of at most 16 documents has only the block's width.
/// </summary>
internal static class PositionGroups
{
    public const int DocsPerGroup = 16;

    /// <summary>Groups of a full block.</summary>
    public const int Most = BlockUnpack.BlockSize / DocsPerGroup;

    /// <summary>Most bits that a group can be narrower than its block.</summary>
    public const int MostLess = 15;

    /// <summary>Bytes before the positions of a block of so many documents.</summary>
    public static int HeaderBytes(int docs) => docs <= DocsPerGroup ? 0 : (((docs + DocsPerGroup - 1) / DocsPerGroup) + 1) / 2;
}
