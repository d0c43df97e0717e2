using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// Lucene's 4.6 codec with <see cref="BlockPostingsFormat"/> for all fields' postings, <see cref="BlockNormsFormat"/> for norms and
/// <see cref="BlockNumbersFormat"/> for doc values. Set it on the <c>IndexWriterConfig</c>, with <see cref="Bm25"/> as similarity;
/// <see cref="Register"/> it before any index is opened.
/// </summary>
[CodecName("SearchServiceRetrieval")]
public sealed class RetrievalCodec : FilterCodec
{
    private static readonly Lock Registering = new();
    private static bool _registered;

    /// <exception cref="PlatformNotSupportedException">The processor is big-endian: files are read in place, little-endian.</exception>
    public RetrievalCodec()
        : base(new Numbers())
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("the index is read in place and needs a little-endian processor");
        }

        PostingsFormat = new BlockPostingsFormat();
        NormsFormat = new BlockNormsFormat();
    }

    public override PostingsFormat PostingsFormat { get; }

    public override NormsFormat NormsFormat { get; }

    /// <summary>
    /// Makes codec and format known to Lucene, which finds them by name when it opens an index. Once a process, before the first index is opened or
    /// written; further calls do nothing.
    /// </summary>
    public static void Register()
    {
        lock (Registering)
        {
            if (_registered)
            {
                return;
            }

            Codec.SetCodecFactory(new DefaultCodecFactory { CustomCodecTypes = [typeof(RetrievalCodec)] });
            DefaultPostingsFormatFactory formats = new() { CustomPostingsFormatTypes = [typeof(BlockPostingsFormat)] };
            Lucene.Net.Codecs.PostingsFormat.SetPostingsFormatFactory(formats);
            DefaultDocValuesFormatFactory values = new() { CustomDocValuesFormatTypes = [typeof(BlockNumbersFormat)] };
            Lucene.Net.Codecs.DocValuesFormat.SetDocValuesFormatFactory(values);
            _registered = true;
        }
    }

    /// <summary>Names each field's format in the segment, so that those of older segments, which are Lucene's, are read as before.</summary>
    private sealed class Numbers : Lucene46Codec
    {
        private readonly BlockNumbersFormat _format = new();

        public override DocValuesFormat GetDocValuesFormatForField(string field) => _format;
    }
}
