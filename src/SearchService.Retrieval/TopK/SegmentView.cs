using System.Collections.Concurrent;
using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>One segment as the engine reads it. Thread-safe.</summary>
internal sealed unsafe class SegmentView
{
    private readonly ConcurrentDictionary<string, SegmentField?> _fields = new(StringComparer.Ordinal);
    private readonly ulong[]? _live;

    /// <exception cref="ArgumentException">The segment was not written by <see cref="RetrievalCodec"/>.</exception>
    public SegmentView(AtomicReaderContext context, int ordinal)
    {
        Context = context;
        Reader = context.AtomicReader;
        Ordinal = ordinal;
        DocBase = context.DocBase;
        MaxDoc = Reader.MaxDoc;
        Deleted = MaxDoc - Reader.NumDocs;
        if (Reader.LiveDocs is { } live)
        {
            _live = GC.AllocateArray<ulong>(DocSet.WordsFor(MaxDoc) + PostingsCursor.SpareWords, pinned: true);
            for (int i = 0; i < MaxDoc; i++)
            {
                _live[i >> 6] |= live.Get(i) ? 1UL << (i & 63) : 0;
            }

            fixed (ulong* start = _live)
            {
                Live = start;
            }
        }

        foreach (string field in Reader.Fields ?? Enumerable.Empty<string>())
        {
            if (Reader.GetTerms(field) is not BlockTerms)
            {
                string found = Reader.GetTerms(field)?.GetType().Name ?? "none";
                throw new ArgumentException($"field '{field}' of segment {Reader} has {found}, want postings of {nameof(RetrievalCodec)}", nameof(context));
            }
        }
    }

    public AtomicReaderContext Context { get; }

    public AtomicReader Reader { get; }

    /// <summary>Place among the reader's segments.</summary>
    public int Ordinal { get; }

    /// <summary>Number in the whole reader of the segment's document 0.</summary>
    public int DocBase { get; }

    public int MaxDoc { get; }

    public int Deleted { get; }

    /// <summary>Bits of the documents that are not deleted; null where none is.</summary>
    public ulong* Live { get; }

    /// <summary>A field's terms and norms here; null where the segment has no such field.</summary>
    public SegmentField? Field(string name) => _fields.GetOrAdd(name, static (n, reader) =>
        reader.GetTerms(n) is BlockTerms terms ? new SegmentField(terms, reader.GetNormValues(n) as FieldNorms) : null, Reader);
}

/// <summary>A field in one segment.</summary>
internal sealed unsafe class SegmentField
{
    private static readonly byte[] NoNorm = GC.AllocateArray<byte>(64, pinned: true);

    public SegmentField(BlockTerms terms, FieldNorms? norms)
    {
        Terms = terms;
        Norms = norms;
        if (norms is not null && norms.Bytes == null)
        {
            string name = terms.Dictionary.Field.Name;
            throw new InvalidOperationException($"norms of field '{name}' are not bytes: another similarity than {nameof(Bm25)} wrote them");
        }

        fixed (byte* none = NoNorm)
        {
            NormBytes = norms is null ? none : norms.Bytes;
        }

        NormMask = norms is null ? 0 : -1;
    }

    public BlockTerms Terms { get; }

    /// <summary>Null where the field has none.</summary>
    public FieldNorms? Norms { get; }

    /// <summary>Norm byte of a document at [document and <see cref="NormMask"/>]; readable three bytes further.</summary>
    public byte* NormBytes { get; }

    /// <summary>All ones, or zero for a field without norms.</summary>
    public int NormMask { get; }
}
