using System.Buffers.Binary;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes one field's part of the dictionary.</summary>
internal sealed class BlockTermsWriter(FieldInfo field, IndexOutput file, BlockPostingsWriter postings, BlockFieldsWriter parent) : TermsConsumer
{
    /// <summary>Terms in a block of the dictionary; the last one may have fewer.</summary>
    public const int TermsPerBlock = 16;

    private readonly long _start = file.Position;
    private readonly ByteWriter _terms = new();
    private readonly ByteWriter _numbers = new();
    private readonly ByteWriter _block = new();
    private readonly ByteWriter _prefixes = new();
    private readonly ByteWriter _offsets = new();
    private readonly bool _hasFreqs = field.IndexOptions >= IndexOptions.DOCS_AND_FREQS;
    private readonly bool _hasPositions = field.IndexOptions >= IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
    private byte[] _previous = new byte[64];
    private int _previousLength;
    private int _inBlock;
    private int _blocks;
    private long _count;
    private long _impacts;
    private TermEntry _first;
    private long _firstImpacts;

    public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

    public override PostingsConsumer StartTerm(BytesRef text)
    {
        postings.StartTerm();
        return postings;
    }

    public override void FinishTerm(BytesRef text, TermStats stats)
    {
        TermEntry entry = postings.FinishTerm(_hasFreqs ? stats.TotalTermFreq : stats.DocFreq);
        ReadOnlySpan<byte> term = text.Bytes.AsSpan(text.Offset, text.Length);
        if (_inBlock == 0)
        {
            _first = entry;
            _firstImpacts = _impacts;
            _prefixes.Int64(Prefix(term));
            _terms.Variable(term.Length);
            _terms.Bytes(term);
        }
        else
        {
            int shared = term.CommonPrefixLength(_previous.AsSpan(0, _previousLength));
            _terms.Variable(shared);
            _terms.Variable(term.Length - shared);
            _terms.Bytes(term[shared..]);
        }

        Remember(term);
        WriteNumbers(entry);
        _count++;
        if (++_inBlock == TermsPerBlock)
        {
            WriteBlock();
        }
    }

    public override void Finish(long sumTotalTermFreq, long sumDocFreq, int docCount)
    {
        if (_inBlock > 0)
        {
            WriteBlock();
        }

        long index = file.Position - _start;
        _prefixes.CopyTo(file);
        _offsets.CopyTo(file);

        ByteWriter line = new();
        line.Variable(_count);
        line.Variable(_hasFreqs ? sumTotalTermFreq : sumDocFreq);
        line.Variable(sumDocFreq);
        line.Variable(docCount);
        line.Variable(_start);
        line.Variable(index);
        line.Variable(_blocks);
        line.Variable(_impacts);
        parent.AddToTable(field, line.Written);
    }

    /// <summary>The first eight bytes as a number that orders like the terms.</summary>
    public static ulong Prefix(ReadOnlySpan<byte> term)
    {
        if (term.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(term);
        }

        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        term.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    private void WriteNumbers(in TermEntry entry)
    {
        // the lowest bit of the first number: one document, more than one occurrence
        bool repeated = entry.DocFreq == 1 && entry.TotalFreq > 1;
        _numbers.Variable(((long)entry.DocFreq << 1) | (repeated ? 1L : 0));
        if (_hasFreqs && (entry.DocFreq > 1 || repeated))
        {
            _numbers.Variable(entry.TotalFreq - entry.DocFreq);
        }

        if (entry.DocFreq == 1)
        {
            _numbers.Variable(entry.SingleDoc);
        }
        else
        {
            _numbers.Variable(entry.DocsBytes);
        }

        if (_hasPositions)
        {
            _numbers.Variable(entry.DocFreq == 1 && !repeated ? entry.SinglePosition : entry.PositionsBytes);
        }

        if (entry.Blocks > 1)
        {
            _impacts += TermImpacts.HeaderLength + entry.Blocks;
        }
    }

    private void WriteBlock()
    {
        _offsets.Int32(FileOffset.Of(file.Position - _start, "the dictionary of a field"));
        _block.Clear();
        _block.Byte(_inBlock);
        _block.Variable(_first.DocsAt);
        _block.Variable(_first.PositionsAt);
        _block.Variable(_firstImpacts);
        _block.Variable(_terms.Length);
        _block.CopyTo(file);
        _terms.CopyTo(file);
        _numbers.CopyTo(file);
        _terms.Clear();
        _numbers.Clear();
        _inBlock = 0;
        _blocks++;
    }

    private void Remember(ReadOnlySpan<byte> term)
    {
        if (_previous.Length < term.Length)
        {
            _previous = new byte[term.Length * 2];
        }

        term.CopyTo(_previous);
        _previousLength = term.Length;
    }
}
