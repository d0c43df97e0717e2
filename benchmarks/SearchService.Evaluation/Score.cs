using System.Globalization;

namespace SearchService.Evaluation;

/// <summary>Counts what was found against what was wanted, and keeps the cases where they differ.</summary>
internal sealed class Score(string name)
{
    private readonly List<(int Wrong, string Case)> _worst = [];

    public string Name { get; } = name;

    public int Right { get; private set; }

    public int Found { get; private set; }

    public int Wanted { get; private set; }

    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => Wanted == 0 ? 1 : (double)Right / Wanted;

    public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Compares two sets of one document.</summary>
    public void Add(string document, IEnumerable<string> found, IEnumerable<string> wanted)
    {
        HashSet<string> got = new(found, StringComparer.Ordinal);
        HashSet<string> gold = new(wanted, StringComparer.Ordinal);
        string[] missing = [.. gold.Except(got)];
        string[] extra = [.. got.Except(gold)];
        Right += got.Count - extra.Length;
        Found += got.Count;
        Wanted += gold.Count;
        if (missing.Length + extra.Length > 0)
        {
            _worst.Add((missing.Length + extra.Length, $"{document}: missing [{string.Join(" | ", missing)}] extra [{string.Join(" | ", extra)}]"));
        }
    }

    /// <summary>Compares one value of one document; nothing wanted and nothing found counts as nothing.</summary>
    public void AddValue(string document, string? found, string? wanted) =>
        Add(document, found is null ? [] : [found], wanted is null ? [] : [wanted]);

    public void Print(TextWriter output, int cases)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {Name,-34} P {Precision:0.0000}  R {Recall:0.0000}  F1 {F1:0.0000}  ({Right} right of {Found} found, {Wanted} wanted)"));
        foreach ((_, string text) in _worst.OrderByDescending(w => w.Wrong).Take(cases))
        {
            output.WriteLine("      " + text);
        }
    }
}
