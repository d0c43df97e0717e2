using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SearchService.Archive.Ingestion;

/// <summary>One line of the report file.</summary>
/// <param name="Kind">Name of a <see cref="Reading.RejectKind"/>, or <see cref="Warning"/>.</param>
public readonly record struct ReportLine(string Path, long Record, string Kind, string Reason)
{
    /// <summary>Kind of a line about an article that was indexed all the same.</summary>
    public const string Warning = "warning";
}

/// <summary>
/// The report of a run as a file: one json object a line, <c>{"path":…,"record":…,"kind":…,"reason":…}</c>, in input order. The
/// file appears with its first line; one of an earlier run is removed at once.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly string? _path;
    private readonly ArrayBufferWriter<byte> _line = new();
    private FileStream? _file;

    /// <param name="path">Null for no file.</param>
    public ReportFile(string? path)
    {
        _path = path;
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    /// <summary>The path, once there is a file.</summary>
    public string? Path => _file is null ? null : _path;

    public void Write(ReportLine line)
    {
        if (_path is null)
        {
            return;
        }

        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Json))
        {
            json.WriteStartObject();
            json.WriteString("path", line.Path);
            json.WriteNumber("record", line.Record);
            json.WriteString("kind", line.Kind);
            json.WriteString("reason", line.Reason);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        _file ??= new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);
        _file.Write(_line.WrittenSpan);
    }

    public void Dispose() => _file?.Dispose();
}
