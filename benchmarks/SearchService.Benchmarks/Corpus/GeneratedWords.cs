namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// Words that exist nowhere, numbered by how often they are used. Their frequencies follow Zipf's law with Mandelbrot's correction,
/// 1 / (rank + 2.7), as those of English do; frequent words are short. Immutable, thread-safe.
/// </summary>
internal sealed class GeneratedWords
{
    private const string Consonants = "bdfghjklmnprstvwz";
    private const string Vowels = "aeiou";

    /// <summary>Syllables of two letters each, so that no two numbers are spelled alike.</summary>
    private const int Syllables = 17 * 5;

    private readonly string[] _words;
    private readonly double[] _cumulative;

    /// <param name="count">Number of words.</param>
    /// <param name="first">Number of the first: another range of numbers has other words.</param>
    public GeneratedWords(int count, int first = 0)
    {
        _words = [.. Enumerable.Range(first, count).Select(Spell)];
        _cumulative = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++)
        {
            sum += 1 / (rank + 2.7);
            _cumulative[rank] = sum;
        }
    }

    public int Count => _words.Length;

    public string this[int rank] => _words[rank];

    /// <summary>A rank, the lower the likelier.</summary>
    public int Draw(Random random)
    {
        int at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return at < 0 ? ~at : at;
    }

    /// <summary>A number as a word, at least one syllable.</summary>
    private static string Spell(int number)
    {
        Span<char> letters = stackalloc char[12];
        int at = letters.Length;
        do
        {
            int syllable = number % Syllables;
            letters[--at] = Vowels[syllable % Vowels.Length];
            letters[--at] = Consonants[syllable / Vowels.Length];
            // Minus one: "ba" and "baba" are different words, so a leading zero counts.
            number = (number / Syllables) - 1;
        }
        while (number >= 0);
        return letters[at..].ToString();
    }
}
