namespace SearchService.Archive.Querying;

/// <summary>Finds the name a user may have meant.</summary>
internal static class NearestName
{
    private const int MaxChars = 40;

    /// <summary>The name with the fewest edits, if they are at most a third of its letters; null where none is near. Case does not matter.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length > MaxChars)
        {
            return null;
        }

        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string name in names)
        {
            int edits = Edits(written.ToLowerInvariant(), name.ToLowerInvariant());
            if (edits < fewest && edits < name.Length && edits <= Math.Max(1, name.Length / 3))
            {
                (nearest, fewest) = (name, edits);
            }
        }

        return nearest;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance).</summary>
    private static int Edits(string from, string to)
    {
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int replaced = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[from.Length, to.Length];
    }
}
