namespace SearchService.Archive.Extraction;

/// <summary>A run of tokens that may be the name of a person.</summary>
/// <param name="Text">The text it stands in.</param>
/// <param name="First">First token of the name, without titles.</param>
/// <param name="Last">Last token of the name.</param>
/// <param name="Score">Sum of the evidence; see <see cref="EntityTagger"/>.</param>
/// <param name="Rule">The strongest evidence.</param>
/// <param name="Titled">A title or an honorific stands before it.</param>
/// <param name="Barred">Something says that it is no person: an organisation's or a place's name.</param>
internal sealed record NameCandidate(DocumentText Text, int First, int Last, double Score, string Rule, bool Titled, bool Barred)
{
    public int Words => Last - First + 1;

    public TokenizedText Tokens => Text.Tokens;

    public TextSpan Span => new(Tokens[First].Start, Tokens[Last].End - Tokens[First].Start);
}
