using System.Buffers;
using System.Text;
using System.Text.Json;
using SearchService.Archive.Articles;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary>How an export writes articles.</summary>
internal interface IExportFormat
{
    string ContentType { get; }

    /// <summary>What stands before the first article.</summary>
    void Begin(IBufferWriter<byte> output);

    void Add(Article article, IBufferWriter<byte> output);
}

/// <summary>One JSON object a line: a hit without score and snippets.</summary>
internal sealed class NdjsonExport : IExportFormat
{
    public const string Name = "ndjson";
    public const string MediaType = "application/x-ndjson";

    public string ContentType => MediaType;

    public void Begin(IBufferWriter<byte> output)
    {
    }

    public void Add(Article article, IBufferWriter<byte> output)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(SearchMapping.Fields(article), ContractsJson.Readable.HitResponse));
        output.Write("\n"u8);
    }
}

/// <summary>
/// Comma-separated values by RFC 4180, with a header; several values of a field are joined by "; ". A cell that a spreadsheet would take for
/// a formula begins with an apostrophe (ASVS 5.0, 1.2.10).
/// </summary>
internal sealed class CsvExport : IExportFormat
{
    public const string Name = "csv";
    public const string MediaType = "text/csv";

    private static readonly (string Name, Func<Article, string?> Value)[] Columns =
    [
        ("id", a => a.Id.Value),
        ("date", a => a.Date?.Value),
        ("precision", a => a.Date is { } date ? EnumNames.Of(date.Precision) : null),
        ("headline", a => a.Headline),
        ("location", a => a.Location?.Text),
        ("locationCountry", a => a.Location?.Country),
        ("country", a => Joined(a.Countries)),
        ("person", a => Joined(a.People.Select(p => p.Name))),
        ("source", a => a.Source),
        ("language", a => a.Language),
        ("byline", a => a.Byline),
        ("section", a => a.Section),
        ("subject", a => Joined(a.Subjects)),
        ("url", a => a.Url),
    ];

    public string ContentType => MediaType + "; charset=utf-8; header=present";

    public void Begin(IBufferWriter<byte> output) => WriteRow(Columns.Select(c => c.Name), output);

    public void Add(Article article, IBufferWriter<byte> output) => WriteRow(Columns.Select(c => Cell(c.Value(article))), output);

    /// <summary>A value as a cell.</summary>
    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        string safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Joined(IEnumerable<string> values) => string.Join("; ", values);

    private static void WriteRow(IEnumerable<string> cells, IBufferWriter<byte> output) =>
        Encoding.UTF8.GetBytes(string.Join(',', cells) + "\r\n", output);
}
