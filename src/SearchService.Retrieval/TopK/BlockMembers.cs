using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Those documents of one block of the list that leads a conjunction that all other lists have too. Documents are compared first; lengths and scores are looked
/// at for what remains.
/// </summary>
internal readonly unsafe ref struct BlockMembers
{
    // vectors write behind the last document
    private const int RowLength = BlockUnpack.BlockSize + 16;

    private readonly SegmentScope _scope;
    private readonly ReadOnlySpan<TermList> _lists;
    private readonly int* _docs;

    // a row of frequencies for each list
    private readonly int* _rows;

    /// <param name="lists">At least two, the leading one first; lists of weight 0 only filter.</param>
    public BlockMembers(in SegmentScope scope, ReadOnlySpan<TermList> lists)
    {
        _scope = scope;
        _lists = lists;
        _docs = scope.Context.Docs;
        _rows = scope.Context.Rows(lists.Length * RowLength);
    }

    /// <summary>Ranks and counts the documents of the leading list's current block.</summary>
    /// <param name="matches">Takes the bit of every match; null where only their number is wanted.</param>
    /// <returns>How many documents match.</returns>
    public int Block(ulong* matches)
    {
        TermList lead = _lists[0];
        float most = lead.Bound(lead.Cursor.Block);
        for (int l = 1; l < _lists.Length; l++)
        {
            most += _lists[l].Most;
        }

        bool ranks = most > _scope.Heap.Threshold;
        int count = All();
        for (int l = 1; l < _lists.Length && count > 0; l++)
        {
            count = Keep(l, count, ranks);
        }

        if (matches != null)
        {
            for (int i = 0; i < count; i++)
            {
                matches[_docs[i] >> 6] |= 1UL << (_docs[i] & 63);
            }
        }

        if (ranks && count > 0)
        {
            lead.Cursor.ReadFreqs(_rows, count);
            Offer(count);
        }

        return count;
    }

    /// <summary>All documents of the block that count, each with its index in the place of the frequency.</summary>
    private int All()
    {
        PostingsCursor cursor = _lists[0].Cursor;
        cursor.DecodeDocs();
        int* docs = cursor.Docs;
        int count = cursor.Count;
        if (_scope.Accept == null && docs[0] >= _scope.From && docs[count - 1] < _scope.To)
        {
            for (int i = 0; i < BlockUnpack.BlockSize; i += 16)
            {
                Vector512.Load(docs + i).Store(_docs + i);
                (Vector512<int>.Indices + Vector512.Create(i)).Store(_rows + i);
            }

            return count;
        }

        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int doc = docs[i];
            _docs[kept] = doc;
            _rows[kept] = i;
            kept += _scope.Counts(doc) ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Keeps the documents that a further list has.</summary>
    [SkipLocalsInit]
    private int Keep(int l, int count, bool ranks)
    {
        PostingsCursor cursor = _lists[l].Cursor;
        int* places = stackalloc int[RowLength];
        int* row = _rows + (l * RowLength);
        int kept = 0;
        for (int i = 0; i < count && cursor.Seek(_docs[i]);)
        {
            int last = cursor.Last[cursor.Block];
            int start = i;
            if (last >= _docs[count - 1])
            {
                i = count;
            }

            while (i < count && _docs[i] <= last)
            {
                i++;
            }

            int found = cursor.MembersOf(_docs + start, i - start, places, ranks ? row + kept : null);
            for (int f = 0; f < found; f++)
            {
                int place = start + places[f];
                _docs[kept] = _docs[place];
                for (int r = 0; r < l; r++)
                {
                    int* other = _rows + (r * RowLength);
                    other[kept] = other[place];
                }

                kept++;
            }
        }

        return kept;
    }

    private void Offer(int count)
    {
        for (int i = 0; i < count; i += 8)
        {
            Vector256<int> valid = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - i));
            Vector256<int> doc = Vector256.Load(_docs + i) & valid;
            Vector256<float> sum = Vector256<float>.Zero;
            for (int l = 0; l < _lists.Length; l++)
            {
                sum += _lists[l].Scores(doc, Vector256.Load(_rows + (l * RowLength) + i));
            }

            uint better = (Vector256.GreaterThan(sum, Vector256.Create(_scope.Heap.Threshold)).AsInt32() & valid).ExtractMostSignificantBits();
            for (; better != 0; better &= better - 1)
            {
                int lane = BitOperations.TrailingZeroCount(better);
                float score = sum.GetElement(lane);
                if (score > _scope.Heap.Threshold)
                {
                    _scope.Offer(doc.GetElement(lane), score);
                }
            }
        }
    }
}
