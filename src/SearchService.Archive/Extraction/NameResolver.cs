namespace SearchService.Archive.Extraction;

/// <summary>
/// Gathers the mentions of each person of one article. Full names first: two are one person where the surnames are the same and
/// the first names agree (an initial agrees with its expansion, a missing middle name with any); the fullest form is the name.
/// Then single words: they mean the person whose surname, later name or, failing these, first name they are; of several the one
/// named last, a relative of another only where nothing else is left. A single word of nobody counts by <see cref="SingleNames"/>.
/// </summary>
internal static class NameResolver
{
    private const int MaxForms = 50;

    /// <param name="candidates">Of the body in text order, then of the headline.</param>
    /// <param name="accepted">Least score of a full name.</param>
    public static IReadOnlyList<ResolvedPerson> Resolve(IReadOnlyList<NameCandidate> candidates, DocumentCues cues, double accepted)
    {
        PersonRegister register = new();
        PersonName[] names = [.. candidates.Select(PersonName.Of)];
        string?[] rules = new string?[candidates.Count];
        ResolvedPerson?[] owners = new ResolvedPerson?[candidates.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            if (IsFullName(candidates[i], names[i]) && candidates[i].Score >= accepted)
            {
                Claim(i, Own(names[i], register));
            }
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            // A name that was accepted once is the same name where the evidence beside it is weaker.
            if (owners[i] is null && IsFullName(candidates[i], names[i]) && names[i].IsFull)
            {
                Claim(i, register.Find(names[i]) is { } person && Array.IndexOf(person.Name.Keys, names[i].First) >= 0 ? person : null);
            }
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (owners[i] is null && !candidates[i].Barred && names[i].Keys.Length > 0 && (!names[i].IsFull || IsParticled(candidates[i])))
            {
                Claim(i, OwnShort(candidates[i], names[i], i, IsBehindDelegate(i), register, cues, out rules[i]));
            }
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (owners[i] is { } person)
            {
                person.Mentions.Add(new PersonMention(candidates[i], rules[i] ?? Rule(candidates[i], person)));
                if (person.Forms.Count < MaxForms && !person.Forms.Contains(names[i].Written))
                {
                    person.Forms.Add(names[i].Written);
                }
            }
        }

        return register.Persons;

        void Claim(int candidate, ResolvedPerson? person)
        {
            owners[candidate] = person;
            person?.Claim(candidate, candidates[candidate]);
        }

        // "Gamal Abdel Nasser of Egypt, Sukarno": nothing but a country and a comma between a full name and this one.
        bool IsBehindDelegate(int single)
        {
            int before = single - 1;
            if (before < 0 || owners[before] is not { Name.IsFull: true } || candidates[before].Text != candidates[single].Text)
            {
                return false;
            }

            TokenizedText tokens = candidates[single].Tokens;
            int from = candidates[before].Last + 1;
            int to = candidates[single].First;
            return to - from is > 2 and < 9 && tokens.Span(from) is "of" && (tokens[to - 1].IsMark(',') || tokens.Span(to - 1) is "and")
                && candidates[single].Text.PlaceAt(tokens[to - 2].IsWord ? to - 2 : to - 3) is { Place.Kind: PlaceKind.Country };
        }
    }

    private static bool IsFullName(NameCandidate candidate, PersonName name) => candidate.Words > 1 && !candidate.Barred && name.Keys.Length > 0;

    private static string Rule(NameCandidate candidate, ResolvedPerson person) =>
        candidate.Words == 1 && person.Name.IsFull ? candidate.Titled ? "title-before-surname" : "surname" : candidate.Rule;

    private static ResolvedPerson? Own(PersonName name, PersonRegister register)
    {
        ResolvedPerson? person = register.Find(name);
        if (person is null)
        {
            return register.Add(name, name.Written);
        }

        if (name.IsFullerThan(person.Name))
        {
            register.Rename(person, name);
        }

        return person;
    }

    private static ResolvedPerson? OwnShort(
        NameCandidate candidate, PersonName name, int number, bool behindDelegate, PersonRegister register, DocumentCues cues, out string? rule)
    {
        rule = null;
        if (register.FindShort(name.Surname, number, candidate) is { } known)
        {
            return IsPlaceThere(candidate) ? null : known;
        }

        if (name.IsFull || SingleNames.Evidence(candidate, cues, behindDelegate) is not { } evidence)
        {
            return null;
        }

        rule = evidence;
        return register.Add(name, WithRoyalTitle(candidate, name));
    }

    /// <summary>"van Gogh", "al Sisi": a surname with its particle.</summary>
    private static bool IsParticled(NameCandidate candidate)
    {
        for (int i = candidate.First; i < candidate.Last; i++)
        {
            if (!candidate.Tokens[i].Is(WordClasses.Particle))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"in Washington" is the city although a George Washington is known; "spoke to Gagarin" is no town where a Yuri Gagarin is.</summary>
    private static bool IsPlaceThere(NameCandidate candidate)
    {
        if (candidate.Titled || candidate.First == 0
            || candidate.Text.PlaceAt(candidate.First) is not { Place: { Kind: PlaceKind.City or PlaceKind.Country or PlaceKind.Region } place })
        {
            return false;
        }

        ref readonly Token before = ref candidate.Tokens[candidate.First - 1];
        if (!before.Is(WordClasses.Preposition) || before.Shape != WordShape.Lower)
        {
            return false;
        }

        return candidate.Tokens.Span(candidate.First - 1) switch
        {
            "in" or "near" or "outside" or "into" => true,
            // What is said to, from or at somebody reads the same, so a town must be one that everybody knows.
            "at" or "from" or "to" => place.Kind != PlaceKind.City || place.IsLargeOrCapital || place.Trust == PlaceTrust.Hub,
            _ => false,
        };
    }

    /// <summary>"Pope Francis", "Prince Charles": a first name alone would be anybody's. "Idris I" needs no title.</summary>
    private static string WithRoyalTitle(NameCandidate candidate, PersonName name)
    {
        int title = candidate.First - 1;
        return candidate.Words == 1 && title >= 0 && candidate.Tokens[title].Is(WordClasses.Royal) && candidate.Tokens[title].Shape == WordShape.Capital
            ? candidate.Tokens.Span(title).ToString() + " " + name.Written
            : name.Written;
    }
}
