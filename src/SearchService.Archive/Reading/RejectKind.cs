namespace SearchService.Archive.Reading;

/// <summary>Why an input or a record did not become an article: the class a report counts by.</summary>
public enum RejectKind : byte
{
    /// <summary>Nothing in it: no bytes, blank text, a file without records.</summary>
    Empty,

    /// <summary>Bytes that are no text.</summary>
    Binary,

    /// <summary>A format that is known and not read here.</summary>
    Unsupported,

    /// <summary>A record that breaks its format's rules, or data that are damaged or cut off.</summary>
    Malformed,

    /// <summary>Larger than an option of <see cref="ReadingOptions"/> allows; the reason names the option.</summary>
    OverLimit,

    /// <summary>The operating system refused to read it.</summary>
    Unreadable,

    /// <summary>An entry that is not looked into: a link, a pipe, a hidden file.</summary>
    Skipped,

    /// <summary>A record without headline and without text.</summary>
    NoText,

    /// <summary>A record whose id the index already has.</summary>
    Duplicate,

    /// <summary>The extractor or a reader threw: a mistake of ours, never of the input.</summary>
    Failed,
}

/// <summary>The printed forms of <see cref="RejectKind"/>.</summary>
public static class RejectKinds
{
    /// <summary>The kind in lower case with hyphens, as reports have it: <c>over-limit</c>.</summary>
    public static string Name(this RejectKind kind) => kind switch
    {
        RejectKind.Empty => "empty",
        RejectKind.Binary => "binary",
        RejectKind.Unsupported => "unsupported-format",
        RejectKind.Malformed => "malformed",
        RejectKind.OverLimit => "over-limit",
        RejectKind.Unreadable => "unreadable",
        RejectKind.Skipped => "skipped",
        RejectKind.NoText => "no-text",
        RejectKind.Duplicate => "duplicate",
        RejectKind.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
    };
}
