namespace SearchService.Archive.Extraction;

/// <summary>A mention of a person: the run of tokens and what says so.</summary>
internal readonly record struct PersonMention(NameCandidate Candidate, string Rule);

/// <summary>A person of one article with every mention, in the order read.</summary>
internal sealed class ResolvedPerson(string name)
{
    /// <summary>The fullest form used, without title.</summary>
    public string Name { get; set; } = name;

    public List<PersonMention> Mentions { get; } = [];

    /// <summary>Keys of the words of <see cref="Name"/>, suffixes left out.</summary>
    public required ulong[] Keys { get; set; }

    /// <summary>First letters of these words, folded: an initial matches its expansion.</summary>
    public required string Initials { get; set; }

    public ulong Surname => Keys[^1];

    public List<string> Forms { get; } = [];
}

/// <summary>
/// Gathers the mentions of each person of one article. Full names first: two are one person where the surnames are the same and
/// the first names agree (an initial agrees with its expansion, a missing middle name with any); the fullest form is the name.
/// Then single words: they mean the person whose surname, later name or, failing these, first name they are; of several the one
/// named last. A single word of nobody counts only behind a title or an honorific.
/// </summary>
internal static class NameResolver
{
    /// <param name="candidates">Of the body in text order, then of the headline.</param>
    public static List<ResolvedPerson> Resolve(IReadOnlyList<NameCandidate> candidates, DocumentCues cues)
    {
        List<ResolvedPerson> persons = [];
        ResolvedPerson?[] owners = new ResolvedPerson?[candidates.Count];
        AddFullNames(candidates, persons, owners);
        AddRepeatedNames(candidates, persons, owners);
        AddShortForms(candidates, cues, persons, owners);
        for (int i = 0; i < candidates.Count; i++)
        {
            if (owners[i] is { } person)
            {
                NameCandidate candidate = candidates[i];
                person.Mentions.Add(new PersonMention(candidate, Rule(candidate, person)));
                string form = Written(candidate);
                if (!person.Forms.Contains(form))
                {
                    person.Forms.Add(form);
                }
            }
        }

        return persons;
    }

    private static string Rule(NameCandidate candidate, ResolvedPerson person) =>
        candidate.Words == 1 && person.Keys.Length > 1 ? candidate.Titled ? "title-before-surname" : "surname" : candidate.Rule;

    private static void AddFullNames(IReadOnlyList<NameCandidate> candidates, List<ResolvedPerson> persons, ResolvedPerson?[] owners)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            NameCandidate candidate = candidates[i];
            if (IsFullName(candidate) && candidate.Score >= EntityTagger.Accepted)
            {
                owners[i] = Own(candidate, persons);
            }
        }
    }

    /// <summary>A name that was accepted once is the same name where the evidence beside it is weaker.</summary>
    private static void AddRepeatedNames(IReadOnlyList<NameCandidate> candidates, List<ResolvedPerson> persons, ResolvedPerson?[] owners)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (owners[i] is null && IsFullName(candidates[i]) && KeysOf(candidates[i], out string initials) is { Length: > 1 } keys)
            {
                owners[i] = persons.Find(p => SamePerson(p, keys, initials) && p.Keys.AsSpan().IndexOf(keys[0]) >= 0);
            }
        }
    }

    private static bool IsFullName(NameCandidate candidate) => candidate.Words > 1 && !candidate.Barred;

    private static ResolvedPerson? Own(NameCandidate candidate, List<ResolvedPerson> persons)
    {
        ulong[] keys = KeysOf(candidate, out string initials);
        if (keys.Length == 0)
        {
            return null;
        }

        ResolvedPerson? person = null;
        for (int p = persons.Count - 1; p >= 0 && person is null; p--)
        {
            person = SamePerson(persons[p], keys, initials) ? persons[p] : null;
        }

        string written = Written(candidate);
        if (person is null)
        {
            person = new ResolvedPerson(written) { Keys = keys, Initials = initials };
            persons.Add(person);
        }
        else if (keys.Length > person.Keys.Length || (keys.Length == person.Keys.Length && Spelled(initials, keys) > Spelled(person.Initials, person.Keys))
            || (keys.Length == person.Keys.Length && written.Length > person.Name.Length + 1))
        {
            (person.Name, person.Keys, person.Initials) = (written, keys, initials);
        }

        return person;
    }

    /// <summary>Number of words that are more than an initial.</summary>
    private static int Spelled(string initials, ulong[] keys)
    {
        int spelled = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            spelled += char.IsUpper(initials[i]) ? 0 : 1;
        }

        return spelled;
    }

    /// <summary>The same surname, and every other word of the shorter name stands in the longer one in the same order.</summary>
    private static bool SamePerson(ResolvedPerson person, ulong[] keys, string initials)
    {
        (ulong[] longKeys, string longInitials, ulong[] shortKeys, string shortInitials) = person.Keys.Length >= keys.Length
            ? (person.Keys, person.Initials, keys, initials)
            : (keys, initials, person.Keys, person.Initials);
        if (shortKeys.Length < 2 || longKeys.Length < 2)
        {
            return false;
        }

        int at = 0;
        foreach (ulong key in longKeys)
        {
            if (at < shortKeys.Length && (key == shortKeys[at] || InitialsAgree(longInitials, longKeys, key, shortInitials[at])))
            {
                at++;
            }
        }

        if (at < shortKeys.Length)
        {
            return false;
        }

        // A missing last word is a second surname: "Luiz Inácio Lula" and "Luiz Inácio Lula da Silva".
        return longKeys[^1] == shortKeys[^1] || (longKeys[0] == shortKeys[0] && longKeys.AsSpan().IndexOf(shortKeys[^1]) > 0);
    }

    private static bool InitialsAgree(string initials, ulong[] keys, ulong key, char initial)
    {
        int index = Array.IndexOf(keys, key);
        char own = initials[index];
        return index < keys.Length - 1 && (char.IsUpper(own) || char.IsUpper(initial)) && char.ToLowerInvariant(own) == char.ToLowerInvariant(initial);
    }

    private static void AddShortForms(IReadOnlyList<NameCandidate> candidates, DocumentCues cues, List<ResolvedPerson> persons, ResolvedPerson?[] owners)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            NameCandidate candidate = candidates[i];
            if (owners[i] is not null || candidate.Barred || KeysOf(candidate, out string initials) is not { Length: > 0 } keys)
            {
                continue;
            }

            if (keys.Length > 1 && !IsParticled(candidate))
            {
                continue;
            }

            ResolvedPerson? known = FindShort(keys[^1], candidates, i, owners, persons);
            if (known is not null)
            {
                if (!IsPlaceThere(candidate))
                {
                    owners[i] = known;
                }
            }
            else if (keys.Length == 1 && (StandsForPerson(candidate) || StandsAlone(candidate, cues)))
            {
                ResolvedPerson person = new(WithRoyalTitle(candidate)) { Keys = keys, Initials = initials };
                persons.Add(person);
                owners[i] = person;
            }
        }
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

    /// <summary>The person a single word means: by surname, by a later name, by first name; of several the one mentioned last.</summary>
    private static ResolvedPerson? FindShort(
        ulong key, IReadOnlyList<NameCandidate> candidates, int at, ResolvedPerson?[] owners, List<ResolvedPerson> persons)
    {
        ResolvedPerson? best = null;
        int bestRank = 0;
        int bestRecency = -2;
        foreach (ResolvedPerson person in persons)
        {
            int rank = person.Surname == key ? 3
                : person.Keys.Length > 2 && person.Keys.AsSpan(1).IndexOf(key) >= 0 ? 2
                : person.Keys[0] == key ? 1 : 0;
            if (rank == 0 || rank < bestRank)
            {
                continue;
            }

            int recency = at;
            while (recency >= 0 && owners[recency] != person)
            {
                recency--;
            }

            if (rank > bestRank || recency > bestRecency)
            {
                (best, bestRank, bestRecency) = (person, rank, recency);
            }
        }

        return best;
    }

    /// <summary>"in Washington" is the city although a George Washington is known.</summary>
    private static bool IsPlaceThere(NameCandidate candidate)
    {
        if (candidate.Titled || candidate.Text.PlaceAt(candidate.First) is not { Place.Kind: PlaceKind.City or PlaceKind.Country or PlaceKind.Region })
        {
            return false;
        }

        return candidate.First > 0 && candidate.Tokens[candidate.First - 1].Is(WordClasses.Preposition) && candidate.Tokens[candidate.First - 1].Shape == WordShape.Lower
            && candidate.Tokens.Span(candidate.First - 1) is "in" or "at" or "near" or "from" or "to" or "outside" or "into";
    }

    /// <summary>A single word behind a title: "President Reagan", "Mr. Baker"; not "Prime Minister of", no place, no people.</summary>
    private static bool StandsForPerson(NameCandidate candidate)
    {
        if (!candidate.Titled || candidate.First == 0)
        {
            return false;
        }

        ref readonly Token title = ref candidate.Tokens[candidate.First - 1];
        ref readonly Token name = ref candidate.Tokens[candidate.First];
        if (title.Kind == TokenKind.Possessive)
        {
            return candidate.Text.PlaceAt(candidate.First) is not { Place.Kind: PlaceKind.Country or PlaceKind.Demonym or PlaceKind.Region };
        }

        if (!title.IsCapitalised || name.Shape is WordShape.Initial or WordShape.Lower || (name.Shape == WordShape.Upper && !candidate.Text.IsCapitals))
        {
            return false;
        }

        if (name.Is(WordClasses.Organisation | WordClasses.Company | WordClasses.Function | WordClasses.Month | WordClasses.Weekday) && !name.Is(WordClasses.Surname))
        {
            return false;
        }

        bool listed = name.Is(WordClasses.AnyFirst | WordClasses.AnyLast);
        if (candidate.Text.PlaceAt(candidate.First) is { } place && (place.Place.Kind is PlaceKind.Country or PlaceKind.Demonym or PlaceKind.Region || !listed))
        {
            return false;
        }

        return title.Is(WordClasses.Honorific) || (listed && !(name.Is(WordClasses.Common) && !name.Is(WordClasses.LastName)))
            || !name.Is(WordClasses.Common);
    }

    /// <summary>A word of no other class that he or she refers to: "Sukarno … his".</summary>
    private static bool StandsAlone(NameCandidate candidate, DocumentCues cues)
    {
        ref readonly Token name = ref candidate.Tokens[candidate.First];
        return name.Shape == WordShape.Capital && name.Length > 2 && cues.IsPersonal(name.Key) && !cues.IsFirm(name.Key) && !cues.IsSeenInLowerCase(name.Key)
            && (name.Classes & ~(WordClasses.AnyFirst | WordClasses.AnyLast | WordClasses.Surname)) == 0
            && candidate.Text.PlaceAt(candidate.First) is null && !(candidate.First > 0 && candidate.Tokens.Span(candidate.First - 1) is "the" or "The");
    }

    private static ulong[] KeysOf(NameCandidate candidate, out string initials)
    {
        Span<ulong> keys = stackalloc ulong[16];
        Span<char> letters = stackalloc char[16];
        int count = 0;
        for (int i = candidate.First; i <= candidate.Last && count < 16; i++)
        {
            ref readonly Token token = ref candidate.Tokens[i];
            if (!token.IsWord || (i > candidate.First && (token.Is(WordClasses.Suffix) || (i == candidate.Last && token.Length == 1))) || (token.Shape == WordShape.Lower && i < candidate.Last && token.Is(WordClasses.Particle)))
            {
                continue;
            }

            char letter = candidate.Tokens.Text[token.Start];
            letters[count] = token.Shape == WordShape.Initial ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter);
            keys[count++] = token.Key;
        }

        initials = letters[..count].ToString();
        return keys[..count].ToArray();
    }

    /// <summary>"Pope Francis", "Prince Charles": a first name alone would be anybody's. "Idris I" needs no title.</summary>
    private static string WithRoyalTitle(NameCandidate candidate)
    {
        string name = Written(candidate);
        int title = candidate.First - 1;
        return candidate.Words == 1 && title >= 0 && candidate.Tokens[title].Is(WordClasses.Royal) && candidate.Tokens[title].Shape == WordShape.Capital
            ? candidate.Tokens.Span(title).ToString() + " " + name
            : name;
    }

    private static string Written(NameCandidate candidate)
    {
        string written = candidate.Tokens.Span(candidate.First, candidate.Last).ToString();
        return candidate.Text.IsCapitals ? PlaceCasing.Ordinary(written, null) : written;
    }
}
