using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Web;

/// <summary>How values read on the page: English, independent of the server's culture.</summary>
internal static class DisplayText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>"21 November 2018, 14:20 UTC+4", as exact as the date is and no more.</summary>
    public static string Date(ArticleDate date)
    {
        string day = date.Precision switch
        {
            DatePrecision.Year => date.Local.ToString("yyyy", Culture),
            DatePrecision.Month => date.Local.ToString("MMMM yyyy", Culture),
            _ => date.Local.ToString("d MMMM yyyy", Culture),
        };
        return date.Precision < DatePrecision.Minute ? day : $"{day}, {date.Local.ToString("HH:mm", Culture)}{Offset(date.Offset)}";
    }

    /// <summary>"1 article", "2,310 articles".</summary>
    public static string Articles(long count) => count == 1 ? "1 article" : $"{Count(count)} articles";

    public static string Count(long count) => count.ToString("N0", Culture);

    /// <summary>"Baku, Azerbaijan"; a facet's value for a place or a code made readable.</summary>
    public static string Value(ArticleField field, string value)
    {
        if (value == ArticleSchema.Missing)
        {
            return "unknown";
        }

        if (field.HasCodes)
        {
            return CountryNames.NameOf(value) ?? value;
        }

        int comma = value.LastIndexOf(", ", StringComparison.Ordinal);
        bool place = field == ArticleSchema.Location || field == ArticleSchema.Place;
        return place && comma > 0 && CountryNames.NameOf(value[(comma + 2)..]) is { } country ? $"{value[..comma]}, {country}" : value;
    }

    /// <summary>What a bucket is called: "1960s", "1968", "Q2 1968", "August 1968", "week of 5 August 1968", "20 August 1968".</summary>
    public static string Bucket(DateBucket bucket, DateInterval interval) => interval switch
    {
        DateInterval.Decade => $"{bucket.From.Year.ToString(Culture)}s",
        DateInterval.Year => bucket.From.ToString("yyyy", Culture),
        DateInterval.Quarter => $"Q{((bucket.From.Month - 1) / 3) + 1} {bucket.From.ToString("yyyy", Culture)}",
        DateInterval.Month => bucket.From.ToString("MMMM yyyy", Culture),
        DateInterval.Week => $"week of {bucket.From.ToString("d MMMM yyyy", Culture)}",
        _ => bucket.From.ToString("d MMMM yyyy", Culture),
    };

    /// <summary>"1945 to 2020", "26 September 1960 to 10 December 1961".</summary>
    public static string Span(DateBucket first, DateBucket last, DateInterval interval) => interval == DateInterval.Week
        ? $"{first.From.ToString("d MMMM yyyy", Culture)} to {last.To.AddDays(-1).ToString("d MMMM yyyy", Culture)}"
        : $"{Bucket(first, interval)} to {Bucket(last, interval)}";

    /// <summary>A text with its first letter in upper case.</summary>
    public static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The date filter's value for a bucket: what to send as <c>date=</c>.</summary>
    public static string BucketValue(DateBucket bucket, DateInterval interval)
    {
        string from = bucket.From.ToString("yyyy-MM-dd", Culture);
        return interval switch
        {
            DateInterval.Day => from,
            DateInterval.Month => from[..7],
            DateInterval.Year => from[..4],
            DateInterval.Decade => $"{from[..4]}/{(bucket.From.Year + 9).ToString("0000", Culture)}",
            _ => $"{from}/{bucket.To.AddDays(-1).ToString("yyyy-MM-dd", Culture)}",
        };
    }

    /// <summary>A facet's heading.</summary>
    public static string Heading(ArticleField field) => field.Name switch
    {
        "country" => "Countries",
        "person" => "People",
        "location" => "Filed from",
        "locationCountry" => "Country filed from",
        "source" => "Sources",
        "mentioned" => "Countries mentioned",
        "place" => "Places",
        "language" => "Languages",
        "section" => "Sections",
        "subject" => "Subjects",
        "byline" => "Bylines",
        _ => field.Name,
    };

    private static string Offset(TimeSpan? offset) => offset switch
    {
        null => "",
        { Ticks: 0 } => " UTC",
        { Minutes: 0 } o => $" UTC{(o < TimeSpan.Zero ? '−' : '+')}{Math.Abs(o.Hours).ToString(Culture)}",
        { } o => $" UTC{(o < TimeSpan.Zero ? '−' : '+')}{o.ToString("h':'mm", Culture)}",
    };
}
