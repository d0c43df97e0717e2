namespace SearchService.Archive.Extraction;

/// <summary>
/// What a mention says about whether a woman or a man is meant: by its title (Mrs, Sir), by a word of kinship before it, by a
/// common first name. <see cref="WordClasses.Female"/>, <see cref="WordClasses.Male"/>, both, or none of them.
/// </summary>
internal static class PersonSex
{
    private const WordClasses Sexes = WordClasses.Female | WordClasses.Male;

    public static WordClasses Of(NameCandidate mention)
    {
        int before = mention.First - 1;
        WordClasses title = before >= 0 && mention.Tokens[before].IsWord ? mention.Tokens[before].Classes & Sexes : 0;
        return title != 0 || mention.Words == 1 ? title : mention.Tokens[mention.First].Classes & Sexes;
    }

    /// <summary>Whether both may be one person: nothing is known of one of them, or they have a sex in common.</summary>
    public static bool Agree(WordClasses one, WordClasses other) => one == 0 || other == 0 || (one & other) != 0;
}
