using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>A document of a reader with its date's key.</summary>
internal readonly record struct DatedDocument(long Key, int Document);

/// <summary>
/// Orders documents by date: newest or oldest first, ties in index order, undated last. A segment in date order gives its
/// first documents without looking at the others.
/// </summary>
internal sealed class DateOrder(bool newest) : IComparer<DatedDocument>
{
    /// <summary>Which of two comes first.</summary>
    public int Compare(DatedDocument x, DatedDocument y)
    {
        bool undatedX = x.Key == DateColumn.Undated;
        bool undatedY = y.Key == DateColumn.Undated;
        int order = undatedX != undatedY ? (undatedX ? 1 : -1)
            : newest ? y.Key.CompareTo(x.Key)
            : x.Key.CompareTo(y.Key);
        return order != 0 ? order : x.Document.CompareTo(y.Document);
    }

    /// <summary>The first documents after the given one.</summary>
    /// <param name="matches">One set a segment.</param>
    /// <param name="docBases">Number of each segment's first document.</param>
    public IReadOnlyList<DatedDocument> First(
        IReadOnlyList<DateColumn> columns, IReadOnlyList<DocBits> matches, IReadOnlyList<int> docBases, int size, SearchAfter? after)
    {
        DatedDocument? last = after is { } a ? new DatedDocument(a.Key, a.Document) : null;
        SortedSet<DatedDocument> first = new(this);
        for (int i = 0; i < columns.Count; i++)
        {
            int taken = 0;
            foreach (int document in columns[i].IsOrdered ? InOrder(columns[i], matches[i]) : InIndexOrder(matches[i]))
            {
                DatedDocument candidate = new(columns[i].Key(document), docBases[i] + document);
                if (last is { } l && Compare(l, candidate) >= 0)
                {
                    continue;
                }

                if (first.Count < size)
                {
                    first.Add(candidate);
                }
                else if (size > 0 && Compare(candidate, first.Max) < 0)
                {
                    first.Remove(first.Max);
                    first.Add(candidate);
                }

                if (columns[i].IsOrdered && ++taken >= size)
                {
                    break;
                }
            }
        }

        return [.. first];
    }

    private IEnumerable<int> InOrder(DateColumn column, DocBits matches) => newest ? NewestFirst(column, matches) : InIndexOrder(matches);

    private static IEnumerable<int> InIndexOrder(DocBits matches)
    {
        for (int document = matches.Next(0); document >= 0; document = matches.Next(document + 1))
        {
            yield return document;
        }
    }

    /// <summary>Runs of equal dates from the last to the first, each in index order, then the undated.</summary>
    private static IEnumerable<int> NewestFirst(DateColumn column, DocBits matches)
    {
        int undated = column.FirstWithKey(long.MaxValue);
        int end = undated;
        while (matches.Previous(end - 1) is var last && last >= 0)
        {
            int start = column.FirstWithKey(column.Key(last));
            for (int document = matches.Next(start); document >= 0 && document <= last; document = matches.Next(document + 1))
            {
                yield return document;
            }

            end = start;
        }

        for (int document = matches.Next(undated); document >= 0; document = matches.Next(document + 1))
        {
            yield return document;
        }
    }
}
