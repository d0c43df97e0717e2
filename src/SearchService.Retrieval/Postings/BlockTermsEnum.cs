using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>Walks a field's terms in order and seeks among them, a dictionary block at a time.</summary>
internal sealed class BlockTermsEnum(BlockTerms terms) : TermsEnum
{
    private readonly FieldDictionary _dictionary = terms.Dictionary;
    private readonly TermBlock _block = new();
    private readonly BytesRef _term = new();
    private int _index = -1;

    // positioned by a state: the block is not loaded
    private bool _byState;
    private TermEntry _entry;

    public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

    public override BytesRef Term => _term;

    public override long Ord => throw new NotSupportedException("terms have no ordinals in this format");

    public override int DocFreq => _entry.DocFreq;

    public override long TotalTermFreq => _dictionary.HasFreqs ? _entry.TotalFreq : -1;

    public override bool MoveNext()
    {
        if (_byState)
        {
            // find the block again
            if (SeekCeil(BytesRef.DeepCopyOf(_term)) != SeekStatus.FOUND)
            {
                throw new InvalidOperationException("the term of a state is not in this segment");
            }
        }

        if (_index + 1 < _block.Count)
        {
            Take(_index + 1);
            return true;
        }

        if (_block.Number + 1 >= _dictionary.Blocks)
        {
            _index = _block.Count;
            return false;
        }

        _dictionary.Load(_block.Number + 1, _block);
        Take(0);
        return true;
    }

    [Obsolete("Use MoveNext() and Term instead.")]
    public override BytesRef? Next() => MoveNext() ? _term : null;

    public override bool SeekExact(BytesRef text)
    {
        if (!_dictionary.TryFind(text.Bytes.AsSpan(text.Offset, text.Length), out TermEntry entry))
        {
            return false;
        }

        _term.CopyBytes(text);
        _entry = entry;
        _byState = true;
        return true;
    }

    public override SeekStatus SeekCeil(BytesRef text)
    {
        ReadOnlySpan<byte> wanted = text.Bytes.AsSpan(text.Offset, text.Length);
        _byState = false;
        int block = Math.Max(0, _dictionary.BlockOf(wanted));
        if (_dictionary.Blocks == 0)
        {
            return SeekStatus.END;
        }

        if (_block.Number != block)
        {
            _dictionary.Load(block, _block);
        }

        for (int i = 0; i < _block.Count; i++)
        {
            int order = _block.Term(i).SequenceCompareTo(wanted);
            if (order >= 0)
            {
                Take(i);
                return order == 0 ? SeekStatus.FOUND : SeekStatus.NOT_FOUND;
            }
        }

        _index = _block.Count - 1;
        return MoveNext() ? SeekStatus.NOT_FOUND : SeekStatus.END;
    }

    public override void SeekExact(long ord) => throw new NotSupportedException("terms have no ordinals in this format");

    public override void SeekExact(BytesRef term, TermState state)
    {
        _term.CopyBytes(term);
        _entry = ((State)state).Entry;
        _byState = true;
    }

    public override TermState GetTermState() => new State { Entry = _entry };

    public override DocsEnum Docs(IBits? liveDocs, DocsEnum? reuse, DocsFlags flags)
    {
        BlockDocsEnum docs = reuse is BlockDocsEnum old && old.Belongs(terms) ? old : new BlockDocsEnum(terms);
        docs.Reset(_entry, liveDocs);
        return docs;
    }

    public override DocsAndPositionsEnum? DocsAndPositions(IBits? liveDocs, DocsAndPositionsEnum? reuse, DocsAndPositionsFlags flags)
    {
        if (!_dictionary.HasPositions)
        {
            return null;
        }

        return (BlockDocsEnum)Docs(liveDocs, reuse, DocsFlags.FREQS);
    }

    private void Take(int index)
    {
        _index = index;
        _entry = _block.Entries[index];
        ReadOnlySpan<byte> bytes = _block.Term(index);
        _term.Grow(bytes.Length);
        _term.Offset = 0;
        _term.Length = bytes.Length;
        bytes.CopyTo(_term.Bytes);
    }

    private sealed class State : TermState
    {
        public TermEntry Entry { get; set; }

        public override void CopyFrom(TermState other) => Entry = ((State)other).Entry;
    }
}
