using System.Runtime.CompilerServices;

namespace SearchService.Archive.Extraction;

/// <summary>Classes a word can belong to, by the lists in Data.</summary>
[Flags]
internal enum WordClasses : uint
{
    None = 0,

    /// <summary>Mr, Sir, Sheikh: stands before a person's name.</summary>
    Honorific = 1 << 0,

    /// <summary>President, spokesman: an office or a calling.</summary>
    Title = 1 << 1,

    /// <summary>former, acting: stands before a title.</summary>
    Lead = 1 << 2,

    /// <summary>Council, Party: a run of capitals with it is no person.</summary>
    Organisation = 1 << 3,

    /// <summary>Inc, Plc: the end of a firm's name.</summary>
    Company = 1 << 4,

    /// <summary>Airport, Prize: what is named after persons.</summary>
    Facility = 1 << 5,

    /// <summary>administration: follows the name of a person in power.</summary>
    Administration = 1 << 6,

    /// <summary>said, met: stands beside its subject.</summary>
    Speech = 1 << 7,

    /// <summary>von, bin: inside a name.</summary>
    Particle = 1 << 8,

    /// <summary>Jr, III.</summary>
    Suffix = 1 << 9,
    Month = 1 << 10,
    Weekday = 1 << 11,

    /// <summary>in, from: stands before a place.</summary>
    Preposition = 1 << 12,

    /// <summary>The, However: begins sentences.</summary>
    Function = 1 << 13,

    /// <summary>A first name by the US census.</summary>
    FirstName = 1 << 14,

    /// <summary>A first name of any culture.</summary>
    WorldFirstName = 1 << 15,

    /// <summary>One of the 20,000 most frequent US surnames.</summary>
    LastName = 1 << 16,

    /// <summary>A surname of any culture.</summary>
    WorldLastName = 1 << 17,

    /// <summary>An English word written in lower case.</summary>
    Common = 1 << 18,

    /// <summary>A word of other classes that is a surname too.</summary>
    Surname = 1 << 19,

    /// <summary>An honorific that stays with a name of one word: Pope Francis.</summary>
    Royal = 1 << 20,

    /// <summary>Countries, leaders: several states, or those who speak for them.</summary>
    Group = 1 << 21,

    /// <summary>Wife, son: says whose relative the person is.</summary>
    Relative = 1 << 22,

    /// <summary>Mrs, wife, Mary: a woman.</summary>
    Female = 1 << 23,

    /// <summary>Mr, son, James: a man.</summary>
    Male = 1 << 24,

    /// <summary>What is said of words of other lists: a word with nothing else is in no list.</summary>
    Notes = Group | Relative | Female | Male,

    AnyFirst = FirstName | WorldFirstName,
    AnyLast = LastName | WorldLastName,
}

/// <summary>
/// The word lists as one table from a word's key to its classes. Immutable, shared by all threads; a look-up is one probe and
/// allocates nothing.
/// </summary>
internal sealed class Lexicon
{
    private static readonly Lazy<HashSet<ulong>> Abbreviations = new(() =>
        [.. EmbeddedData.Words("abbreviations.txt").Select(w => TextFolding.Key(w))]);

    private readonly KeyTable _classes;

    private Lexicon(KeyTable classes) => _classes = classes;

    /// <summary>The lists that come along with the program.</summary>
    public static Lexicon Load()
    {
        KeyTable classes = new(1 << 18);
        Read(EmbeddedData.Text("words.txt"), classes);
        Read(EmbeddedData.Text("common-words.txt.gz"), classes);
        Read(EmbeddedData.Text("names.txt.gz"), classes);
        return new Lexicon(classes);
    }

    public WordClasses Classify(ulong key) => _classes.TryGet(key, out int classes) ? (WordClasses)classes : WordClasses.None;

    /// <summary>
    /// The classes of a word as it stands in a text: a compound that no list has is a title where its last part is one, or where
    /// it says when someone holds it (then-President, Minister-elect).
    /// </summary>
    public WordClasses ClassifyWord(ReadOnlySpan<char> word, ulong key)
    {
        WordClasses classes = Classify(key);
        int hyphen = classes == WordClasses.None ? word.LastIndexOf('-') : -1;
        if (hyphen <= 0)
        {
            return classes;
        }

        ReadOnlySpan<char> tail = word[(hyphen + 1)..];
        if (tail is "elect" or "designate")
        {
            return WordClasses.Title;
        }

        return IsAdjective(tail) ? WordClasses.Function
            : CompoundOf(Classify(TextFolding.Key(word[..hyphen])), Classify(TextFolding.Key(tail)));
    }

    /// <summary>Russian-born, Second-seeded, French-speaking, Fifteen-year-old: the tail of an adjective or of a role, in lower case.</summary>
    private static bool IsAdjective(ReadOnlySpan<char> tail) => tail is "born" or "led" or "style" or "old" or "wide" or "seed" or "seeds" or "sitter" or "time" or "era" or "run" or "made" or "owned"
        || (tail.Length > 4 && (tail.EndsWith("ed", StringComparison.Ordinal) || tail.EndsWith("ing", StringComparison.Ordinal)));

    /// <summary>Jean-Claude is a first name, Smith-Jones a surname, then-President a title.</summary>
    private static WordClasses CompoundOf(WordClasses head, WordClasses tail)
    {
        if ((tail & WordClasses.Title) != 0)
        {
            return WordClasses.Title;
        }

        bool first = (head & WordClasses.AnyFirst) != 0 && (tail & WordClasses.AnyFirst) != 0;
        bool last = (head & WordClasses.AnyLast) != 0 && (tail & WordClasses.AnyLast) != 0;
        return (first ? WordClasses.WorldFirstName : 0) | (last ? WordClasses.WorldLastName : 0);
    }

    /// <summary>Whether a full stop after this word belongs to it.</summary>
    public static bool IsAbbreviation(ulong key) => Abbreviations.Value.Contains(key);

    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(string list, KeyTable classes)
    {
        WordClasses section = WordClasses.None;
        foreach (ReadOnlySpan<char> line in list.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = SectionOf(line[1..^1]);
                continue;
            }

            foreach (Range range in line.Split(' '))
            {
                ReadOnlySpan<char> word = line[range];
                if (!word.IsEmpty)
                {
                    classes.Or(TextFolding.Key(word), (int)section);
                }
            }
        }
    }

    private static WordClasses SectionOf(ReadOnlySpan<char> name) => name switch
    {
        "honorific" => WordClasses.Honorific,
        "title" => WordClasses.Title,
        "lead" => WordClasses.Lead,
        "organisation" => WordClasses.Organisation,
        "company" => WordClasses.Company,
        "facility" => WordClasses.Facility,
        "administration" => WordClasses.Administration,
        "speech" => WordClasses.Speech,
        "particle" => WordClasses.Particle,
        "suffix" => WordClasses.Suffix,
        "month" => WordClasses.Month,
        "weekday" => WordClasses.Weekday,
        "preposition" => WordClasses.Preposition,
        "function" => WordClasses.Function,
        "first" => WordClasses.FirstName,
        "first-world" => WordClasses.WorldFirstName,
        "last" => WordClasses.LastName,
        "last-world" => WordClasses.WorldLastName,
        "common" => WordClasses.Common,
        "royal" => WordClasses.Royal,
        "group" => WordClasses.Group,
        "relative" => WordClasses.Relative,
        "female" => WordClasses.Female,
        "male" => WordClasses.Male,
        "surname" => WordClasses.Surname,
        _ => throw new InvalidDataException($"unknown section '{name}' in a word list"),
    };
}
