using System.Collections.Frozen;

namespace SearchService.Archive.Reading;

/// <summary>
/// Formats that are known and not read, so that they are refused by name. A format that gets a reader loses its entry here
/// where the reader does not come first anyway.
/// </summary>
internal static class UnsupportedFormats
{
    /// <summary>Magic numbers, as file(1) and the formats' own specifications have them: offset, bytes, name.</summary>
    private static readonly (int Offset, byte[] Bytes, string Name)[] Magic =
    [
        (0, "%PDF-"u8.ToArray(), "a PDF document"),
        (0, "%!PS"u8.ToArray(), "a PostScript document"),
        (0, "{\\rtf"u8.ToArray(), "an RTF document"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Office document"),
        (0, "PK\x03\x04"u8.ToArray(), "a zip archive or Office document"),
        (0, "PK\x05\x06"u8.ToArray(), "an empty zip archive"),
        (0, "Rar!\x1A\x07"u8.ToArray(), "a rar archive"),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        (257, "ustar"u8.ToArray(), "a tar archive"),
        (0, "BZh"u8.ToArray(), "bzip2 data"),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data"),
        (0, [0x04, 0x22, 0x4D, 0x18], "lz4 data"),
        (0, [0x1F, 0x9D], "compress data"),
        (0, "WARC/"u8.ToArray(), "a WARC file"),
        (0, "filedesc://"u8.ToArray(), "an ARC file"),
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG image"),
        (0, [0xFF, 0xD8, 0xFF], "a JPEG image"),
        (0, "GIF87a"u8.ToArray(), "a GIF image"),
        (0, "GIF89a"u8.ToArray(), "a GIF image"),
        (0, [0x49, 0x49, 0x2A, 0x00], "a TIFF image"),
        (0, [0x4D, 0x4D, 0x00, 0x2A], "a TIFF image"),
        (0, "RIFF"u8.ToArray(), "a RIFF file (WebP, WAV, AVI)"),
        (4, "ftyp"u8.ToArray(), "an MP4 or HEIF file"),
        (0, "OggS"u8.ToArray(), "an Ogg file"),
        (0, "ID3"u8.ToArray(), "an MP3 file"),
        (0, "SQLite format 3\0"u8.ToArray(), "an SQLite database"),
        (0, "PAR1"u8.ToArray(), "a Parquet file"),
        (0, [0x7F, 0x45, 0x4C, 0x46], "a program"),
        (0, [0x01], "a wire message (ANPA 1312, IPTC 7901)"),
        (0, [0x16, 0x16, 0x01], "a wire message (ANPA 1312, IPTC 7901)"),
    ];

    /// <summary>Endings of text files that hold something else than one article's text.</summary>
    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "an HTML page",
        [".htm"] = "an HTML page",
        [".xhtml"] = "an HTML page",
        [".xml"] = "an XML document",
        [".nitf"] = "an XML document",
        [".rss"] = "an XML document",
        [".atom"] = "an XML document",
        [".rdf"] = "an XML document",
        [".xsd"] = "an XML document",
        [".xsl"] = "an XML document",
        [".svg"] = "an XML document",
        [".dtd"] = "a document type definition",
        [".sgm"] = "an SGML document of an unknown type",
        [".sgml"] = "an SGML document of an unknown type",
        [".csv"] = "a table",
        [".tsv"] = "a table",
        [".eml"] = "an e-mail",
        [".mbox"] = "a mailbox",
        [".yml"] = "a YAML document",
        [".yaml"] = "a YAML document",
        [".toml"] = "a TOML document",
        [".ini"] = "a settings file",
        [".sql"] = "a database dump",
        [".css"] = "program text",
        [".js"] = "program text",
        [".py"] = "program text",
        [".sh"] = "program text",
        [".bat"] = "program text",
        [".c"] = "program text",
        [".h"] = "program text",
        [".cs"] = "program text",
        [".java"] = "program text",
        [".go"] = "program text",
        [".php"] = "program text",
        [".tex"] = "a TeX document",
        [".bib"] = "a bibliography",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Header fields (RFC 5322) that an article's first lines do not have.</summary>
    private static readonly string[] MailFields = ["received:", "return-path:", "message-id:", "mime-version:", "delivered-to:", "x-mailer:"];

    /// <summary>The binary or packed format that the first bytes name; null for none.</summary>
    public static string? ByMagic(InputHead head)
    {
        foreach ((int offset, byte[] bytes, string name) in Magic)
        {
            if (head.Raw.Length >= offset + bytes.Length && head.Raw.Span.Slice(offset, bytes.Length).SequenceEqual(bytes))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The text format that content or name tell; null for what may be plain text.</summary>
    public static string? ByText(InputHead head) => ByMarkup(head.Start) ?? ByMailHeader(head.Start) ?? Extensions.GetValueOrDefault(head.Extension);

    private static string? ByMarkup(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2 || start[0] != '<' || !(char.IsAsciiLetter((char)start[1]) || start[1] is (byte)'!' or (byte)'?'))
        {
            return null;
        }

        string begin = System.Text.Encoding.Latin1.GetString(start[..Math.Min(start.Length, 512)]);
        return begin.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || begin.Contains("<html", StringComparison.OrdinalIgnoreCase)
            ? "an HTML page"
            : begin.StartsWith("<?xml", StringComparison.Ordinal) ? "an XML document" : "a document with markup (XML, HTML or SGML)";
    }

    private static string? ByMailHeader(ReadOnlySpan<byte> start)
    {
        string begin = System.Text.Encoding.Latin1.GetString(start[..Math.Min(start.Length, 4096)]);
        int header = begin.AsSpan().IndexOf("\n\n");
        int fields = begin[..(header < 0 ? begin.Length : header)]
            .Split('\n')
            .Count(line => MailFields.Any(field => line.StartsWith(field, StringComparison.OrdinalIgnoreCase)));
        return fields >= 2 ? "an e-mail" : null;
    }
}
