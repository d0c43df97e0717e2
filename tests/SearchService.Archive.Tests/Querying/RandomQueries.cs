using System.Text;

namespace SearchService.Archive.Tests.Querying;

/// <summary>Seeded makers of query texts: valid ones by the grammar, damaged ones, and noise.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Words =
    [
        "oil", "gas", "U.S.", "AT&T", "co-operation", "O'Brien", "C++", "$5", "50%", "#metoo", "14:20", "the", "of", "--x", "[sic]",
        "İlham", "Əliyev", "北京", "\U0001F6E2barrel", "e\u0301te\u0301", "and", "http://example.org/a",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "\"", "“", "»", "-", "+", "*", "?", "~", "^", ":", "/", "[", "]", "{", "&&", "||", "!", "\\", " ", "\t", "\0", "\uD83D", "\uDE00",
        "\uFEFF", "AND", "OR", "NOT", "NEAR/5", "headline:", "country:", "date:", "date:2018", "person:_missing", "_missing", "2018/2019", "AZ", "oil",
        "gov*", "^2", "~5", "'", "’", "a", "İ", "ı", "😀", "ﬀ", "́", "9", "., ", "\"oil price\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A query that the grammar allows, within the limits.</summary>
    public string Valid() => Or(3);

    /// <summary>Pieces of the language in any order.</summary>
    public string Pasted() => string.Concat(Enumerable.Range(0, _random.Next(1, 30)).Select(_ => Pick(Pieces) + (_random.Next(3) == 0 ? " " : "")));

    /// <summary>A valid query with characters deleted, doubled, swapped or replaced.</summary>
    public string Damaged()
    {
        StringBuilder text = new(Valid());
        for (int i = _random.Next(1, 6); i > 0 && text.Length > 0; i--)
        {
            int at = _random.Next(text.Length);
            switch (_random.Next(3))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, Pick(Pieces));
                    break;
                default:
                    text[at] = (char)_random.Next(0x20, 0x7F);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Any UTF-16 units, mostly low ones.</summary>
    public string Noise() => string.Create(_random.Next(0, 60), _random, static (span, random) =>
    {
        foreach (ref char c in span)
        {
            c = (char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(0x80));
        }
    });

    private string Or(int depth) => Joined(depth, " OR ", And);

    private string And(int depth) => Joined(depth, " AND ", Run);

    private string Run(int depth) => Joined(depth, " ", Signed);

    private string Joined(int depth, string separator, Func<int, string> part) =>
        string.Join(separator, Enumerable.Range(0, _random.Next(5) < 3 ? 1 : 2).Select(_ => part(depth)));

    private string Signed(int depth) => _random.Next(8) switch
    {
        0 => "NOT " + Operand(depth),
        1 => "-(" + Or(depth - 1) + ")",
        2 => "+(" + Or(depth - 1) + ")",
        _ => Operand(depth),
    };

    private string Operand(int depth) => _random.Next(depth > 0 ? 10 : 7) switch
    {
        0 => $"\"{Pick(Words)} {Pick(Words)}\"" + Pick(["", "~3", "^2", "~10^0.5"]),
        1 => "\u201C" + Pick(Words) + "\u201D",
        2 => Pick(["headline:", "title:", "person:", "Body:"]) + Pick(["oil", "\"oil price\"", "(oil OR -gas)", "(--x)", "14:20", "AND", "oil^2"]),
        3 => Pick(["country:AZ", "country:\"United States\"", "date:2018-11", "date:p7d", "date:/2018", "place:_missing", "language:EN", "date:_missing"]),
        4 => Pick(Words) + Pick(["^2", "^0.25"]),
        5 => Pick(Words),
        6 => Pick(Words) + Pick([" ", " Update: ", " & "]) + Pick(Words),
        7 => "(" + Or(depth - 1) + ")",
        8 => "headline:(" + Pick(Words) + " " + Pick(Words) + ")",
        _ => Pick(Words) + " " + Pick(Words),
    };

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
