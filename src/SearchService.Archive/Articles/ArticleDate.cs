using System.Globalization;
using System.Text.Json.Serialization;

namespace SearchService.Archive.Articles;

/// <summary>How exactly a date is known. A coarser date covers a whole period.</summary>
public enum DatePrecision : byte
{
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// <summary>Where a date was read, most trusted first.</summary>
public enum DateProvenance : byte
{
    /// <summary>A field of the input that says when the article was published.</summary>
    Declared,

    /// <summary>A visible line of the text with day, month and year.</summary>
    Stamp,

    /// <summary>The path part of the article's address, /2018/11/21/.</summary>
    Url,

    /// <summary>The dateline's day with a year found elsewhere in the input.</summary>
    Dateline,

    /// <summary>The name of the file or of the folders it lies in.</summary>
    FileName,
}

/// <summary>
/// The civil date and time printed in the article: never converted to another zone, never completed with an invented
/// hour or offset. <see cref="Precision"/> says how much of it is known; parts beyond it are 1 (month, day) or 0.
/// Years 1 to 9999 of the proleptic Gregorian calendar.
/// </summary>
public readonly record struct ArticleDate
{
    /// <summary>A date of the given precision; throws <see cref="ArgumentOutOfRangeException"/> for a day that does not exist.</summary>
    /// <param name="local">Date and time as printed; its kind is ignored, parts beyond <paramref name="precision"/> are dropped.</param>
    /// <param name="precision">How much of <paramref name="local"/> is known.</param>
    /// <param name="offset">Offset from UTC as printed, whole minutes within ±18 h; null where none is printed. Ignored for days and coarser.</param>
    public ArticleDate(DateTime local, DatePrecision precision, TimeSpan? offset, DateProvenance provenance)
    {
        if (offset is { } o && (o.Duration() > TimeSpan.FromHours(18) || o.Ticks % TimeSpan.TicksPerMinute != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(offset), o, "offset from UTC must be whole minutes within 18 hours");
        }

        Local = precision switch
        {
            DatePrecision.Year => new DateTime(local.Year, 1, 1),
            DatePrecision.Month => new DateTime(local.Year, local.Month, 1),
            DatePrecision.Day => new DateTime(local.Year, local.Month, local.Day),
            DatePrecision.Minute => new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0),
            DatePrecision.Second => new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
        };
        Precision = precision;
        Offset = precision >= DatePrecision.Minute ? offset : null;
        Provenance = provenance;
    }

    /// <summary>Civil date and time as printed, kind unspecified.</summary>
    public DateTime Local { get; }

    public DatePrecision Precision { get; }

    /// <summary>Offset from UTC as printed; null where none is printed.</summary>
    public TimeSpan? Offset { get; }

    public DateProvenance Provenance { get; }

    /// <summary>First day the date covers.</summary>
    [JsonIgnore]
    public DateOnly First => DateOnly.FromDateTime(Local);

    /// <summary>Last day the date covers: <see cref="First"/>, or the end of the month or year.</summary>
    [JsonIgnore]
    public DateOnly Last => Precision switch
    {
        DatePrecision.Year => new DateOnly(Local.Year, 12, 31),
        DatePrecision.Month => new DateOnly(Local.Year, Local.Month, DateTime.DaysInMonth(Local.Year, Local.Month)),
        _ => First,
    };

    /// <summary>The value as written everywhere: <c>2018</c>, <c>2018-11</c>, <c>2018-11-21</c>, <c>2018-11-21T14:20+04:00</c>, <c>2018-11-21T14:20:05Z</c>; no offset where none is known.</summary>
    [JsonIgnore]
    public string Value
    {
        get
        {
            string local = Local.ToString(Precision switch
            {
                DatePrecision.Year => "yyyy",
                DatePrecision.Month => "yyyy-MM",
                DatePrecision.Day => "yyyy-MM-dd",
                DatePrecision.Minute => "yyyy-MM-dd'T'HH:mm",
                _ => "yyyy-MM-dd'T'HH:mm:ss",
            }, CultureInfo.InvariantCulture);
            return Offset switch
            {
                null => local,
                { Ticks: 0 } => local + "Z",
                { } o => local + (o < TimeSpan.Zero ? "-" : "+") + o.ToString("hh':'mm", CultureInfo.InvariantCulture),
            };
        }
    }

    public override string ToString() => Value;

    /// <summary>Reads what <see cref="Value"/> writes. False for anything else.</summary>
    public static bool TryParse(string? text, DateProvenance provenance, out ArticleDate date)
    {
        date = default;
        if (text is null)
        {
            return false;
        }

        DatePrecision? precision = text.Length switch
        {
            4 => DatePrecision.Year,
            7 => DatePrecision.Month,
            10 => DatePrecision.Day,
            >= 19 when text[16] == ':' => DatePrecision.Second,
            >= 16 => DatePrecision.Minute,
            _ => null,
        };
        if (precision is not { } p)
        {
            return false;
        }

        (int length, string format) = p switch
        {
            DatePrecision.Year => (4, "yyyy"),
            DatePrecision.Month => (7, "yyyy-MM"),
            DatePrecision.Day => (10, "yyyy-MM-dd"),
            DatePrecision.Minute => (16, "yyyy-MM-dd'T'HH:mm"),
            _ => (19, "yyyy-MM-dd'T'HH:mm:ss"),
        };
        TimeSpan? offset = null;
        string rest = text[length..];
        if (rest == "Z")
        {
            offset = TimeSpan.Zero;
        }
        else if (rest.Length != 0)
        {
            if (rest.Length != 6 || rest[0] is not ('+' or '-')
                || !TimeSpan.TryParseExact(rest.AsSpan(1), "hh':'mm", CultureInfo.InvariantCulture, out TimeSpan o) || o > TimeSpan.FromHours(18))
            {
                return false;
            }

            offset = rest[0] == '-' ? -o : o;
        }

        if (!DateTime.TryParseExact(text.AsSpan(0, length), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        date = new ArticleDate(local, p, offset, provenance);
        return true;
    }
}
