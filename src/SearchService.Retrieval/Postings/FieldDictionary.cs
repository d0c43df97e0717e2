using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// One field's terms in one segment, read in place: a term is found in about 0.2 µs without allocating. Thread-safe.
/// </summary>
internal sealed unsafe class FieldDictionary
{
    private const int NumbersAtMost = BlockTermsWriter.TermsPerBlock;

    private readonly FileBytes _file;
    private readonly long _start;
    private readonly long _length;
    private readonly byte* _prefixes;
    private readonly byte* _offsets;

    public FieldDictionary(FieldInfo field, FileBytes file, ref ByteReader line)
    {
        Field = field;
        _file = file;
        HasFreqs = field.IndexOptions >= IndexOptions.DOCS_AND_FREQS;
        HasPositions = field.IndexOptions >= IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
        Count = line.Variable();
        TotalFreq = line.Variable();
        SumDocFreq = line.Variable();
        DocCount = (int)line.Variable();
        _start = line.Variable();
        _length = line.Variable();
        Blocks = (int)line.Variable();
        ImpactCount = line.Variable();
        if (Count < 0 || DocCount < 0 || SumDocFreq < DocCount || TotalFreq < SumDocFreq || Blocks < 0 || Blocks > Count)
        {
            throw new CorruptIndexException(
                $"field '{field.Name}' has {Count} terms in {Blocks} blocks, {DocCount} documents, {SumDocFreq} postings, {TotalFreq} occurrences");
        }

        file.CheckData(_start, _length);
        file.CheckData(_start + _length, Blocks * 12L);
        _prefixes = file.Start + _start + _length;
        _offsets = _prefixes + (Blocks * 8L);
    }

    public FieldInfo Field { get; }

    public bool HasFreqs { get; }

    public bool HasPositions { get; }

    /// <summary>Terms of the field.</summary>
    public long Count { get; }

    /// <summary>Occurrences of all terms.</summary>
    public long TotalFreq { get; }

    /// <summary>Sum of the terms' document frequencies.</summary>
    public long SumDocFreq { get; }

    /// <summary>Documents with at least one term.</summary>
    public int DocCount { get; }

    public int Blocks { get; }

    /// <summary>Numbers that the block maxima of the field take.</summary>
    public long ImpactCount { get; }

    /// <summary>Looks a term up.</summary>
    /// <returns>False where the segment has no such term; <paramref name="entry"/> is then empty.</returns>
    [SkipLocalsInit]
    public bool TryFind(ReadOnlySpan<byte> term, out TermEntry entry)
    {
        entry = default;
        int block = BlockOf(term);
        if (block < 0)
        {
            return false;
        }

        ByteReader reader = Open(block, out int count, out TermEntry at, out byte* numbers, out byte* end);
        int index = IndexOf(ref reader, count, term);
        if (index < 0)
        {
            return false;
        }

        reader = new ByteReader(numbers, end);
        for (int i = 0; i <= index; i++)
        {
            ReadNumbers(ref reader, ref at);
            if (i < index)
            {
                Advance(ref at);
            }
        }

        entry = at;
        return true;
    }

    /// <summary>The last block whose first term is not above <paramref name="term"/>; -1 where there is none.</summary>
    public int BlockOf(ReadOnlySpan<byte> term)
    {
        ulong prefix = BlockTermsWriter.Prefix(term);
        int low = 0;
        int high = Blocks;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            ulong other = Unsafe.ReadUnaligned<ulong>(_prefixes + (middle * 8L));
            bool above = other != prefix ? other > prefix : FirstTerm(middle).SequenceCompareTo(term) > 0;
            if (above)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low - 1;
    }

    /// <summary>Reads a whole block of the dictionary.</summary>
    public void Load(int block, TermBlock target)
    {
        ByteReader reader = Open(block, out int count, out TermEntry at, out byte* numbers, out byte* end);
        target.Clear(block);
        for (int i = 0; i < count; i++)
        {
            int shared = i == 0 ? 0 : (int)reader.Variable();
            int rest = (int)reader.Variable();
            target.Add(shared, new ReadOnlySpan<byte>(reader.Bytes(rest), rest));
        }

        reader = new ByteReader(numbers, end);
        for (int i = 0; i < count; i++)
        {
            ReadNumbers(ref reader, ref at);
            target.Entries[i] = at;
            Advance(ref at);
        }
    }

    /// <summary>Takes a term's bytes and numbers.</summary>
    /// <returns>Whether to go on.</returns>
    public delegate bool TermVisitor(ReadOnlySpan<byte> term, in TermEntry entry);

    /// <summary>Visits the terms that begin so, in order, until there are no more or the visitor has enough.</summary>
    public void ForEach(ReadOnlySpan<byte> prefix, TermVisitor visit)
    {
        TermBlock loaded = new();
        for (int block = Math.Max(0, BlockOf(prefix)); block < Blocks; block++)
        {
            Load(block, loaded);
            for (int i = 0; i < loaded.Count; i++)
            {
                ReadOnlySpan<byte> term = loaded.Term(i);
                if (term.StartsWith(prefix) ? !visit(term, in loaded.Entries[i]) : term.SequenceCompareTo(prefix) > 0)
                {
                    return;
                }
            }
        }
    }

    private ReadOnlySpan<byte> FirstTerm(int block)
    {
        ByteReader reader = Open(block, out _, out _, out _, out _);
        int length = (int)reader.Variable();
        return new ReadOnlySpan<byte>(reader.Bytes(length), length);
    }

    /// <summary>A reader at the block's first term, and where its numbers are.</summary>
    private ByteReader Open(int block, out int count, out TermEntry first, out byte* numbers, out byte* end)
    {
        uint offset = Unsafe.ReadUnaligned<uint>(_offsets + (block * 4L));
        ByteReader reader = _file.Read(_start + offset, _length - offset);
        end = _file.Start + _start + _length;
        count = reader.Byte();
        first = new TermEntry
        {
            DocsAt = reader.Variable(),
            PositionsAt = reader.Variable(),
            ImpactsAt = reader.Variable(),
        };
        long termBytes = reader.Variable();
        if (count is 0 or > NumbersAtMost)
        {
            throw new CorruptIndexException($"a dictionary block has {count} terms, at most {NumbersAtMost} are allowed");
        }

        byte* terms = reader.Bytes(termBytes);
        numbers = terms + termBytes;
        return new ByteReader(terms, numbers);
    }

    private static int IndexOf(ref ByteReader reader, int count, ReadOnlySpan<byte> term)
    {
        // how much of the wanted term the last one passed by agrees with
        int matched = 0;
        for (int i = 0; i < count; i++)
        {
            int shared = i == 0 ? 0 : (int)reader.Variable();
            int rest = (int)reader.Variable();
            ReadOnlySpan<byte> suffix = new(reader.Bytes(rest), rest);
            if (shared > matched)
            {
                continue;
            }

            if (shared < matched)
            {
                return -1;
            }

            int more = suffix.CommonPrefixLength(term[matched..]);
            matched += more;
            if (more == rest)
            {
                if (matched == term.Length)
                {
                    return i;
                }
            }
            else if (matched == term.Length || suffix[more] > term[matched])
            {
                return -1;
            }
        }

        return -1;
    }

    private void ReadNumbers(ref ByteReader reader, ref TermEntry entry)
    {
        long first = reader.Variable();
        bool repeated = (first & 1) != 0;
        entry.DocFreq = (int)(first >> 1);
        bool single = entry.DocFreq == 1;
        entry.TotalFreq = entry.DocFreq + (HasFreqs && (!single || repeated) ? reader.Variable() : 0);
        long second = reader.Variable();
        long third = HasPositions ? reader.Variable() : 0;
        if (single)
        {
            entry.SingleDoc = (int)second;
            entry.DocsBytes = 0;
        }
        else
        {
            entry.DocsBytes = second;
        }

        if (single && !repeated)
        {
            entry.SinglePosition = (int)third;
            entry.PositionsBytes = 0;
        }
        else
        {
            entry.PositionsBytes = third;
        }
    }

    private static void Advance(ref TermEntry entry)
    {
        entry.DocsAt += entry.DocsBytes;
        entry.PositionsAt += entry.PositionsBytes;
        entry.ImpactsAt += entry.Blocks > 1 ? TermImpacts.HeaderLength + entry.Blocks : 0;
    }
}
