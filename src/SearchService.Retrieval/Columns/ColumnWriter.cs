using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>Writes one column as <see cref="ColumnFile"/> keeps it.</summary>
internal static class ColumnWriter
{
    /// <returns>Combinations, 0 for none, and numbers in lists.</returns>
    public static (int Sets, int Listed) Write(TurnedPostings turned, ByteWriter part)
    {
        for (int ordinal = 0; ordinal < turned.Ranked.Count; ordinal++)
        {
            part.Variable(turned.Ranked.DocumentsOf(ordinal));
        }

        int room = WordLists.Room(turned.Ranked.Count);
        int listed = 0;
        if (ValueSets.TryFind(turned) is not { } sets)
        {
            for (int doc = 0; doc < turned.Length; doc++)
            {
                WriteValues(turned.Of(doc));
            }

            return (0, listed);
        }

        foreach (int set in sets.OfDocuments)
        {
            part.Variable(set);
        }

        for (int set = 0; set < sets.Count; set++)
        {
            WriteValues(sets[set]);
        }

        return (sets.Count, listed);

        void WriteValues(ReadOnlySpan<int> ranks)
        {
            if (ranks.Length > room)
            {
                listed += ranks.Length + 1;
            }

            if (ranks.IsEmpty)
            {
                part.Byte(0);
            }

            int previous = 0;
            for (int i = 0; i < ranks.Length; i++)
            {
                int place = ranks[i] + ValueColumn.First;
                part.Variable(((place - previous) << 1) | (i + 1 < ranks.Length ? 1 : 0));
                previous = place;
            }
        }
    }
}
