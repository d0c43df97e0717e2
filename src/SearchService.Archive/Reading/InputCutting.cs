namespace SearchService.Archive.Reading;

/// <summary>
/// One pass over one input. The only place that catches what opening and cutting throw: it becomes the last record, a
/// rejected one, after the records before it.
/// </summary>
internal sealed class InputCutting(string path, Func<Stream> open, ReadingOptions options) : IDisposable
{
    private readonly List<IDisposable> _opened = [];
    private CountingStream? _content;
    private IEnumerator<PendingRecord>? _records;
    private long _nextRecord;
    private bool _any;
    private bool _ended;

    /// <summary>The next record; null after the last one.</summary>
    public PendingRecord? Next()
    {
        if (_ended)
        {
            return null;
        }

        PendingRecord? record = TryNext(out ReadResult.Rejected? end);
        if (record is null)
        {
            _ended = true;
            end ??= _any ? null : Reject(RejectKind.Empty, "no records");
            record = end is null ? null : PendingRecord.Of(end);
        }

        if (record is not null)
        {
            record.Position = _content?.BytesRead ?? 0;
            _nextRecord = record.Record + 1;
            _any = true;
        }

        return record;
    }

    public void Dispose()
    {
        _records?.Dispose();
        for (int i = _opened.Count - 1; i >= 0; i--)
        {
            _opened[i].Dispose();
        }
    }

    private PendingRecord? TryNext(out ReadResult.Rejected? end)
    {
        end = null;
        try
        {
            _records ??= Open().GetEnumerator();
            return _records.MoveNext() ? _records.Current : null;
        }
        catch (InputRefusedException e)
        {
            end = Reject(e.Kind, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            end = Reject(RejectKind.Unreadable, RegularFile.Describe(e));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            end = Reject(RejectKind.Failed, Failure.Describe("reading", e));
        }

        return null;
    }

    private ReadResult.Rejected Reject(RejectKind kind, string reason) => new(path, _nextRecord, kind, reason);

    /// <summary>Opens, takes the compression off, layer by layer, and lets the format's reader cut.</summary>
    private IEnumerable<PendingRecord> Open()
    {
        _content = new CountingStream(Keep(open()));
        Stream stream = _content;
        string name = path[(path.LastIndexOf('/') + 1)..];
        for (int layers = 0; ; layers++)
        {
            HeadStream head = Keep(new HeadStream(stream, InputHead.MaxBytes));
            if (Compression.Of(head.Head.Span) is not { } compression)
            {
                return Cut(new InputHead(name, head.Head, head.Complete), head);
            }

            if (layers == options.MaxCompressionLayers)
            {
                throw new InputRefusedException(
                    RejectKind.OverLimit,
                    Limit.Exceeded("file", options.MaxCompressionLayers, "layers of compression", nameof(ReadingOptions.MaxCompressionLayers)));
            }

            name = compression.InnerName(name);
            stream = Keep(compression.Open(head, options));
        }
    }

    private IEnumerable<PendingRecord> Cut(InputHead head, HeadStream content)
    {
        if (head.Complete && head.Start.IsEmpty)
        {
            throw new InputRefusedException(RejectKind.Empty, head.Raw.IsEmpty ? "empty file" : "blank file");
        }

        return FormatDetector.Detect(head, out RejectKind kind, out string reason) is { } reader
            ? reader.Records(new ReaderInput(path, head, content, options))
            : throw new InputRefusedException(kind, reason);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
