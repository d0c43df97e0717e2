using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Contracts;

/// <summary>How the values of the engine's enumerations are written in the contracts.</summary>
internal static class EnumNames
{
    public static string Of(DatePrecision precision) => precision switch
    {
        DatePrecision.Year => "year",
        DatePrecision.Month => "month",
        DatePrecision.Day => "day",
        DatePrecision.Minute => "minute",
        DatePrecision.Second => "second",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    public static string Of(DateProvenance provenance) => provenance switch
    {
        DateProvenance.Declared => "declared",
        DateProvenance.Stamp => "stamp",
        DateProvenance.Url => "url",
        DateProvenance.Dateline => "dateline",
        DateProvenance.FileName => "file-name",
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, null),
    };

    public static string Of(LocationProvenance provenance) => provenance switch
    {
        LocationProvenance.Declared => "declared",
        LocationProvenance.Dateline => "dateline",
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, null),
    };

    public static string Of(FindingIn place) => place switch
    {
        FindingIn.Headline => "headline",
        FindingIn.Body => "body",
        FindingIn.Source => "source",
        FindingIn.Declared => "declared",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, null),
    };

    public static string Of(DateInterval interval) => interval switch
    {
        DateInterval.Auto => "auto",
        DateInterval.Day => "day",
        DateInterval.Week => "week",
        DateInterval.Month => "month",
        DateInterval.Quarter => "quarter",
        DateInterval.Year => "year",
        DateInterval.Decade => "decade",
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, null),
    };

    public static string Of(MatchMode match) => match switch
    {
        MatchMode.Auto => "auto",
        MatchMode.All => "all",
        MatchMode.Any => "any",
        _ => throw new ArgumentOutOfRangeException(nameof(match), match, null),
    };
}
