using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SearchService.Evaluation.DataFiles;

/// <summary>
/// Makes the word lists of the extractor: <c>names.txt</c> from the lists of first and last names, and
/// <c>common-words.txt</c> from open text collections: the words that they write in lower case at least twice, outside names.
/// </summary>
internal static partial class WordFiles
{
    private const int LeastUses = 2;

    private static readonly string[] Collections = ["wikigold", "gum", "uner_ewt", "uner_pud", "crossner", "wnut17.train"];

    public static string Names(string gazetteer)
    {
        StringBuilder file = new();
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach ((string section, string list) in new[]
            { ("first", "first_us.txt"), ("first-world", "first_all.txt"), ("last", "last_us.txt"), ("last-world", "last_all.txt") })
        {
            file.Append('[').Append(section).Append("]\n");
            string group = section[..4];
            foreach (string name in File.ReadLines(Path.Combine(gazetteer, list)).Select(n => n.Trim()).Order(StringComparer.Ordinal))
            {
                if (name.Length > 1 && name.All(c => char.IsLetter(c) || c is '-' or '\'') && char.IsUpper(name[0]) && written.Add(group + name))
                {
                    file.Append(name).Append('\n');
                }
            }
        }

        return file.ToString();
    }

    public static IReadOnlySet<string> CommonWords(string ner)
    {
        Dictionary<string, int> uses = new(StringComparer.Ordinal);
        foreach (string collection in Collections)
        {
            foreach (string line in File.ReadLines(Path.Combine(ner, collection + ".conll")))
            {
                string[] columns = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > 1 && columns[^1] == "O")
                {
                    Count(columns[0]);
                }
            }
        }

        foreach (string line in File.ReadLines(Path.Combine(ner, "wikinews-train.jsonl")))
        {
            using JsonDocument article = JsonDocument.Parse(line);
            foreach (Match word in Word().Matches(article.RootElement.GetProperty("text").GetString()!))
            {
                Count(word.Value);
            }
        }

        return uses.Where(w => w.Value >= LeastUses).Select(w => w.Key).ToHashSet(StringComparer.Ordinal);

        void Count(string word)
        {
            if (word.Length > 1 && word.All(char.IsLower))
            {
                uses[word] = uses.GetValueOrDefault(word) + 1;
            }
        }
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
