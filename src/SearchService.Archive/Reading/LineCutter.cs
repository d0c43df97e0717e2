namespace SearchService.Archive.Reading;

/// <summary>
/// Cuts a stream into its lines (ended by LF, with or without CR) in constant memory. Blank lines are left out but counted:
/// a record's number is its line's number, from 0. A line over <see cref="ReadingOptions.MaxRecordBytes"/> is refused and
/// passed over.
/// </summary>
internal sealed class LineCutter(Stream content, ReadingOptions options)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public IEnumerable<CutPiece> Pieces()
    {
        bool tooLong = false;
        for (long number = 0; ; number++)
        {
            int length = FindLine(ref tooLong);
            if (tooLong)
            {
                tooLong = false;
                yield return CutPiece.Refused(
                    number, RejectKind.OverLimit, Limit.Exceeded("line", options.MaxRecordBytes, "bytes", nameof(ReadingOptions.MaxRecordBytes)));
            }
            else if (length >= 0 && Line(length) is { Length: > 0 } line)
            {
                yield return CutPiece.Of(number, line);
            }

            if (length < 0)
            {
                yield break;
            }

            _start = Math.Min(_start + length + 1, _end);
        }
    }

    private byte[] Line(int length) => _buffer.AsSpan(_start, length).Trim(" \t\r"u8).ToArray();

    /// <summary>Length of the line at <see cref="_start"/>; -1 at the end. Of a line that is too long only the rest is left.</summary>
    private int FindLine(ref bool tooLong)
    {
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            int length = newline < 0 ? _end - _start : searched + newline;
            if (length > options.MaxRecordBytes)
            {
                tooLong = true;
            }

            if (newline >= 0)
            {
                return length;
            }

            if (tooLong)
            {
                _start = _end;
            }

            searched = _end - _start;
            if (!Fill())
            {
                return searched > 0 ? searched : -1;
            }
        }
    }

    /// <summary>Reads on, behind the bytes that are still needed.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = content.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
