using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>The people and places named in headline and body.</summary>
internal sealed class Names
{
    private readonly DocumentText _headline;

    private Names(DocumentText headline) => _headline = headline;

    public DocumentText Headline => _headline;

    /// <summary>Whether each token of the body belongs to a person's name.</summary>
    public required bool[] BodyNames { get; init; }

    public required IReadOnlyList<ResolvedPerson> Persons { get; init; }

    public required IReadOnlyList<PlaceMention> HeadlinePlaces { get; init; }

    public required IReadOnlyList<PlaceMention> BodyPlaces { get; init; }

    /// <param name="language">BCP 47 tag; null where unknown, which is read as English.</param>
    /// <param name="datelineEnd">Where the body's dateline ends: no names before it.</param>
    public static Names Find(DocumentText headline, DocumentText body, string? language, int datelineEnd, Gazetteer gazetteer)
    {
        bool english = language is null || language == "en" || language.StartsWith("en-", StringComparison.Ordinal);
        DocumentCues cues = new([body, headline]);
        int credits = CreditsStart(body.Tokens.Text);
        List<NameCandidate> candidates =
        [
            .. EntityTagger.Tag(body, cues).Where(c => c.Span.Start >= datelineEnd && c.Span.Start < credits),
            .. EntityTagger.Tag(headline, cues),
        ];
        IReadOnlyList<ResolvedPerson> persons = NameResolver.Resolve(candidates, cues, english ? EntityTagger.Accepted : EntityTagger.AcceptedInOtherLanguages);
        bool[] bodyNames = new bool[body.Tokens.Count];
        bool[] headlineNames = new bool[headline.Tokens.Count];
        foreach (ResolvedPerson person in persons)
        {
            foreach (PersonMention mention in person.Mentions)
            {
                NameCandidate name = mention.Candidate;
                (name.Text == headline ? headlineNames : bodyNames).AsSpan(name.First, name.Words).Fill(true);
            }
        }

        return new Names(headline)
        {
            Persons = persons,
            BodyNames = bodyNames,
            HeadlinePlaces = PlaceTagger.Tag(headline, headlineNames, gazetteer),
            BodyPlaces = [.. PlaceTagger.Tag(body, bodyNames, gazetteer).Where(p => p.Span.Start >= datelineEnd)],
        };
    }

    public FindingIn In(DocumentText text) => text == _headline ? FindingIn.Headline : FindingIn.Body;

    /// <summary>Where a person is named first, the headline before the body.</summary>
    public int FirstOf(ResolvedPerson person) => person.Mentions.Count == 0 ? int.MaxValue
        : person.Mentions.Min(m => m.Candidate.Text == _headline ? m.Candidate.Span.Start - 1_000_000 : m.Candidate.Span.Start);

    /// <summary>Where "(Reporting by …; editing by …)" begins at the foot of the body; its end where there is none.</summary>
    private static int CreditsStart(string body)
    {
        int from = Math.Max(0, body.Length - 700);
        foreach (string opening in (ReadOnlySpan<string>)["(Reporting by", "Reporting by ", "(Additional reporting", "(Editing by", "(Writing by", "Additional reporting by"])
        {
            int at = body.IndexOf(opening, from, StringComparison.Ordinal);
            if (at >= 0)
            {
                return at;
            }
        }

        return body.Length;
    }
}
