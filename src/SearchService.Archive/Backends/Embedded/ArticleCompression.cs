using System.Collections.Concurrent;
using ZstdSharp;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Compresses stored articles one by one with Zstandard and a dictionary learnt from the archive itself. A third of the text's
/// size, where Lucene's LZ4 blocks take three fifths, and one article is read without its neighbours. Thread-safe.
/// </summary>
internal sealed class ArticleCompression : IDisposable
{
    private const int Level = 3;
    private const int DictionaryBytes = 64 << 10;

    /// <summary>A dictionary of fewer samples helps nobody.</summary>
    private const int MinSamples = 200;

    /// <summary>Largest article read back; what claims more is damaged.</summary>
    private const int MaxArticleBytes = 256 << 20;

    private readonly byte[] _dictionary;
    private readonly ConcurrentBag<Compressor> _compressors = [];
    private readonly ConcurrentBag<Decompressor> _decompressors = [];

    private ArticleCompression(byte[] dictionary) => _dictionary = dictionary;

    /// <summary>The dictionary in base 64, to be kept with the archive; empty for none.</summary>
    public string Dictionary => Convert.ToBase64String(_dictionary);

    /// <summary>Learns from some of an archive's articles. Few articles give no dictionary.</summary>
    public static ArticleCompression Learn(IReadOnlyList<byte[]> samples)
    {
        if (samples.Count < MinSamples)
        {
            return new ArticleCompression([]);
        }

        try
        {
            return new ArticleCompression(DictBuilder.TrainFromBuffer(samples, DictionaryBytes));
        }
        catch (ZstdException)
        {
            // Samples too alike or too short to learn from.
            return new ArticleCompression([]);
        }
    }

    /// <summary>What <see cref="Dictionary"/> gave.</summary>
    /// <exception cref="FormatException">It is not base 64.</exception>
    public static ArticleCompression Of(string dictionary) => new(Convert.FromBase64String(dictionary));

    public byte[] Compress(ReadOnlySpan<byte> stored)
    {
        if (!_compressors.TryTake(out Compressor? compressor))
        {
            compressor = new Compressor(Level);
            if (_dictionary.Length > 0)
            {
                compressor.LoadDictionary(_dictionary);
            }
        }

        byte[] compressed = compressor.Wrap(stored).ToArray();
        _compressors.Add(compressor);
        return compressed;
    }

    /// <exception cref="ZstdException">Not what <see cref="Compress"/> gave, or of another dictionary.</exception>
    public ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> compressed)
    {
        if (!_decompressors.TryTake(out Decompressor? decompressor))
        {
            decompressor = new Decompressor();
            if (_dictionary.Length > 0)
            {
                decompressor.LoadDictionary(_dictionary);
            }
        }

        // After an exception the decompressor is not kept.
        Span<byte> stored = decompressor.Unwrap(compressed, MaxArticleBytes);
        _decompressors.Add(decompressor);
        return stored;
    }

    public void Dispose()
    {
        foreach (Compressor compressor in _compressors)
        {
            compressor.Dispose();
        }

        foreach (Decompressor decompressor in _decompressors)
        {
            decompressor.Dispose();
        }
    }
}
