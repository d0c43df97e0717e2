namespace SearchService.Contracts;

/// <summary>The answer of <c>/v1/status</c>: what serves and what is wrong.</summary>
public sealed record StatusResponse
{
    /// <summary>serving, degraded (an older state serves) or empty (nothing is published).</summary>
    public required string Status { get; init; }

    /// <summary>What is wrong, one sentence that names the command to run; left out when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>The commit that serves, as generation.commit; left out where nothing does.</summary>
    public string? Generation { get; init; }

    /// <summary>Articles in it.</summary>
    public long? Articles { get; init; }

    /// <summary>Whether it holds the bundled sample archive.</summary>
    public bool? Sample { get; init; }

    /// <summary>When it was built.</summary>
    public DateTimeOffset? BuiltAt { get; init; }

    /// <summary>When this server opened it.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Bytes of all index files.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bytes of memory held by columns and dictionaries.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Versions of what lies in the index; left out where nothing serves.</summary>
    public IndexVersions? Versions { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>The .NET runtime's version.</summary>
    public required string Runtime { get; init; }

    /// <summary>Why the runtime should be renewed; left out where it is new enough.</summary>
    public string? RuntimeWarning { get; init; }
}

/// <summary>Versions of what lies in an index.</summary>
/// <param name="Schema">Of the searchable fields.</param>
/// <param name="Analyzer">Of the text analysis.</param>
/// <param name="Extractor">Of the extraction rules.</param>
/// <param name="Program">Of the program that built it.</param>
public sealed record IndexVersions(int Schema, int Analyzer, int Extractor, string Program);

/// <summary>The answer of the health checks.</summary>
/// <param name="Status">live; or ready, degraded.</param>
/// <param name="Reason">Why degraded; left out otherwise.</param>
/// <param name="Generation">The commit that serves, as generation.commit; left out where nothing does.</param>
public sealed record HealthResponse(string Status, string? Reason = null, string? Generation = null);
