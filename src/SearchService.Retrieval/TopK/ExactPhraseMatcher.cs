using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Finds terms at fixed places to each other: from list to list fewer documents stay candidates, and of each fewer places where the phrase may stand.
/// </summary>
internal sealed unsafe class ExactPhraseMatcher : PhraseMatcher
{
    private const int Columns = 9;

    // what is written behind the last place of a document
    private const int PlaceRoom = 16;

    private readonly int[] _room = GC.AllocateUninitializedArray<int>(Columns * Column, pinned: true);
    private readonly int* _tags;
    private readonly int* _indexes;
    private readonly int* _groupBegins;
    private readonly int* _groupFreqs;
    private Candidates _now;
    private Candidates _next;
    private int[] _places = GC.AllocateUninitializedArray<int>(4096, pinned: true);
    private int[] _nextPlaces = GC.AllocateUninitializedArray<int>(4096, pinned: true);
    private int[] _placeOf = [];
    private PositionRange? _within;
    private int _used;

    public ExactPhraseMatcher()
    {
        // pinned for good: the addresses stay
        fixed (int* start = _room)
        {
            _tags = Indexes;
            _indexes = start;
            _groupBegins = start + Column;
            _groupFreqs = start + (2 * Column);
            _now = new Candidates(start + (3 * Column));
            _next = new Candidates(start + (6 * Column));
            Docs = _now.Docs;
        }
    }

    /// <summary>Begins with a phrase in a segment.</summary>
    /// <param name="lists">As <see cref="PhraseMatcher.Lists"/>.</param>
    /// <param name="places">Each list's place in the phrase.</param>
    /// <param name="within">Counted places of the phrase's begin; null for all.</param>
    public void Open(TermList[] lists, int[] places, PositionRange? within)
    {
        Begin(lists, lists[0].Cursor.DocFreq);
        _placeOf = places;
        _within = within;
    }

    public override int Match(int count, float threshold, bool all)
    {
        threshold = all ? float.NegativeInfinity : threshold;
        TermList[] lists = Lists;
        int[] places = _placeOf;
        for (int l = 1; l < lists.Length && count > 0; l++)
        {
            bool last = l == lists.Length - 1;
            Step step = new(lists[0], lists[l], threshold, !last || _within is not null, (last ? 0 : places[l + 1]) - places[l]);
            count = l == 1 ? Second(step, places[1] - places[0], count) : Further(step, count);
            (_now, _next) = (_next, _now);
            (_places, _nextPlaces) = (_nextPlaces, _places);
            Docs = _now.Docs;
        }

        count = _within is { } range ? CutTo(range, count) : count;
        for (int i = 0; i < count; i++)
        {
            Freqs[i] = _now.Freqs[i];
        }

        return count;
    }

    private int Second(in Step step, int shift, int count)
    {
        PostingsCursor cursor = step.List.Cursor;
        int kept = 0;
        _used = 0;
        for (int next = 0; next < count && cursor.Seek(Docs[next]);)
        {
            if (step.List.Bound(cursor.Block) <= step.Threshold)
            {
                next = Pass(cursor.Last[cursor.Block], next, count);
                continue;
            }

            int found = cursor.KeepIndexed(Docs, _tags, _indexes, ref next, count);
            if (step.Threshold > float.NegativeInfinity)
            {
                found = Sift(step, found);
            }

            if (found == 0)
            {
                continue;
            }

            BlockPositions first = step.Lead.Cursor.OpenPositions();
            BlockPositions second = cursor.OpenPositions();
            int* places = first.Decode(_tags, found, shift, _groupBegins, _groupFreqs);
            kept = Compare(step, places, second, found, kept);
        }

        return kept;
    }

    private int Further(in Step step, int count)
    {
        PostingsCursor cursor = step.List.Cursor;
        for (int i = 0; i < count; i++)
        {
            _tags[i] = i;
        }

        int kept = 0;
        _used = 0;
        for (int next = 0; next < count && cursor.Seek(Docs[next]);)
        {
            if (step.List.Bound(cursor.Block) <= step.Threshold)
            {
                next = Pass(cursor.Last[cursor.Block], next, count);
                continue;
            }

            int found = cursor.KeepIndexed(Docs, _tags, _indexes, ref next, count);
            for (int c = 0; c < found; c++)
            {
                _groupBegins[c] = _now.Begins[_tags[c]];
                _groupFreqs[c] = _now.Freqs[_tags[c]];
            }

            if (found > 0)
            {
                fixed (int* places = _places)
                {
                    kept = Compare(step, places, cursor.OpenPositions(), found, kept);
                }
            }
        }

        return kept;
    }

    /// <summary>Keeps the documents that have both terms often enough: before positions are opened, which costs more.</summary>
    private int Sift(in Step step, int found)
    {
        PostingsCursor first = step.Lead.Cursor;
        PostingsCursor second = step.List.Cursor;
        int kept = 0;
        for (int c = 0; c < found; c++)
        {
            int doc = Docs[c];
            int freq = Math.Min(first.Freq(_tags[c]), second.Freq(_indexes[c]));
            Docs[kept] = doc;
            _tags[kept] = _tags[c];
            _indexes[kept] = _indexes[c];
            kept += step.Lead.Score(doc, freq) > step.Threshold ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Compares the places of documents of one block with its positions, and puts the documents where some are left behind those kept so far.</summary>
    private int Compare(in Step step, int* places, BlockPositions positions, int found, int kept)
    {
        int* freqs = _next.Freqs + kept;
        int* begins = _next.Begins + kept;
        if (step.KeepsPlaces)
        {
            int* target = RoomFor(found);
            _used = PhrasePlaces.Narrow(places, _groupBegins, _groupFreqs, positions, _indexes, found, freqs, target, begins, _used, step.Shift);
        }
        else
        {
            PhrasePlaces.Count(places, _groupBegins, _groupFreqs, positions, _indexes, found, freqs);
        }

        bool scored = step.Threshold > float.NegativeInfinity;
        for (int c = 0; c < found; c++)
        {
            int doc = Docs[c];
            int freq = freqs[c];
            _next.Docs[kept] = doc;
            _next.Freqs[kept] = freq;
            _next.Begins[kept] = begins[c];
            kept += freq > 0 && (!scored || step.Lead.Score(doc, freq) > step.Threshold) ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Room for as many places as the group's documents have now.</summary>
    private int* RoomFor(int found)
    {
        int most = _used + PlaceRoom;
        for (int c = 0; c < found; c++)
        {
            most += _groupFreqs[c];
        }

        if (_nextPlaces.Length < most)
        {
            int[] larger = GC.AllocateUninitializedArray<int>(2 * most, pinned: true);
            Array.Copy(_nextPlaces, larger, _used);
            _nextPlaces = larger;
        }

        fixed (int* start = _nextPlaces)
        {
            return start;
        }
    }

    private int CutTo(PositionRange range, int count)
    {
        int kept = 0;
        for (int c = 0; c < count; c++)
        {
            int inside = 0;
            foreach (int place in _places.AsSpan(_now.Begins[c], _now.Freqs[c]))
            {
                inside += place >= range.From && place < range.To ? 1 : 0;
            }

            Docs[kept] = Docs[c];
            _now.Freqs[kept] = inside;
            kept += inside > 0 ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Documents, and which of the current places are each one's.</summary>
    private readonly struct Candidates(int* room)
    {
        public readonly int* Docs = room;

        public readonly int* Begins = room + Column;

        public readonly int* Freqs = room + (2 * Column);
    }

    /// <summary>What is the same for all blocks of a list.</summary>
    /// <param name="KeepsPlaces">Whether the places that are left are needed, not only their number.</param>
    /// <param name="Shift">From a place in this list to the one in the list after; after the last list to the phrase's begin.</param>
    private readonly record struct Step(TermList Lead, TermList List, float Threshold, bool KeepsPlaces, int Shift);
}
