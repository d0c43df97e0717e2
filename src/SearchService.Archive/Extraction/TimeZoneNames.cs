using System.Collections.Frozen;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Offsets of the zone abbreviations printed beside times. Only where the letters mean one offset in news: IST (India, Israel,
/// Ireland), AST (Atlantic, Arabia), ET, CT and PT (summer or winter) have none, since an offset is never invented.
/// RFC 822 clause 5.1 for the American ones.
/// </summary>
internal static class TimeZoneNames
{
    private static readonly FrozenDictionary<string, int> Minutes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
        ["NST"] = -210,
        ["NDT"] = -150,
        ["ADT"] = -180,
        ["BRT"] = -180,
        ["ART"] = -180,
        ["BST"] = 60,
        ["WEST"] = 60,
        ["CET"] = 60,
        ["MEZ"] = 60,
        ["WAT"] = 60,
        ["CEST"] = 120,
        ["MESZ"] = 120,
        ["EET"] = 120,
        ["CAT"] = 120,
        ["SAST"] = 120,
        ["EEST"] = 180,
        ["EAT"] = 180,
        ["TRT"] = 180,
        ["AZT"] = 240,
        ["GET"] = 240,
        ["SAMT"] = 240,
        ["PKT"] = 300,
        ["UZT"] = 300,
        ["YEKT"] = 300,
        ["NPT"] = 345,
        ["ICT"] = 420,
        ["WIB"] = 420,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["MYT"] = 480,
        ["PHT"] = 480,
        ["AWST"] = 480,
        ["WITA"] = 480,
        ["JST"] = 540,
        ["KST"] = 540,
        ["WIT"] = 540,
        ["ACST"] = 570,
        ["ACDT"] = 630,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Minutes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Abbreviations that name a zone but no single offset.</summary>
    private static readonly FrozenSet<string> Ambiguous = new[] { "IST", "AST", "ET", "CT", "MT", "PT", "AMT", "LOCAL", "EASTERN", "PACIFIC", "CENTRAL" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AmbiguousBySpan = Ambiguous.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a zone's abbreviation. False for letters that name no zone; the offset is null where they name several.</summary>
    /// <param name="day">The civil day, for zones that changed their offset.</param>
    public static bool TryFind(ReadOnlySpan<char> name, DateOnly day, out TimeSpan? offset)
    {
        offset = null;
        if (name.Equals("MSK", StringComparison.OrdinalIgnoreCase))
        {
            // Moscow kept summer time, +04:00, from 27 March 2011 to 26 October 2014 (tzdata, europe).
            bool summer = day >= new DateOnly(2011, 3, 27) && day < new DateOnly(2014, 10, 26);
            offset = TimeSpan.FromHours(summer ? 4 : 3);
            return true;
        }

        if (BySpan.TryGetValue(name, out int minutes))
        {
            offset = TimeSpan.FromMinutes(minutes);
            return true;
        }

        return AmbiguousBySpan.Contains(name);
    }
}
