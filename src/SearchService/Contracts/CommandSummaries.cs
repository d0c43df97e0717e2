namespace SearchService.Contracts;

/// <summary>What <c>reindex --json</c> prints when it has published.</summary>
public sealed record ReindexSummary
{
    /// <summary>The generation published.</summary>
    public required long Published { get; init; }

    /// <summary>Articles in it.</summary>
    public required long Articles { get; init; }

    /// <summary>Records and inputs rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>The same by kind; left out where there are none.</summary>
    public IReadOnlyDictionary<string, long>? RejectedByKind { get; init; }

    /// <summary>Entries not looked into: links, hidden files.</summary>
    public required long Skipped { get; init; }

    /// <summary>Articles indexed with a loss: values cut, bytes that are no text.</summary>
    public required long Warnings { get; init; }

    /// <summary>Input bytes read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Seconds it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The file that lists what was rejected, skipped and warned of; left out where there is nothing to list.</summary>
    public string? ReportFile { get; init; }
}

/// <summary>What <c>status --json</c> prints.</summary>
public sealed record StatusSummary
{
    /// <summary>The index folder.</summary>
    public required string Index { get; init; }

    /// <summary>published, empty or unusable.</summary>
    public required string Status { get; init; }

    /// <summary>What is wrong, one sentence that names the command to run.</summary>
    public string? Reason { get; init; }

    /// <summary>The published generation.</summary>
    public long? Generation { get; init; }

    /// <summary>Articles in it.</summary>
    public long? Articles { get; init; }

    /// <summary>Whether it holds the bundled sample archive.</summary>
    public bool? Sample { get; init; }

    /// <summary>When it was built.</summary>
    public DateTimeOffset? BuiltAt { get; init; }

    /// <summary>Bytes of all index files.</summary>
    public long? Bytes { get; init; }

    /// <summary>Input roots.</summary>
    public IReadOnlyList<string>? Roots { get; init; }

    /// <summary>Order-independent digest of all articles.</summary>
    public string? Digest { get; init; }

    /// <summary>Versions of what lies in the index.</summary>
    public IndexVersions? Versions { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>The .NET runtime's version.</summary>
    public required string Runtime { get; init; }

    /// <summary>Why the runtime should be renewed.</summary>
    public string? RuntimeWarning { get; init; }
}

/// <summary>What <c>verify --json</c> prints.</summary>
/// <param name="Index">The index folder.</param>
/// <param name="Generation">The generation checked; left out where nothing is published.</param>
/// <param name="Articles">Articles in it.</param>
/// <param name="Problems">One line each; empty where all is well.</param>
/// <param name="Seconds">Seconds it took.</param>
public sealed record VerifySummary(string Index, string? Generation, long Articles, IReadOnlyList<string> Problems, double Seconds);
