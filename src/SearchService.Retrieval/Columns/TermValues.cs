using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>A field's terms as its values, read in place a block at a time: nothing of them is loaded before it is asked for.</summary>
internal sealed class TermValues : ValueDictionary
{
    private readonly BlockTerms _terms;

    // read last, never changed afterwards: most who read one value read its neighbour next
    private volatile TermBlock _block = new();

    /// <exception cref="CorruptIndexException">The dictionary's blocks are not as many as its terms need.</exception>
    public TermValues(BlockTerms terms)
        : base(CountOf(terms.Dictionary))
    {
        _terms = terms;
    }

    public override ReadOnlySpan<byte> Utf8(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)ordinal, (uint)Count);
        return Load(ordinal / BlockTermsWriter.TermsPerBlock).Term(ordinal % BlockTermsWriter.TermsPerBlock);
    }

    public override int Find(ReadOnlySpan<byte> value)
    {
        int number = _terms.Dictionary.BlockOf(value);
        GC.KeepAlive(_terms);
        if (number < 0)
        {
            return -1;
        }

        TermBlock block = Load(number);
        for (int i = 0; i < block.Count; i++)
        {
            if (block.Term(i).SequenceEqual(value))
            {
                return (number * BlockTermsWriter.TermsPerBlock) + i;
            }
        }

        return -1;
    }

    private static int CountOf(FieldDictionary terms)
    {
        long wanted = (terms.Count / BlockTermsWriter.TermsPerBlock) + (terms.Count % BlockTermsWriter.TermsPerBlock == 0 ? 0 : 1);
        return terms.Blocks == wanted && terms.Count <= int.MaxValue
            ? (int)terms.Count
            : throw new CorruptIndexException($"field '{terms.Field.Name}' has {terms.Count} terms in {terms.Blocks} blocks, want {wanted}");
    }

    private TermBlock Load(int number)
    {
        TermBlock last = _block;
        if (last.Number == number)
        {
            return last;
        }

        TermBlock block = new();
        _terms.Dictionary.Load(number, block);
        GC.KeepAlive(_terms);
        int wanted = Math.Min(BlockTermsWriter.TermsPerBlock, Count - (number * BlockTermsWriter.TermsPerBlock));
        if (block.Count != wanted)
        {
            throw new CorruptIndexException($"block {number} of field '{_terms.Dictionary.Field.Name}' has {block.Count} terms, want {wanted}");
        }

        return _block = block;
    }
}
