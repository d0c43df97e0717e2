using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Index;

/// <summary>
/// The admin side of an index: builds, checks and publishes generations. Commands only; the server never sees it.
/// </summary>
public interface IGenerations
{
    /// <summary>The published generation's manifest; null where nothing is published.</summary>
    /// <exception cref="IndexUnusableException">What is published cannot be used: another schema version, damaged.</exception>
    GenerationManifest? Current();

    /// <summary>
    /// Takes the index's lock, sweeps what a crash left behind and begins a new generation beside the published one.
    /// </summary>
    /// <exception cref="IndexLockedException">Another command is writing.</exception>
    IGenerationWriter Begin(GenerationSource source);

    /// <summary>Reads the published generation through: checksums, structure, count and digest against its manifest.</summary>
    VerifyReport Verify(CancellationToken cancellationToken);
}

/// <summary>What a generation is built from.</summary>
/// <param name="Roots">Input roots as absolute paths.</param>
/// <param name="Sample">Whether this is the bundled sample archive.</param>
public sealed record GenerationSource(IReadOnlyList<string> Roots, bool Sample);

/// <summary>
/// A generation being built. <see cref="Add"/> is thread-safe; disposing without publishing throws it away and leaves the
/// published generation as it was.
/// </summary>
public interface IGenerationWriter : IAsyncDisposable
{
    long Generation { get; }

    /// <summary>
    /// Takes an article in. Answers null, or why it was refused: an id that this generation already has
    /// ("same id as archive/1987.zip!/wire/0412.txt").
    /// </summary>
    string? Add(Article article);

    /// <summary>
    /// Commits, verifies (structure, count and digest, canary queries) and publishes: one atomic step that running servers follow.
    /// </summary>
    /// <param name="force">Publish even with no article, or with less than half of the published generation's (a sample does not count).</param>
    /// <exception cref="PublishRefusedException">Too few articles, or the new generation failed its verification.</exception>
    ValueTask<GenerationManifest> PublishAsync(bool force, IProgress<PublishProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>How far publishing has come.</summary>
/// <param name="Step">indexing, merging, verifying, publishing.</param>
/// <param name="Fraction">0 to 1 within the step.</param>
public readonly record struct PublishProgress(string Step, double Fraction);

/// <summary>What a generation is, written beside its files and read before they are opened.</summary>
public sealed record GenerationManifest
{
    public required long Generation { get; init; }

    /// <summary><see cref="ArticleSchema.Version"/> it was built with.</summary>
    public required int Schema { get; init; }

    /// <summary>Version of the text analysis it was built with.</summary>
    public required int Analyzer { get; init; }

    /// <summary>Version of the extraction rules it was built with.</summary>
    public required int Extractor { get; init; }

    /// <summary>Program version.</summary>
    public required string Program { get; init; }

    public required DateTimeOffset BuiltAt { get; init; }

    public required long Articles { get; init; }

    /// <summary>Order-independent digest of all article ids and stored forms, hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Bytes of all index files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Input roots as absolute paths.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Whether it holds the bundled sample archive.</summary>
    public bool Sample { get; init; }

    /// <summary>Whether both come from the same run that built them, whatever their numbers.</summary>
    public bool IsOfOneBuildWith(GenerationManifest other) =>
        Generation == other.Generation && BuiltAt == other.BuiltAt && Articles == other.Articles && string.Equals(Digest, other.Digest, StringComparison.Ordinal);

    /// <summary>Names the run that built it: runs of an emptied index folder count from 1 again, and this number tells them apart.</summary>
    public uint BuildNumber()
    {
        string build = string.Create(CultureInfo.InvariantCulture, $"{Generation} {BuiltAt.UtcTicks} {Articles} {Digest}");
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(build)));
    }
}

/// <summary>What <see cref="IGenerations.Verify"/> found.</summary>
/// <param name="Generation">The published generation; null where nothing is published.</param>
/// <param name="Problems">One line each; empty where all is well.</param>
public sealed record VerifyReport(CommitId? Generation, long Articles, IReadOnlyList<string> Problems, TimeSpan Elapsed);

/// <summary>Another command holds the index's lock. The message is one line for the user.</summary>
public sealed class IndexLockedException(string message) : IOException(message);

/// <summary>An index that cannot be used: another schema version, damaged files. The message is one line for the user and names the command to run.</summary>
public sealed class IndexUnusableException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The manifest, where it can be read: what to build again. Null where the files are damaged.</summary>
    public GenerationManifest? Manifest { get; init; }
}

/// <summary>A new generation was not published; the old one serves. The message is one line for the user.</summary>
public sealed class PublishRefusedException(string message) : IOException(message);
