namespace SearchService.Archive.Extraction;

/// <summary>A mention of a person: the run of tokens and what says so.</summary>
internal readonly record struct PersonMention(NameCandidate Candidate, string Rule);

/// <summary>A person of one article with every mention, in the order read.</summary>
internal sealed class ResolvedPerson(PersonName name, string display)
{
    private readonly List<int> _candidates = [];

    /// <summary>The fullest form used.</summary>
    public PersonName Name { get; set; } = name;

    /// <summary>The form shown: the name without title, but for "Pope Francis".</summary>
    public string Display { get; set; } = display;

    public List<PersonMention> Mentions { get; } = [];

    /// <summary>Every form used, in the order met; further ones than a few dozen are left out.</summary>
    public List<string> Forms { get; } = [];

    /// <summary>Notes that a candidate means this person. Within full names and within short forms the numbers ascend.</summary>
    public void Claim(int candidate, NameCandidate mention)
    {
        // The first full name says in what part the person enters the story.
        IsRelative = _candidates.Count == 0 ? IsIntroducedAsRelative(mention) : IsRelative;
        Sex |= PersonSex.Of(mention);
        int at = _candidates.BinarySearch(candidate);
        _candidates.Insert(at < 0 ? ~at : at, candidate);
    }

    /// <summary>"his wife Winnie Mandela", "Mandela's wife, Winnie".</summary>
    private static bool IsIntroducedAsRelative(NameCandidate mention)
    {
        int before = mention.First - 1;
        before -= before > 0 && mention.Tokens[before].IsMark(',') ? 1 : 0;
        return before >= 0 && mention.Tokens[before].Is(WordClasses.Relative) && mention.Tokens[before].Shape == WordShape.Lower;
    }

    /// <summary>Introduced as somebody's wife, son or brother: a lone surname means the other one.</summary>
    public bool IsRelative { get; private set; }

    /// <summary>What titles and first names said about it, both where they disagree.</summary>
    public WordClasses Sex { get; private set; }

    public int Claims => _candidates.Count;

    /// <summary>The last candidate at or before a number that means this person; negative where there is none.</summary>
    public int LastClaim(int candidate)
    {
        int at = _candidates.BinarySearch(candidate);
        at = at < 0 ? ~at - 1 : at;
        return at < 0 ? -1 : _candidates[at];
    }
}

/// <summary>
/// The persons of one article, found by any word of their names. Bounded: a list of a million names ends at a thousand persons,
/// and of those with one surname only the last few dozen are compared.
/// </summary>
internal sealed class PersonRegister
{
    private const int MaxPersons = 1000;
    private const int MaxNamesakes = 64;

    private readonly List<ResolvedPerson> _persons = [];
    private readonly Dictionary<ulong, List<ResolvedPerson>> _byWord = [];

    public IReadOnlyList<ResolvedPerson> Persons => _persons;

    /// <summary>The person that a full name means; null for a new one.</summary>
    public ResolvedPerson? Find(PersonName name) => FindIn(name.Surname, name) ?? FindIn(name.First, name);

    /// <summary>A new person; null where the register is full.</summary>
    public ResolvedPerson? Add(PersonName name, string display)
    {
        if (_persons.Count == MaxPersons || name.Keys.Length == 0)
        {
            return null;
        }

        ResolvedPerson person = new(name, display);
        _persons.Add(person);
        Index(person, name);
        return person;
    }

    /// <summary>Takes a fuller form as the person's name.</summary>
    public void Rename(ResolvedPerson person, PersonName name)
    {
        (person.Name, person.Display) = (name, name.Written);
        Index(person, name);
    }

    /// <summary>
    /// The person a single word means: by surname, by a later name, by first name. Of several whom its title fits the one who
    /// is no relative of another, and of these the one mentioned last.
    /// </summary>
    /// <param name="number">Number of the candidate that the word is.</param>
    public ResolvedPerson? FindShort(ulong word, int number, NameCandidate candidate)
    {
        if (!_byWord.TryGetValue(word, out List<ResolvedPerson>? namesakes))
        {
            return null;
        }

        ResolvedPerson? best = null;
        WordClasses sex = PersonSex.Of(candidate);
        (int Rank, bool Agrees, bool IsMain, int Claim) bestOrder = (0, false, false, -2);
        for (int i = namesakes.Count - 1; i >= Math.Max(0, namesakes.Count - MaxNamesakes); i--)
        {
            PersonName name = namesakes[i].Name;
            int rank = name.Surname == word ? 3 : name.First == word ? 1 : Array.IndexOf(name.Keys, word) > 0 ? 2 : 0;
            // A headline has no name before it: there the surname means the one whom the body names most.
            int claim = candidate.Text.IsHeadline ? namesakes[i].Claims : namesakes[i].LastClaim(number);
            (int, bool, bool, int) order = (rank, PersonSex.Agree(sex, namesakes[i].Sex), !namesakes[i].IsRelative, claim);
            if (rank > 0 && order.CompareTo(bestOrder) >= 0)
            {
                (best, bestOrder) = (namesakes[i], order);
            }
        }

        return best;
    }

    private ResolvedPerson? FindIn(ulong word, PersonName name)
    {
        if (!_byWord.TryGetValue(word, out List<ResolvedPerson>? namesakes))
        {
            return null;
        }

        for (int i = namesakes.Count - 1; i >= Math.Max(0, namesakes.Count - MaxNamesakes); i--)
        {
            if (namesakes[i].Name.AgreesWith(name))
            {
                return namesakes[i];
            }
        }

        return null;
    }

    private void Index(ResolvedPerson person, PersonName name)
    {
        foreach (ulong word in name.Keys)
        {
            if (!_byWord.TryGetValue(word, out List<ResolvedPerson>? namesakes))
            {
                _byWord[word] = namesakes = [];
            }

            if (!namesakes.Contains(person))
            {
                namesakes.Add(person);
            }
        }
    }
}
