namespace SearchService.Retrieval.TopK;

/// <summary>A set of documents of a whole reader: bit i of word i / 64 is document i. Shared by filters, matches and facets.</summary>
public sealed class DocSet
{
    private readonly ulong[] _words;

    /// <param name="length">Documents of the reader, deleted ones included.</param>
    public DocSet(int length)
        : this(length, new ulong[WordsFor(length)])
    {
    }

    /// <param name="length">Documents of the reader, deleted ones included.</param>
    /// <param name="words">At least length / 64 rounded up; taken over, not copied. Bits from <paramref name="length"/> on must be 0.</param>
    public DocSet(int length, ulong[] words)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, WordsFor(length), nameof(words));
        Length = length;
        _words = words;
    }

    /// <summary>Documents of the reader.</summary>
    public int Length { get; }

    public ReadOnlySpan<ulong> Words => _words;

    internal Span<ulong> Writable => _words;

    /// <summary>The words themselves.</summary>
    internal ulong[] Shared => _words;

    public bool this[int doc] => (_words[doc >> 6] >> (doc & 63) & 1) != 0;

    /// <summary>Words that a set over so many documents takes.</summary>
    public static int WordsFor(int length) => (int)(((long)length + 63) >> 6);

    public void Add(int doc)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)doc, (uint)Length);
        _words[doc >> 6] |= 1UL << (doc & 63);
    }

    /// <summary>Documents in the set.</summary>
    public int Count() => BitWords.Count(_words);

    /// <summary>Documents of the set from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public int Count(int from, int to) => BitWords.CountRange(_words, Math.Max(from, 0), Math.Min(to, Length));
}
