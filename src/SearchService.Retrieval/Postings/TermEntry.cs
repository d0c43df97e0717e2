namespace SearchService.Retrieval.Postings;

/// <summary>What the dictionary tells of a term in one segment.</summary>
internal struct TermEntry
{
    /// <summary>Documents with the term, deleted ones included; 0 where the segment has no such term.</summary>
    public int DocFreq;

    /// <summary>Occurrences in all documents; equal to <see cref="DocFreq"/> where frequencies are not indexed.</summary>
    public long TotalFreq;

    /// <summary>The term's bytes in the document file; none for a term of one document.</summary>
    public long DocsAt;

    public long DocsBytes;

    /// <summary>The term's bytes in the position file; none for a term that occurs once.</summary>
    public long PositionsAt;

    public long PositionsBytes;

    /// <summary>Index of the term's first number among the field's block maxima; only where <see cref="DocFreq"/> is over 128.</summary>
    public long ImpactsAt;

    /// <summary>The document of a term of one document.</summary>
    public int SingleDoc;

    /// <summary>The position of a term that occurs once, where positions are indexed.</summary>
    public int SinglePosition;

    /// <summary>Blocks of 128 documents.</summary>
    public readonly int Blocks => (DocFreq + BlockUnpack.BlockSize - 1) / BlockUnpack.BlockSize;
}
