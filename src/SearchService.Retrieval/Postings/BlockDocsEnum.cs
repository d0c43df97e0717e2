using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Postings;

/// <summary>One term's documents, frequencies and positions in order, for Lucene's own code: stock queries, merging, CheckIndex.</summary>
internal sealed unsafe class BlockDocsEnum : DocsAndPositionsEnum
{
    private readonly BlockTerms _terms;
    private readonly PostingsCursor _cursor = new();
    private IBits? _live;
    private int _doc;
    private int _index;

    // positions of the current document: found when first asked for
    private PackedPositions _positions;
    private int _positionsRead;

    public BlockDocsEnum(BlockTerms terms)
    {
        _terms = terms;
    }

    public override int DocID => _doc;

    public override int Freq
    {
        get
        {
            int freq = _terms.HasFreqs ? _cursor.Freq(_index) : 1;
            return freq > 0 && freq <= _cursor.Entry.TotalFreq
                ? freq
                : throw new CorruptIndexException($"a term occurs {freq} times in a document, {_cursor.Entry.TotalFreq} times in all");
        }
    }

    public override int StartOffset => -1;

    public override int EndOffset => -1;

    public bool Belongs(BlockTerms terms) => ReferenceEquals(terms, _terms);

    public void Reset(in TermEntry entry, IBits? live)
    {
        _cursor.Open(_terms, entry);
        _live = live;
        _doc = -1;
        _index = -1;
        _positionsRead = 0;
        _cursor.DecodeDocs();
    }

    public override BytesRef? GetPayload() => null;

    public override long GetCost() => _cursor.DocFreq;

    public override int NextDoc()
    {
        while (true)
        {
            if (++_index >= _cursor.Count)
            {
                if (_cursor.Block + 1 >= _cursor.Blocks)
                {
                    _index = _cursor.Count;
                    return _doc = NO_MORE_DOCS;
                }

                _cursor.Block++;
                _cursor.DecodeDocs();
                _index = 0;
            }

            int doc = _cursor.Docs[_index];
            if (_live is null || _live.Get(doc))
            {
                _positionsRead = 0;
                return _doc = doc;
            }
        }
    }

    public override int Advance(int target)
    {
        int block = _cursor.Block;
        if (!_cursor.Seek(target))
        {
            _cursor.Block = _cursor.Blocks - 1;
            _cursor.DecodeDocs();
            _index = _cursor.Count;
            return _doc = NO_MORE_DOCS;
        }

        if (_cursor.Block != block)
        {
            _cursor.DecodeDocs();
            _index = -1;
        }

        int index = Math.Max(0, _index);
        while (_cursor.Docs[index] < target)
        {
            index++;
        }

        _index = index - 1;
        return NextDoc();
    }

    public override int NextPosition()
    {
        if (_positionsRead == 0)
        {
            _positions = _cursor.OpenPositions().At(_index);
        }

        return _positions[_positionsRead++];
    }
}
