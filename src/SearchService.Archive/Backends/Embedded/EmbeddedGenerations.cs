using System.Globalization;
using SearchService.Archive.Index;
using SearchService.Retrieval.Directories;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The generations of an index folder, for commands. One command at a time writes, held to it by a lock that ends with its
/// process; reading takes no lock.
/// </summary>
public sealed class EmbeddedGenerations : IGenerations
{
    private readonly GenerationFolders _folders;
    private readonly TimeProvider _time;
    private readonly int _extractor;
    private readonly Func<string, Lucene.Net.Store.Directory> _open;

    private EmbeddedGenerations(GenerationFolders folders, TimeProvider time, int extractor, Func<string, Lucene.Net.Store.Directory> open)
    {
        _folders = folders;
        _time = time;
        _extractor = extractor;
        _open = open;
    }

    /// <summary>The generations of an index folder. Neither it nor anything in it need exist.</summary>
    /// <param name="directory">The index folder.</param>
    /// <param name="extractor">Version of the extraction rules that new generations are built with, for their manifests.</param>
    public static EmbeddedGenerations Open(string directory, TimeProvider time, int extractor = 0) =>
        Open(directory, time, extractor, IndexDirectory.Write);

    /// <inheritdoc cref="Open(string, TimeProvider, int)"/>
    /// <param name="open">Opens a new generation's folder for writing.</param>
    internal static EmbeddedGenerations Open(string directory, TimeProvider time, int extractor, Func<string, Lucene.Net.Store.Directory> open) =>
        new(new GenerationFolders(directory), time, extractor, open);

    public GenerationManifest? Current() => Published() is { } generation ? _folders.ReadUsableManifest(generation) : null;

    public IGenerationWriter Begin(GenerationSource source)
    {
        Directory.CreateDirectory(_folders.GenerationsPath);
        ExclusiveFile exclusive = ExclusiveFile.TryTake(_folders.LockPath) ?? throw new IndexLockedException(Locked());
        try
        {
            File.WriteAllText(_folders.PidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            // Before sweeping: the number of a generation that never served is not used again while its files may still be there.
            IReadOnlyList<long> numbers = _folders.Numbers();
            long next = Math.Max(numbers.Count == 0 ? 0 : numbers[^1], _folders.ReadCurrent().Generation ?? 0) + 1;
            _folders.Sweep();
            return new GenerationWriter(_folders, exclusive, next, source, _extractor, _time, _open);
        }
        catch
        {
            exclusive.Dispose();
            throw;
        }
    }

    public VerifyReport Verify(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        try
        {
            if (Published() is not { } generation)
            {
                return new VerifyReport(null, 0, [], _time.GetElapsedTime(start));
            }

            GenerationManifest manifest = _folders.ReadUsableManifest(generation);
            IReadOnlyList<string> problems = GenerationVerifier.Verify(_folders, generation, _time, _ => { }, cancellationToken);
            return new VerifyReport(new CommitId(generation, 1, manifest.BuildNumber()), manifest.Articles, problems, _time.GetElapsedTime(start));
        }
        catch (IndexUnusableException e)
        {
            return new VerifyReport(_folders.ReadCurrent().Generation is { } g ? new CommitId(g, 1) : null, 0, [e.Message], _time.GetElapsedTime(start));
        }
    }

    /// <summary>Number of the generation that CURRENT names; null where nothing was ever published.</summary>
    private long? Published()
    {
        (long? generation, bool damaged) = _folders.ReadCurrent();
        if (damaged)
        {
            throw new IndexUnusableException(Advice.CurrentDamaged);
        }

        return generation is null && _folders.Numbers().Any(_folders.IsPublished)
            ? throw new IndexUnusableException(Advice.CurrentMissing)
            : generation;
    }

    private string Locked()
    {
        string process = "";
        try
        {
            process = $" (process {int.Parse(File.ReadAllText(_folders.PidPath), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            // The message does without it.
        }

        return $"another command{process} is writing to this index, wait for it to end";
    }
}
