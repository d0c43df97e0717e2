using System.Globalization;

namespace SearchService.Benchmarks.Peers;

/// <summary>A line of a query file.</summary>
/// <param name="Operator">TERM, AND, OR, PHRASE; FILTER is AND within times and a country, FACET is AND with facets.</param>
/// <param name="From">First second since 1970; -1 for none.</param>
/// <param name="To">Last second, inclusive.</param>
internal sealed record PeerQuery(string Class, string Operator, string[] Words, long From, long To, string Country)
{
    /// <summary>Queries by class, in the file's order.</summary>
    public static Dictionary<string, List<PeerQuery>> Load(string path)
    {
        Dictionary<string, List<PeerQuery>> classes = [];
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split('\t');
            PeerQuery query = new(parts[0], parts[1], parts[2].Split(' '), Time(parts[3]), Time(parts[4]), parts[5]);
            if (!classes.TryGetValue(query.Class, out List<PeerQuery>? queries))
            {
                classes.Add(query.Class, queries = []);
            }

            queries.Add(query);
        }

        return classes;
    }

    private static long Time(string text) => text.Length == 0 ? -1 : long.Parse(text, CultureInfo.InvariantCulture);
}
