using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SearchService.Evaluation.DataFiles;

/// <summary>
/// Makes the word lists of the extractor: <c>names.txt</c> from the lists of first and last names and from annotated text, and
/// <c>common-words.txt</c> from open text collections: the words that they write in lower case at least twice, outside names.
/// </summary>
internal static partial class WordFiles
{
    private const int LeastUses = 2;

    private static readonly string[] NamedCollections = ["wikigold", "gum", "uner_ewt", "uner_pud", "crossner"];

    private static readonly string[] Collections = ["wikigold", "gum", "uner_ewt", "uner_pud", "crossner", "wnut17.train"];

    /// <param name="common">Words that a collection's annotated names do not add.</param>
    public static string Names(string gazetteer, string ner, IReadOnlySet<string> common)
    {
        (HashSet<string> first, HashSet<string> last) = AnnotatedNames(ner);
        StringBuilder file = new();
        HashSet<string> written = new(StringComparer.Ordinal);
        Write("first", "first_us.txt", []);
        Write("first-world", "first_all.txt", first);
        Write("last", "last_us.txt", []);
        Write("last-world", "last_all.txt", last);
        return file.ToString();

        void Write(string section, string list, IEnumerable<string> annotated)
        {
            file.Append('[').Append(section).Append("]\n");
            string group = section[..4];
            IEnumerable<string> listed = File.ReadLines(Path.Combine(gazetteer, list)).Select(n => n.Trim());
            foreach (string name in listed.Concat(annotated.Where(n => !common.Contains(n.ToLowerInvariant()))).Order(StringComparer.Ordinal))
            {
                if (name.Length > 1 && name.All(c => char.IsLetter(c) || c is '-' or '\'') && char.IsUpper(name[0]) && written.Add(group + name))
                {
                    file.Append(name).Append('\n');
                }
            }
        }
    }

    /// <summary>First and last words of the persons' names that the collections for training have annotated.</summary>
    private static (HashSet<string> First, HashSet<string> Last) AnnotatedNames(string ner)
    {
        HashSet<string> first = new(StringComparer.Ordinal);
        HashSet<string> last = new(StringComparer.Ordinal);
        foreach (string collection in NamedCollections)
        {
            List<string> name = [];
            foreach (string line in File.ReadLines(Path.Combine(ner, collection + ".conll")).Append(""))
            {
                string[] columns = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                string tag = columns.Length > 1 ? columns[^1] : "O";
                if (tag != "I-PER")
                {
                    Add(name);
                    name.Clear();
                }

                if (tag is "B-PER" or "I-PER")
                {
                    name.Add(columns[0]);
                }
            }
        }

        foreach (string line in File.ReadLines(Path.Combine(ner, "wikinews-train.jsonl")))
        {
            using JsonDocument article = JsonDocument.Parse(line);
            foreach (JsonElement person in article.RootElement.GetProperty("people").EnumerateArray())
            {
                Add(person.GetProperty("name").GetString()!.Split(' '));
            }
        }

        return (first, last);

        void Add(IReadOnlyList<string> name)
        {
            if (name.Count > 1 && name[0].Length > 2 && name[^1].Length > 2 && !name[0].All(char.IsUpper) && !name[^1].All(char.IsUpper))
            {
                first.Add(name[0]);
                last.Add(name[^1]);
            }
        }
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
