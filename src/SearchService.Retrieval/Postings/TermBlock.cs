using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>One block of the dictionary, decoded.</summary>
internal sealed class TermBlock
{
    // Lucene's own limit
    private const int MostTermBytes = 32_766;

    private readonly int[] _starts = new int[BlockTermsWriter.TermsPerBlock + 1];
    private byte[] _bytes = new byte[256];

    /// <summary>Number of the block; -1 before the first is loaded.</summary>
    public int Number { get; private set; } = -1;

    public int Count { get; private set; }

    public TermEntry[] Entries { get; } = new TermEntry[BlockTermsWriter.TermsPerBlock];

    public ReadOnlySpan<byte> Term(int index) => _bytes.AsSpan(_starts[index].._starts[index + 1]);

    public void Clear(int number)
    {
        Number = number;
        Count = 0;
    }

    /// <summary>Adds a term that begins with <paramref name="shared"/> bytes of the one before.</summary>
    public void Add(int shared, ReadOnlySpan<byte> rest)
    {
        int start = _starts[Count];
        int previous = Count == 0 ? 0 : _starts[Count - 1];
        if (shared < 0 || shared > start - previous)
        {
            throw new CorruptIndexException($"a term shares {shared} bytes with one of {start - previous}");
        }

        if (rest.Length > MostTermBytes - shared)
        {
            throw new CorruptIndexException($"a term has {(long)shared + rest.Length} bytes, at most {MostTermBytes} are allowed");
        }

        int end = start + shared + rest.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, end * 2);
        }

        _bytes.AsSpan(previous, shared).CopyTo(_bytes.AsSpan(start));
        rest.CopyTo(_bytes.AsSpan(start + shared));
        _starts[++Count] = end;
    }
}
