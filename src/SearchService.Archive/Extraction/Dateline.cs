using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>A piece of a text, in UTF-16 units.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public TextSpan Shift(int by) => new(Start + by, Length);
}

/// <summary>What a dateline says. Offsets are into the text it was read from.</summary>
internal sealed record Dateline
{
    /// <summary>From the place's first letter to the mark that ends it.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The place as printed; null where only an agency or a day stands there.</summary>
    public TextSpan? PlaceSpan { get; init; }

    public ArticleLocation? Location { get; init; }

    /// <summary>The day as printed; <see cref="Day"/> and <see cref="Month"/> are 0 without one.</summary>
    public TextSpan? DaySpan { get; init; }

    public int Month { get; init; }

    public int Day { get; init; }

    /// <summary>The year where printed, else 0.</summary>
    public int Year { get; init; }

    /// <summary>The agency's usual name; null where none is named.</summary>
    public string? Agency { get; init; }

    public TextSpan? AgencySpan { get; init; }

    /// <summary>The line holds nothing but the dateline.</summary>
    public bool WholeLine { get; init; }

    /// <summary>The rule that accepted it.</summary>
    public required string Rule { get; init; }
}
