using System.Buffers;
using System.Text;

namespace SearchService.Archive.Reading;

/// <summary>
/// Moves over json by its strings and brackets only and gathers what it passes as the current record. Nothing is checked beyond
/// that; the parser does it afterwards, on the record. No recursion: depth is a number.
/// </summary>
internal sealed class JsonScanner(Stream content, int maxRecordBytes)
{
    private const int MaxNameBytes = 64;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    private readonly ByteCursor _cursor = new(content);

    /// <summary>What was passed since it was cleared.</summary>
    public RecordBuffer Record { get; } = new(maxRecordBytes);

    /// <summary>Offset of the next byte in the file.</summary>
    public long Offset => _cursor.Offset;

    /// <summary>Whether the input is at its end.</summary>
    public bool AtEnd => _cursor.Peek() < 0;

    /// <summary>Moves one byte into the record.</summary>
    public void Take() => Move(_cursor.Available[..1], null);

    /// <summary>Moves white space (RFC 8259, section 2) into the record and answers the byte after it; -1 at the end.</summary>
    public int TakeSpace()
    {
        int next = _cursor.Peek();
        while (next is ' ' or '\t' or '\r' or '\n')
        {
            Take();
            next = _cursor.Peek();
        }

        return next;
    }

    /// <summary>Moves a property's name into the record; its text, or "" for a long one, or null where there is none.</summary>
    public string? TakeName()
    {
        if (_cursor.Peek() != '"')
        {
            return null;
        }

        var name = new RecordBuffer(MaxNameBytes);
        Take();
        return TakeStringRest(name) ? Encoding.UTF8.GetString(name.TooLong ? [] : name.ToArray()).TrimEnd('"') : null;
    }

    /// <summary>Moves one value into the record. False where there is none or the input ends inside it.</summary>
    public bool TakeValue()
    {
        switch (_cursor.Peek())
        {
            case '{' or '[':
                return TakeNested(0);
            case '"':
                Take();
                return TakeStringRest(null);
            case -1 or ',' or ':' or '}' or ']':
                return false;
        }

        while (_cursor.Available is { IsEmpty: false } span)
        {
            int end = span.IndexOfAny(AfterScalar);
            Move(end < 0 ? span : span[..end], null);
            if (end >= 0)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Moves on until as many brackets are closed as are open: those given and those met. False where the input ends before.</summary>
    public bool TakeNested(long open)
    {
        do
        {
            ReadOnlySpan<byte> span = _cursor.Available;
            if (span.IsEmpty)
            {
                return false;
            }

            int at = span.IndexOfAny(Structure);
            if (at < 0)
            {
                Move(span, null);
                continue;
            }

            byte found = span[at];
            Move(span[..(at + 1)], null);
            if (found != '"')
            {
                open += found is (byte)'{' or (byte)'[' ? 1 : -1;
            }
            else if (!TakeStringRest(null))
            {
                return false;
            }
        }
        while (open > 0);
        return true;
    }

    /// <summary>Moves on to the end of the string whose opening quote was taken.</summary>
    private bool TakeStringRest(RecordBuffer? copy)
    {
        while (_cursor.Available is { IsEmpty: false } span)
        {
            int at = span.IndexOfAny(InString);
            bool quote = at >= 0 && span[at] == '"';
            Move(at < 0 ? span : span[..(at + 1)], copy);
            if (quote)
            {
                return true;
            }

            if (at >= 0 && !_cursor.Available.IsEmpty)
            {
                // The escaped character, a quote perhaps.
                Move(_cursor.Available[..1], copy);
            }
        }

        return false;
    }

    private void Move(ReadOnlySpan<byte> bytes, RecordBuffer? copy)
    {
        Record.Append(bytes);
        copy?.Append(bytes);
        _cursor.Advance(bytes.Length);
    }
}
