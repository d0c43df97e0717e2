using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lucene.Net.Util;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// A set of documents of one segment: one bit a document. Bits from <see cref="Length"/> on are always clear, so that
/// counting and walking need no bounds. Reading is thread-safe, writing is not.
/// </summary>
public sealed class DocBits : IBits
{
    private readonly ulong[] _words;

    /// <summary>The empty set.</summary>
    /// <param name="length">Documents of the segment, deleted ones included.</param>
    public DocBits(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _words = new ulong[(length + 63) >> 6];
    }

    private DocBits(int length, ulong[] words)
    {
        Length = length;
        _words = words;
    }

    public int Length { get; }

    /// <summary>The bits, document 0 in the lowest bit of the first word.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_words.Length * sizeof(ulong);

    /// <summary>All documents.</summary>
    public static DocBits All(int length)
    {
        DocBits bits = new(length);
        bits.AddRange(0, length);
        return bits;
    }

    /// <summary>The documents that have another code than one.</summary>
    // at once as fast as it gets, see RankedValues
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static DocBits Except<TCode>(LargeArray<TCode> codes, TCode one)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        DocBits bits = new(codes.Length);
        ulong[] words = bits._words;
        ReadOnlySpan<TCode> each = codes.Span;
        for (int doc = 0; doc < each.Length; doc++)
        {
            words[doc >> 6] |= (each[doc] == one ? 0UL : 1UL) << doc;
        }

        GC.KeepAlive(codes);
        return bits;
    }

    /// <summary>A segment's part of a set over a whole reader; where that is the whole set, the two share their memory, and neither may change any more.</summary>
    /// <param name="start">Number of the segment's first document in the reader.</param>
    /// <param name="length">Documents of the segment, deleted ones included.</param>
    public static DocBits Of(DocSet documents, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + length, documents.Length, nameof(length));
        if (start == 0 && length == documents.Length)
        {
            return new DocBits(length, documents.Shared);
        }

        DocBits bits = new(length);
        ReadOnlySpan<ulong> words = documents.Words[(start >> 6)..];
        int shift = start & 63;
        for (int i = 0; i < bits._words.Length; i++)
        {
            bits._words[i] = (words[i] >> shift) | (shift != 0 && i + 1 < words.Length ? words[i + 1] << (64 - shift) : 0);
        }

        if ((length & 63) != 0)
        {
            bits._words[^1] &= ulong.MaxValue >> -length;
        }

        return bits;
    }

    /// <summary>Adds the set to one over a whole reader.</summary>
    /// <param name="start">Number of the segment's first document in the reader.</param>
    public void AddTo(DocSet documents, int start)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + Length, documents.Length, nameof(start));
        Span<ulong> words = documents.Writable[(start >> 6)..];
        int shift = start & 63;
        for (int i = 0; i < _words.Length; i++)
        {
            words[i] |= _words[i] << shift;
            if (shift != 0 && _words[i] >> (64 - shift) is var high and not 0)
            {
                words[i + 1] |= high;
            }
        }
    }

    public DocBits Copy() => new(Length, (ulong[])_words.Clone());

    public bool Get(int index) => (_words[index >> 6] >> index & 1) != 0;

    public void Add(int document)
    {
        Debug.Assert((uint)document < (uint)Length);
        _words[document >> 6] |= 1UL << document;
    }

    public void Remove(int document)
    {
        Debug.Assert((uint)document < (uint)Length);
        _words[document >> 6] &= ~(1UL << document);
    }

    /// <summary>Adds the documents from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public void AddRange(int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        int first = start >> 6;
        int last = (end - 1) >> 6;
        ulong low = ulong.MaxValue << start;
        ulong high = ulong.MaxValue >> -end;
        if (first == last)
        {
            _words[first] |= low & high;
            return;
        }

        _words[first] |= low;
        _words.AsSpan(first + 1, last - first - 1).Fill(ulong.MaxValue);
        _words[last] |= high;
    }

    /// <summary>Keeps only what is in the other set too.</summary>
    public void And(DocBits other) => Combine(other, new AndOperator());

    /// <summary>Adds the other set.</summary>
    public void Or(DocBits other) => Combine(other, new OrOperator());

    /// <summary>Takes the other set away.</summary>
    public void AndNot(DocBits other) => Combine(other, new AndNotOperator());

    /// <summary>Turns the set into its complement.</summary>
    public void Invert()
    {
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] = ~_words[i];
        }

        if ((Length & 63) != 0)
        {
            _words[^1] &= ulong.MaxValue >> -Length;
        }
    }

    /// <summary>Number of documents in the set.</summary>
    public int Count() => BitWords.Count(_words);

    /// <summary>Number of documents that are in this set and in the other.</summary>
    public int CountAnd(DocBits other)
    {
        Debug.Assert(other.Length == Length);
        return BitWords.CountAnd(_words.AsSpan(0, DocSet.WordsFor(Length)), other._words.AsSpan(0, DocSet.WordsFor(Length)));
    }

    /// <summary>Number of documents of the set from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public int CountRange(int start, int end) => BitWords.CountRange(_words, start, end);

    /// <summary>Number of documents of both sets from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public int CountRangeAnd(DocBits other, int start, int end)
    {
        Debug.Assert(other.Length == Length);
        return BitWords.CountRangeAnd(_words, other._words, start, end);
    }

    /// <summary>The first document of the set at or after the given one; -1 where there is none.</summary>
    public int Next(int document) => NextAnd(this, document);

    /// <summary>The first document of both sets at or after the given one; -1 where there is none.</summary>
    public int NextAnd(DocBits other, int document)
    {
        if (document >= Length)
        {
            return -1;
        }

        int index = document >> 6;
        ulong word = _words[index] & other._words[index] & (ulong.MaxValue << document);
        while (word == 0)
        {
            if (++index == _words.Length)
            {
                return -1;
            }

            word = _words[index] & other._words[index];
        }

        return (index << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The last document of the set at or before the given one; -1 where there is none.</summary>
    public int Previous(int document) => PreviousAnd(this, document);

    /// <summary>The last document of both sets at or before the given one; -1 where there is none.</summary>
    public int PreviousAnd(DocBits other, int document)
    {
        if (document < 0)
        {
            return -1;
        }

        int index = document >> 6;
        ulong word = _words[index] & other._words[index] & (ulong.MaxValue >> (63 - (document & 63)));
        while (word == 0)
        {
            if (--index < 0)
            {
                return -1;
            }

            word = _words[index] & other._words[index];
        }

        return (index << 6) + 63 - BitOperations.LeadingZeroCount(word);
    }

    private void Combine<TOperator>(DocBits other, TOperator op)
        where TOperator : struct, IWordOperator
    {
        if (other.Length != Length)
        {
            throw new ArgumentException($"sets of one segment wanted, got lengths {Length} and {other.Length}", nameof(other));
        }

        Span<ulong> left = _words;
        ReadOnlySpan<ulong> right = other._words;
        Span<Vector<ulong>> leftVectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(left);
        ReadOnlySpan<Vector<ulong>> rightVectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(right);
        for (int i = 0; i < leftVectors.Length; i++)
        {
            leftVectors[i] = op.Apply(leftVectors[i], rightVectors[i]);
        }

        for (int i = leftVectors.Length * Vector<ulong>.Count; i < left.Length; i++)
        {
            left[i] = op.Apply(left[i], right[i]);
        }
    }

    private interface IWordOperator
    {
        ulong Apply(ulong left, ulong right);

        Vector<ulong> Apply(Vector<ulong> left, Vector<ulong> right);
    }

    private readonly struct AndOperator : IWordOperator
    {
        public ulong Apply(ulong left, ulong right) => left & right;

        public Vector<ulong> Apply(Vector<ulong> left, Vector<ulong> right) => left & right;
    }

    private readonly struct OrOperator : IWordOperator
    {
        public ulong Apply(ulong left, ulong right) => left | right;

        public Vector<ulong> Apply(Vector<ulong> left, Vector<ulong> right) => left | right;
    }

    private readonly struct AndNotOperator : IWordOperator
    {
        public ulong Apply(ulong left, ulong right) => left & ~right;

        public Vector<ulong> Apply(Vector<ulong> left, Vector<ulong> right) => Vector.AndNot(left, right);
    }
}
