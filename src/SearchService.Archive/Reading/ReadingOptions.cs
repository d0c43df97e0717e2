using System.ComponentModel.DataAnnotations;

namespace SearchService.Archive.Reading;

/// <summary>
/// Limits that protect a run from hostile or broken input, and the field mapping. A limit refuses with a reason that names
/// the option; nothing is cut in silence. The upper ends of the ranges are hard.
/// </summary>
public sealed class ReadingOptions
{
    /// <summary>Most bytes, unpacked, of a file that is read as a whole (text, reuters-sgml). Streamed formats (json, ndjson) have no such limit.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of one record inside a file: a line of ndjson, an element of a json array, a story of reuters-sgml.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int MaxRecordBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most characters of an article's text.</summary>
    [Range(1, 50_000_000)]
    public int MaxBodyChars { get; set; } = 2_000_000;

    /// <summary>Deepest nesting of objects and arrays in one json record.</summary>
    [Range(1, 1000)]
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Values and lines in one json or ndjson file that are no objects before the rest of the file is left unread.</summary>
    [Range(0, 1_000_000)]
    public int MaxStrayValues { get; set; } = 1000;

    /// <summary>Most values of a field with several (subjects, people, countries); more are left out with a warning.</summary>
    [Range(1, 1024)]
    public int MaxValuesPerField { get; set; } = 64;

    /// <summary>Most bytes one compressed file may unpack to. Memory stays flat whatever it is; it bounds time.</summary>
    [Range(1L, long.MaxValue)]
    public long MaxUnpackedBytes { get; set; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Most unpacked bytes for a packed one, looked at from the first unpacked megabyte on. News text has 3 to 10.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnpackRatio { get; set; } = 200;

    /// <summary>Most layers of compression around a file: 2 reads a.json.gz.zst.</summary>
    [Range(0, 8)]
    public int MaxCompressionLayers { get; set; } = 2;

    /// <summary>Which properties of a json record mean which field.</summary>
    [Required]
    public FieldMapping Mapping { get; set; } = FieldMapping.Default;
}
