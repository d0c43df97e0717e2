using ZstdSharp;
using ZstdSharp.Unsafe;

namespace SearchService.Archive.Reading;

/// <summary>
/// A compression around one file: gzip (RFC 1952) or Zstandard (RFC 8878), recognised by its magic number. It is no
/// archive: the path of an input stays the file's own.
/// </summary>
internal sealed class Compression
{
    /// <summary>Largest Zstandard window accepted: the memory its decoder may take.</summary>
    public const int MaxWindowMB = 128;

    private const int MaxWindowLog = 27;

    private static readonly Compression[] All =
    [
        new("gzip", ".gz", [0x1F, 0x8B, 0x08], packed => new GzipStream(packed)),
        new("zstd", ".zst", [0x28, 0xB5, 0x2F, 0xFD], OpenZstd),
    ];

    private readonly string _extension;
    private readonly byte[] _magic;
    private readonly Func<Stream, Stream> _open;

    private Compression(string name, string extension, byte[] magic, Func<Stream, Stream> open)
    {
        Name = name;
        _extension = extension;
        _magic = magic;
        _open = open;
    }

    public string Name { get; }

    /// <summary>The compression that data begin with; null for none.</summary>
    public static Compression? Of(ReadOnlySpan<byte> head)
    {
        foreach (Compression compression in All)
        {
            if (head.StartsWith(compression._magic))
            {
                return compression;
            }
        }

        return null;
    }

    /// <summary>Unpacks. Damage, an early end and an exceeded limit are thrown as <see cref="InputRefusedException"/> where they are met.</summary>
    public Stream Open(Stream packed, ReadingOptions options)
    {
        var counted = new CountingStream(packed);
        return new UnpackingStream(Name, _open(counted), counted, options);
    }

    /// <summary>The file name without the compression's ending: a.ndjson.gz is a.ndjson.</summary>
    public string InnerName(string name) =>
        name.EndsWith(_extension, StringComparison.OrdinalIgnoreCase) ? name[..^_extension.Length] : name;

    private static DecompressionStream OpenZstd(Stream packed)
    {
        var stream = new DecompressionStream(packed, leaveOpen: true);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        return stream;
    }
}
