using System.Text.Json.Serialization;

namespace SearchService.Contracts;

/// <summary>A facet: of values, or of the date.</summary>
[JsonDerivedType(typeof(ValueFacetResponse))]
[JsonDerivedType(typeof(DateFacetResponse))]
public abstract record FacetResponse
{
    /// <summary>Articles counted that have no value.</summary>
    [JsonPropertyOrder(1)]
    public required long Missing { get; init; }
}

/// <summary>Counts per value.</summary>
public sealed record ValueFacetResponse : FacetResponse
{
    /// <summary>The most frequent first; selected values outside the top come after.</summary>
    public required IReadOnlyList<FacetValueResponse> Values { get; init; }

    /// <summary>Number of distinct values counted, listed or not.</summary>
    public required int Total { get; init; }

    /// <summary>Articles counted that have only values not listed, and at least one.</summary>
    [JsonPropertyOrder(2)]
    public required long Other { get; init; }
}

/// <summary>One value of a facet.</summary>
/// <param name="Value">What to send as filter.</param>
/// <param name="Label">The value in words, where it is a code.</param>
/// <param name="Count">Hits after the click.</param>
/// <param name="Selected">Whether the request filters by it.</param>
public sealed record FacetValueResponse(string Value, string? Label, long Count, bool Selected);

/// <summary>Counts per period, without gaps; buckets + imprecise + missing = articles counted.</summary>
public sealed record DateFacetResponse : FacetResponse
{
    /// <summary>Width of a bucket: day, week, month, quarter, year or decade.</summary>
    public required string Interval { get; init; }

    /// <summary>The periods, earliest first.</summary>
    public required IReadOnlyList<DateBucketResponse> Buckets { get; init; }

    /// <summary>Articles counted whose date is coarser than the interval.</summary>
    public required long Imprecise { get; init; }
}

/// <summary>One period.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day of the next period.</param>
/// <param name="Value">What to send as date.</param>
/// <param name="Count">Hits in it.</param>
/// <param name="Archive">Articles of the whole archive in it.</param>
/// <param name="Selected">Whether the request filters by exactly this period.</param>
public sealed record DateBucketResponse(string From, string To, string Value, long Count, long Archive, bool Selected);

/// <summary>The answer of <c>/v1/facets/{field}</c>.</summary>
/// <param name="Field">The field counted.</param>
/// <param name="Generation">The commit that answered, as generation.commit.</param>
/// <param name="Exact">Whether the counts are exact; false only where the time budget ran out.</param>
/// <param name="Facet">The counts.</param>
public sealed record FacetAnswer(string Field, string Generation, bool Exact, FacetResponse Facet);
