using System.Globalization;

namespace SearchService.Archive.Reading;

/// <summary>
/// Cuts a stream of json values into article records, in constant memory: an object is a record, an array's elements are
/// records, and an object around one array of objects under a common name (<c>articles</c>, <c>response.docs</c>,
/// <c>hits.hits</c> …) is an envelope whose elements are. A piece over <see cref="ReadingOptions.MaxRecordBytes"/> is refused and
/// passed over. Where the structure itself breaks, the rest of the file cannot be cut: one rejected record says where.
/// </summary>
internal sealed class JsonCutter(Stream content, ReadingOptions options)
{
    private const int MaxEnvelopeLevels = 3;

    private static readonly HashSet<string> ArrayNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "articles", "items", "docs", "documents", "results", "hits", "stories", "news", "entries", "records", "posts", "data",
    };

    private static readonly HashSet<string> ContainerNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "response", "hits", "data", "result", "results", "feed", "payload", "content", "articles",
    };

    private readonly JsonScanner _scanner = new(content, options.MaxRecordBytes);
    private long _number;
    private bool _broken;

    public IEnumerable<CutPiece> Pieces()
    {
        while (!_broken)
        {
            int next = _scanner.TakeSpace();
            _scanner.Record.Clear();
            IEnumerable<CutPiece> pieces;
            switch (next)
            {
                case < 0:
                    yield break;
                case '[':
                    _scanner.Take();
                    pieces = Elements();
                    break;
                case '{':
                    pieces = ObjectOrEnvelope();
                    break;
                default:
                    pieces = Scalar();
                    break;
            }

            foreach (CutPiece piece in pieces)
            {
                yield return piece;
            }
        }
    }

    /// <summary>A value at the top that is neither object nor array: refused by the parser, and nothing after it is trusted.</summary>
    private IEnumerable<CutPiece> Scalar()
    {
        yield return _scanner.TakeValue() ? Piece() : Broken();
        _broken = true;
    }

    /// <summary>The elements of the array whose bracket was taken. Commas may be missing or too many.</summary>
    private IEnumerable<CutPiece> Elements()
    {
        while (true)
        {
            int next = _scanner.TakeSpace();
            _scanner.Record.Clear();
            if (next is ',' or ']')
            {
                _scanner.Take();
                if (next == ']')
                {
                    yield break;
                }
            }
            else if (_scanner.TakeValue())
            {
                yield return Piece();
            }
            else
            {
                yield return Broken();
                yield break;
            }
        }
    }

    /// <summary>
    /// The object that begins here as one record, or the elements of the array that it is an envelope of. What may be an article's
    /// text rules out an envelope.
    /// </summary>
    private IEnumerable<CutPiece> ObjectOrEnvelope()
    {
        _scanner.Take();
        int level = 0;
        bool hasText = false;
        while (true)
        {
            int next = _scanner.TakeSpace();
            if (next is ',' or '}')
            {
                _scanner.Take();
                level -= next == '}' ? 1 : 0;
                if (level < 0)
                {
                    yield return Piece();
                    yield break;
                }

                continue;
            }

            if (_scanner.TakeName() is not { } name || _scanner.TakeSpace() != ':')
            {
                yield return Broken();
                yield break;
            }

            _scanner.Take();
            switch (_scanner.TakeSpace())
            {
                case '{' when !hasText && level < MaxEnvelopeLevels && ContainerNames.Contains(name):
                    _scanner.Take();
                    level++;
                    continue;
                case '[' when !hasText && ArrayNames.Contains(name):
                    _scanner.Take();
                    if (_scanner.TakeSpace() == '{')
                    {
                        foreach (CutPiece piece in EnvelopeElements(level + 1))
                        {
                            yield return piece;
                        }

                        yield break;
                    }

                    // An array of something else is a property like others; its bracket is taken.
                    if (_scanner.TakeNested(1))
                    {
                        continue;
                    }

                    break;
                default:
                    hasText |= options.Mapping.MeansBody(name);
                    if (_scanner.TakeValue())
                    {
                        continue;
                    }

                    break;
            }

            yield return Broken();
            yield break;
        }
    }

    /// <summary>The elements, and then past the rest of the objects around them.</summary>
    private IEnumerable<CutPiece> EnvelopeElements(int openObjects)
    {
        foreach (CutPiece piece in Elements())
        {
            yield return piece;
        }

        if (!_broken && !_scanner.TakeNested(openObjects))
        {
            yield return Broken();
        }
    }

    private CutPiece Piece() => _scanner.Record.TooLong
        ? CutPiece.Refused(
            _number++, RejectKind.OverLimit, Limit.Exceeded("record", options.MaxRecordBytes, "bytes", nameof(ReadingOptions.MaxRecordBytes)))
        : CutPiece.Of(_number++, _scanner.Record.ToArray());

    private CutPiece Broken()
    {
        _broken = true;
        string what = _scanner.AtEnd ? "json ends too early" : "not valid json, the rest was not read";
        return CutPiece.Refused(
            _number++, RejectKind.Malformed, string.Create(CultureInfo.InvariantCulture, $"{what}: byte {_scanner.Offset} of the file"));
    }
}
