using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Counts a phrase in one document: intersects the terms' positions, each moved back by the term's place in the phrase, to the places where the phrase
/// begins. One thread.
/// </summary>
internal sealed unsafe class PhraseMatcher
{
    private const int Lanes = 16;

    // up to so many places are compared with every position of the other term, more only with those near
    private const int Few = 12;

    // what is read or written behind the last place
    private const int Room = 2 * Lanes;

    private int[] _first = GC.AllocateUninitializedArray<int>(1024, pinned: true);
    private int[] _second = GC.AllocateUninitializedArray<int>(1024, pinned: true);

    /// <summary>Counted places; null for all.</summary>
    public PositionRange? Within { get; set; }

    /// <summary>The first term's places in a document.</summary>
    public int* Read(in PackedPositions positions, int place)
    {
        int* places = Buffer(ref _first, positions.Count);
        positions.Read(-place, places);
        return places;
    }

    /// <summary>How many distinct ones of the places another term has too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int* places, int count, in PackedPositions other, int place)
    {
        if (Within is not null || !Avx512F.IsSupported)
        {
            int kept = Keep(places, count, other, place, out int* found);
            return Within is { } range ? CountWithin(found, kept, range) : kept;
        }

        int distinct = 0;
        int from = 0;
        Vector512<int> before = Vector512.Create(int.MaxValue);
        for (int first = 0; first < other.Count; first += Lanes)
        {
            Vector512<int> chunk = other.Sixteen(first, -place);
            uint common = Among(chunk, other.Count - first, places, count, ref from);

            // a weighted token stands several times at one position
            common &= ~(uint)Vector512.Equals(chunk, Avx512F.AlignRight32(chunk, before, 15)).ExtractMostSignificantBits();
            distinct += BitOperations.PopCount(common);
            before = chunk;
        }

        return distinct;
    }

    /// <summary>Keeps those places that another term has too, each once.</summary>
    /// <param name="kept">Where they are, until the second call after this.</param>
    public int Keep(int* places, int count, in PackedPositions other, int place, out int* kept)
    {
        // the buffer that the places are not in
        fixed (int* second = _second)
        {
            kept = places == second ? Buffer(ref _first, count) : Buffer(ref _second, count);
        }

        int found = 0;
        int from = 0;
        int last = int.MaxValue;
        int* values = stackalloc int[Lanes];
        for (int first = 0; first < other.Count; first += Lanes)
        {
            Vector512<int> chunk = other.Sixteen(first, -place);
            uint common = Among(chunk, other.Count - first, places, count, ref from);
            if (common == 0)
            {
                continue;
            }

            chunk.Store(values);
            for (; common != 0; common &= common - 1)
            {
                int value = values[BitOperations.TrailingZeroCount(common)];
                kept[found] = value;
                found += value != last ? 1 : 0;
                last = value;
            }
        }

        return found;
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

    /// <summary>Which of a chunk's rising values, of which only so many count, are among the places.</summary>
    /// <param name="from">The first place that can be among this chunk's values or later ones'; kept from chunk to chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Among(Vector512<int> chunk, int valid, int* places, int count, ref int from)
    {
        uint common = 0;
        uint counted = valid >= Lanes ? 0xFFFF : (1u << valid) - 1;
        int to = count;
        if (count > Few)
        {
            int low = chunk[0];
            int high = valid >= Lanes ? chunk[Lanes - 1] : int.MaxValue;
            while (from < count && places[from] < low)
            {
                from++;
            }

            for (to = from; to < count && places[to] <= high; to++)
            {
                common |= (uint)Vector512.Equals(chunk, Vector512.Create(places[to])).ExtractMostSignificantBits();
            }

            return common & counted;
        }

        for (int i = 0; i < count; i++)
        {
            common |= (uint)Vector512.Equals(chunk, Vector512.Create(places[i])).ExtractMostSignificantBits();
        }

        return common & counted;
    }

    private static int* Buffer(ref int[] buffer, int count)
    {
        if (buffer.Length < count + Room)
        {
            buffer = GC.AllocateUninitializedArray<int>(2 * (count + Room), pinned: true);
        }

        fixed (int* start = buffer)
        {
            return start;
        }
    }
}
