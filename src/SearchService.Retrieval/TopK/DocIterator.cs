namespace SearchService.Retrieval.TopK;

/// <summary>
/// Documents of one segment in order, one at a time, with their scores: what is left when a query has none of the shapes that are evaluated in blocks.
/// When the search is to stop, the next document may be any, or <see cref="End"/>.
/// </summary>
internal abstract class DocIterator
{
    /// <summary>No further document.</summary>
    public const int End = int.MaxValue;

    /// <summary>Current document; -1 before the first, <see cref="End"/> behind the last.</summary>
    public int Doc { get; protected set; } = -1;

    /// <summary>About how many documents there are; orders required clauses as stock Lucene orders them.</summary>
    public abstract long Cost { get; }

    /// <summary>The first document at <paramref name="target"/> or behind, which is behind the current one.</summary>
    public abstract int Advance(int target);

    /// <summary>Score of the current document.</summary>
    public abstract float Score();

    /// <summary>Most that any document from <paramref name="from"/> to <paramref name="to"/> scores; 0 too where there is none.
    /// <paramref name="from"/> is behind the current document.</summary>
    public abstract float Bound(int from, int to);
}

/// <summary>A term's documents.</summary>
internal sealed unsafe class TermIterator(TermList list) : DocIterator
{
    private int _index;

    public override long Cost => list.Cursor.DocFreq;

    public TermList List => list;

    /// <summary>The current document's index in the cursor's block.</summary>
    public int Index => _index;

    public int Freq => list.Cursor.Freq(_index);

    public override int Advance(int target)
    {
        Postings.PostingsCursor cursor = list.Cursor;
        int block = cursor.Block;
        if (!cursor.Seek(target))
        {
            return Doc = End;
        }

        cursor.DecodeDocs();
        int* docs = cursor.Docs;
        int index = block == cursor.Block && Doc >= 0 && Doc <= target ? _index : 0;
        if (index >= cursor.Count || docs[index] > target)
        {
            index = 0;
        }

        while (docs[index] < target)
        {
            index++;
        }

        _index = index;
        return Doc = docs[index];
    }

    public override float Score() => list.Score(Doc, Freq);

    public override float Bound(int from, int to) => list.Bound(from, to);
}

/// <summary>A term's documents, counting only occurrences beyond those in another field, of which each stands for so many.</summary>
internal sealed class BeyondTermIterator(TermList list, TermList there, int times, SearchContext context) : DocIterator
{
    private readonly TermIterator _term = new(list);
    private readonly TermIterator _there = new(there);
    private int _freq;

    public override long Cost => _term.Cost;

    public override int Advance(int target)
    {
        for (int doc = _term.Advance(target); doc != End && !context.StopNow(); doc = _term.Advance(doc + 1))
        {
            int other = _there.Doc < doc ? _there.Advance(doc) : _there.Doc;
            _freq = other == doc ? (int)Math.Max(0, _term.Freq - ((long)times * _there.Freq)) : _term.Freq;
            if (_freq > 0)
            {
                return Doc = doc;
            }
        }

        return Doc = End;
    }

    public override float Score() => list.Score(Doc, _freq);

    public override float Bound(int from, int to) => _term.Bound(from, to);
}

/// <summary>A term's documents, counting only occurrences at some positions.</summary>
internal sealed unsafe class RangedTermIterator(TermList list, PositionRange range, SearchContext context) : DocIterator
{
    private readonly TermIterator _term = new(list);
    private int[] _positions = GC.AllocateUninitializedArray<int>(256, pinned: true);
    private int _inside;

    public override long Cost => _term.Cost;

    public override int Advance(int target)
    {
        for (int doc = _term.Advance(target); doc != End && !context.StopNow(); doc = _term.Advance(doc + 1))
        {
            if ((_inside = Inside()) > 0)
            {
                return Doc = doc;
            }
        }

        return Doc = End;
    }

    public override float Score() => list.Score(Doc, _inside);

    public override float Bound(int from, int to) => _term.Bound(from, to);

    private int Inside()
    {
        Postings.PackedPositions packed = list.Cursor.OpenPositions().At(_term.Index);
        int freq = packed.Count;
        if (_positions.Length < freq + 16)
        {
            _positions = GC.AllocateUninitializedArray<int>(2 * (freq + 16), pinned: true);
        }

        fixed (int* positions = _positions)
        {
            packed.Read(0, positions);
        }

        int inside = 0;
        foreach (int position in _positions.AsSpan(0, freq))
        {
            inside += position >= range.From && position < range.To ? 1 : 0;
        }

        return inside;
    }
}

/// <summary>Documents with a phrase.</summary>
internal sealed unsafe class PhraseIterator(PhraseMatcher matcher, SearchContext context) : DocIterator
{
    private readonly TermIterator _lead = new(matcher.Lists[0]);
    private float _phrases;

    public override long Cost => matcher.Cost;

    public override int Advance(int target)
    {
        for (int doc = _lead.Advance(target); doc != End && !context.StopNow(); doc = _lead.Advance(doc + 1))
        {
            matcher.Docs[0] = doc;
            matcher.Indexes[0] = _lead.Index;
            if (matcher.Match(1, float.NegativeInfinity, all: true) > 0)
            {
                _phrases = matcher.Freqs[0];
                return Doc = doc;
            }
        }

        return Doc = End;
    }

    public override float Score() => matcher.Lists[0].Score(Doc, _phrases);

    public override float Bound(int from, int to)
    {
        float most = float.PositiveInfinity;
        foreach (TermList list in matcher.Lists)
        {
            most = Math.Min(most, list.Bound(from, to));
        }

        return matcher.Most(most);
    }
}

/// <summary>The documents of a set between two documents, all with one score.</summary>
/// <param name="owner">Keeps the bits' memory alive; null where the search does.</param>
internal sealed unsafe class SetIterator(ulong* bits, int from, int to, long cost, float score, object? owner = null) : DocIterator
{
    public override long Cost => cost;

    public override int Advance(int target)
    {
        target = Math.Max(target, from);
        if (target >= to)
        {
            return Doc = End;
        }

        if (bits == null)
        {
            return Doc = target;
        }

        int word = target >> 6;
        int last = (to - 1) >> 6;
        ulong left = bits[word] & (ulong.MaxValue << (target & 63));
        while (left == 0 && word < last)
        {
            left = bits[++word];
        }

        GC.KeepAlive(owner);
        int doc = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(left);
        return Doc = left == 0 || doc >= to ? End : doc;
    }

    public override float Score() => score;

    public override float Bound(int low, int high) => score;
}

/// <summary>Another iterator's documents, all with one score.</summary>
internal sealed class ConstantIterator(DocIterator inner, float score) : DocIterator
{
    public override long Cost => inner.Cost;

    public override int Advance(int target) => Doc = inner.Advance(target);

    public override float Score() => score;

    public override float Bound(int from, int to) => score;
}
