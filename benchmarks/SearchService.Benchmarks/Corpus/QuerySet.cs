using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SearchService.Benchmarks.Corpus;

/// <summary>
/// Words for queries, chosen by how many articles of the corpus have them, so that every corpus gets queries of the same shapes:
/// frequent words are in a tenth of the articles, middling ones in a hundredth, rare ones in a thousandth. The same index gives the
/// same words.
/// </summary>
/// <param name="Pairs">Middling words that often stand next to each other.</param>
/// <param name="Country">The most frequent country.</param>
/// <param name="From">First day of the middle half of the archive.</param>
/// <param name="To">Last day of it.</param>
internal sealed record QuerySet(
    IReadOnlyList<string> Frequent,
    IReadOnlyList<string> Middling,
    IReadOnlyList<string> Rare,
    IReadOnlyList<(string First, string Second)> Pairs,
    string Country,
    DateOnly From,
    DateOnly To)
{
    private const int Words = 3;

    /// <summary>Articles looked through for pairs.</summary>
    private const int PairSample = 2_000;

    /// <summary>Chooses from the baseline's index.</summary>
    public static QuerySet Choose(DirectoryReader reader)
    {
        AtomicReader segment = reader.Leaves[0].AtomicReader;
        using StockAnalyzer analyzer = new();
        Dictionary<string, int> frequencies = Frequencies(segment, analyzer);
        IReadOnlyList<string> Near(int share) =>
        [
            .. frequencies
                .OrderBy(f => Math.Abs(f.Value - (segment.MaxDoc / share)))
                .ThenBy(f => f.Key, StringComparer.Ordinal)
                .Take(Words)
                .Select(f => f.Key),
        ];
        (int first, int last) = Days(segment);
        return new QuerySet(
            Near(10),
            Near(100),
            Near(1_000),
            FindPairs(segment, analyzer, frequencies),
            MostFrequent(segment.GetTerms(StockIndex.CountryField)),
            DateOnly.FromDayNumber(first + ((last - first) / 4)),
            DateOnly.FromDayNumber(last - ((last - first) / 4)));
    }

    /// <summary>Words that the analyser leaves as they are, with the number of articles that have them.</summary>
    private static Dictionary<string, int> Frequencies(AtomicReader segment, Analyzer analyzer)
    {
        Dictionary<string, int> frequencies = new(StringComparer.Ordinal);
        TermsEnum terms = segment.GetTerms(StockIndex.TextField).GetEnumerator();
        while (terms.MoveNext())
        {
            if (terms.DocFreq >= segment.MaxDoc / 5_000 && terms.DocFreq <= segment.MaxDoc / 5)
            {
                string word = terms.Term.Utf8ToString();
                if (word.Length is >= 4 and <= 10 && word.All(char.IsAsciiLetterLower) && Tokens(analyzer, word) is [var only] && only == word)
                {
                    frequencies.Add(word, terms.DocFreq);
                }
            }
        }

        return frequencies;
    }

    /// <summary>The most frequent pairs of an even sample of the articles.</summary>
    private static (string First, string Second)[] FindPairs(AtomicReader segment, Analyzer analyzer, Dictionary<string, int> frequencies)
    {
        Dictionary<(string First, string Second), int> pairs = [];
        for (int i = 0; i < Math.Min(PairSample, segment.MaxDoc); i++)
        {
            string body = segment.Document((int)((long)i * segment.MaxDoc / PairSample) % segment.MaxDoc).Get(StockIndex.BodyField, CultureInfo.InvariantCulture);
            List<string> words = Tokens(analyzer, body);
            for (int j = 1; j < words.Count; j++)
            {
                if (words[j] != words[j - 1] && frequencies.ContainsKey(words[j]) && frequencies.ContainsKey(words[j - 1]))
                {
                    (string, string) pair = (words[j - 1], words[j]);
                    pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
                }
            }
        }

        return
        [
            .. pairs
                .OrderByDescending(p => p.Value)
                .ThenBy(p => p.Key.First, StringComparer.Ordinal)
                .ThenBy(p => p.Key.Second, StringComparer.Ordinal)
                .Take(Words)
                .Select(p => p.Key),
        ];
    }

    private static List<string> Tokens(Analyzer analyzer, string text)
    {
        List<string> tokens = [];
        using TokenStream stream = analyzer.GetTokenStream(StockIndex.TextField, text);
        ICharTermAttribute term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            tokens.Add(term.ToString()!);
        }

        stream.End();
        return tokens;
    }

    private static string MostFrequent(Terms terms)
    {
        (string value, int articles) = ("", 0);
        TermsEnum values = terms.GetEnumerator();
        while (values.MoveNext())
        {
            if (values.DocFreq > articles)
            {
                (value, articles) = (values.Term.Utf8ToString(), values.DocFreq);
            }
        }

        return value;
    }

    private static (int First, int Last) Days(AtomicReader segment)
    {
        TermsEnum days = NumericUtils.FilterPrefixCodedInt32s(segment.GetTerms(StockIndex.FirstDayField).GetEnumerator());
        int first = int.MaxValue;
        int last = int.MinValue;
        while (days.MoveNext())
        {
            int day = NumericUtils.PrefixCodedToInt32(days.Term);
            (first, last) = (Math.Min(first, day), Math.Max(last, day));
        }

        return (first, last);
    }
}
