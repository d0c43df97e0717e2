using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Counts a phrase in one document: intersects the terms' positions, each moved back by the term's place in the phrase. One thread.</summary>
internal sealed unsafe class PhraseMatcher
{
    private const int Lanes = 16;

    private int[] _buffer = GC.AllocateUninitializedArray<int>(1024, pinned: true);

    /// <summary>Each list's index of the document in its current block.</summary>
    public int[] Indexes { get; private set; } = new int[8];

    /// <summary>Each list's frequency in the document.</summary>
    public int[] Freqs { get; private set; } = new int[8];

    /// <summary>Counted positions; null for all.</summary>
    public PositionRange? Within { get; set; }

    public void Reserve(int terms)
    {
        if (Indexes.Length < terms)
        {
            Indexes = new int[terms];
            Freqs = new int[terms];
        }
    }

    /// <summary>
    /// Distinct places where the phrase stands in the document that all lists are at. The first list's positions are open, the others' are opened here.
    /// </summary>
    public int Count(ReadOnlySpan<TermList> lists, ReadOnlySpan<int> places)
    {
        int most = 0;
        for (int l = 0; l < lists.Length; l++)
        {
            most = Math.Max(most, lists[l].Cursor.Plausible(Freqs[l]));
        }

        int room = most + (2 * Lanes);
        if (_buffer.Length < 2 * room)
        {
            _buffer = GC.AllocateUninitializedArray<int>(4 * room, pinned: true);
        }

        fixed (int* places0 = _buffer)
        {
            int* other = places0 + room;
            Read(lists[0].Cursor, 0, places[0], places0);
            int count = Distinct(places0, Freqs[0]);
            for (int l = 1; l < lists.Length && count > 0; l++)
            {
                lists[l].Cursor.DecodeFreqs();
                lists[l].Cursor.OpenPositions();
                Read(lists[l].Cursor, l, places[l], other);
                count = Intersect(places0, count, other, Freqs[l]);
            }

            return Within is { } range ? CountWithin(places0, count, range) : count;
        }
    }

    private static int CountWithin(int* places, int count, PositionRange range)
    {
        int inside = 0;
        for (int i = 0; i < count; i++)
        {
            inside += places[i] >= range.From && places[i] < range.To ? 1 : 0;
        }

        return inside;
    }

    /// <summary>Drops repetitions: a weighted token stands several times at one position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Distinct(int* places, int count)
    {
        int kept = 1;
        int previous = places[0];
        for (int i = 1; i < count; i++)
        {
            int place = places[i];
            places[kept] = place;
            kept += place != previous ? 1 : 0;
            previous = place;
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Read(PostingsCursor cursor, int list, int place, int* target)
    {
        int freq = Freqs[list];
        cursor.Positions(Indexes[list], freq, -place, target);
        Vector512.Create(int.MaxValue).Store(target + freq);
    }

    /// <summary>Keeps those places that are among <paramref name="other"/> too; both rise, the other has sixteen large values behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Intersect(int* places, int count, int* other, int otherCount)
    {
        int kept = 0;
        int* end = other + otherCount;
        Vector512<int> chunk = Vector512.Load(other);
        for (int i = 0; i < count; i++)
        {
            int place = places[i];
            while (other + Lanes < end && other[Lanes - 1] < place)
            {
                other += Lanes;
                chunk = Vector512.Load(other);
            }

            places[kept] = place;
            kept += Vector512.EqualsAny(chunk, Vector512.Create(place)) ? 1 : 0;
        }

        return kept;
    }
}
