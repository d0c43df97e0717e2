using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.TopK;

/// <summary>Bit operations over one segment's documents; every pointer has <see cref="Postings.PostingsCursor.SpareWords"/> words to spare behind the last document's.</summary>
internal static unsafe class SegmentBits
{
    private const int Lanes = 8;

    /// <summary>Adds a segment's part of a set over the whole reader.</summary>
    public static void Or(ulong* bits, DocSet set, SegmentView segment)
    {
        ReadOnlySpan<ulong> words = set.Words;
        int shift = segment.DocBase & 63;
        int first = segment.DocBase >> 6;
        int count = DocSet.WordsFor(segment.MaxDoc);
        for (int i = 0; i < count; i++)
        {
            ulong word = first + i < words.Length ? words[first + i] >> shift : 0;
            if (shift != 0 && first + i + 1 < words.Length)
            {
                word |= words[first + i + 1] << (64 - shift);
            }

            bits[i] |= word;
        }

        Cut(bits, 0, segment.MaxDoc, count);
    }

    /// <summary>Adds a segment's matches to a set over the whole reader.</summary>
    public static void CopyTo(ulong* bits, SegmentView segment, DocSet set)
    {
        Span<ulong> words = set.Writable;
        int shift = segment.DocBase & 63;
        int first = segment.DocBase >> 6;
        int count = DocSet.WordsFor(segment.MaxDoc);
        if (shift == 0)
        {
            new ReadOnlySpan<ulong>(bits, count).CopyTo(words[first..]);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            words[first + i] |= bits[i] << shift;
            if (bits[i] >> (64 - shift) is var high and not 0)
            {
                words[first + i + 1] |= high;
            }
        }
    }

    public static void Or(ulong* bits, ulong* other, int maxDoc)
    {
        int count = DocSet.WordsFor(maxDoc);
        for (int i = 0; i < count; i += Lanes)
        {
            (Vector512.Load(bits + i) | Vector512.Load(other + i)).Store(bits + i);
        }
    }

    public static void And(ulong* bits, ulong* other, int maxDoc)
    {
        int count = DocSet.WordsFor(maxDoc);
        for (int i = 0; i < count; i += Lanes)
        {
            (Vector512.Load(bits + i) & Vector512.Load(other + i)).Store(bits + i);
        }
    }

    public static void AndNot(ulong* bits, ulong* other, int maxDoc)
    {
        int count = DocSet.WordsFor(maxDoc);
        for (int i = 0; i < count; i += Lanes)
        {
            Vector512.AndNot(Vector512.Load(bits + i), Vector512.Load(other + i)).Store(bits + i);
        }
    }

    public static void Copy(ulong* bits, ulong* source, int maxDoc) =>
        new ReadOnlySpan<ulong>(source, DocSet.WordsFor(maxDoc)).CopyTo(new Span<ulong>(bits, DocSet.WordsFor(maxDoc)));

    /// <summary>Adds the documents from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public static void Fill(ulong* bits, int from, int to)
    {
        if (from >= to)
        {
            return;
        }

        int first = from >> 6;
        int last = (to - 1) >> 6;
        ulong head = ulong.MaxValue << (from & 63);
        ulong tail = ulong.MaxValue >> (63 - ((to - 1) & 63));
        if (first == last)
        {
            bits[first] |= head & tail;
            return;
        }

        bits[first] |= head;
        new Span<ulong>(bits + first + 1, last - first - 1).Fill(ulong.MaxValue);
        bits[last] |= tail;
    }

    /// <summary>Takes all documents away that are not between <paramref name="from"/> and <paramref name="to"/> (which is left out).</summary>
    /// <param name="count">Words of the bits.</param>
    public static void Cut(ulong* bits, int from, int to, int count)
    {
        to = Math.Max(from, to);
        int first = from >> 6;
        new Span<ulong>(bits, Math.Min(first, count)).Clear();
        if (first < count)
        {
            bits[first] &= ulong.MaxValue << (from & 63);
        }

        int last = to >> 6;
        if (last < count)
        {
            bits[last] &= (to & 63) == 0 ? 0 : ulong.MaxValue >> (64 - (to & 63));
            new Span<ulong>(bits + last + 1, count - last - 1).Clear();
        }
    }

    public static int Count(ulong* bits, int maxDoc) => BitWords.Count(new ReadOnlySpan<ulong>(bits, DocSet.WordsFor(maxDoc)));
}
