using System.Reflection;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Directories;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// A generation being built: articles are spooled as they come, in any order, and indexed in date order when all are
/// there. Holds the index's lock until disposed.
/// </summary>
internal sealed class GenerationWriter : IGenerationWriter
{
    private readonly GenerationFolders _folders;
    private readonly ExclusiveFile _lock;
    private readonly GenerationSource _source;
    private readonly int _extractor;
    private readonly TimeProvider _time;
    private readonly Func<string, Lucene.Net.Store.Directory> _open;
    private readonly ArticleSpool _spool;
    private bool _publishing;
    private bool _mayServe;
    private bool _disposed;

    /// <summary>Begins a generation in a folder of its own. The lock is the writer's from here on.</summary>
    /// <param name="open">Opens the generation's folder for writing.</param>
    public GenerationWriter(
        GenerationFolders folders,
        ExclusiveFile exclusive,
        long generation,
        GenerationSource source,
        int extractor,
        TimeProvider time,
        Func<string, Lucene.Net.Store.Directory> open)
    {
        _folders = folders;
        _lock = exclusive;
        _source = source;
        _extractor = extractor;
        _time = time;
        _open = open;
        Generation = generation;
        Directory.CreateDirectory(folders.PathOf(generation));
        _spool = new ArticleSpool(Path.Combine(folders.PathOf(generation), "articles.spool"));
    }

    public long Generation { get; }

    public string? Add(Article article)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_publishing)
        {
            throw new InvalidOperationException("the generation is being published and takes no more articles");
        }

        if (article.Id == default)
        {
            throw new ArgumentException("the article has no id", nameof(article));
        }

        return DocumentMapper.Refusal(article) ?? (_spool.Add(article) is { } path ? $"same id as {path}" : null);
    }

    public async ValueTask<GenerationManifest> PublishAsync(bool force, IProgress<PublishProgress>? progress, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_publishing)
        {
            throw new InvalidOperationException("the generation is published once");
        }

        _publishing = true;
        (long? current, _) = _folders.ReadCurrent();
        if (!force)
        {
            RefuseTooFew(current);
        }

        // Off the caller's thread: building is long and mostly computing.
        GenerationManifest manifest = await Task.Run(() => BuildAsync(progress, cancellationToken), cancellationToken);
        progress?.Report(new PublishProgress("publishing", 0));
        // From here on the generation may be what CURRENT names, even if an error says otherwise: it is not removed any more.
        _mayServe = true;
        _folders.Publish(Generation);
        _folders.Prune([Generation, .. current is { } previous ? [previous] : Array.Empty<long>()]);
        progress?.Report(new PublishProgress("publishing", 1));
        return manifest;
    }

    public ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return ValueTask.CompletedTask;
        }

        _disposed = true;
        try
        {
            _spool.Dispose();
        }
        finally
        {
            try
            {
                if (!_mayServe)
                {
                    _folders.Remove(Generation);
                }

                File.Delete(_folders.PidPath);
            }
            finally
            {
                _lock.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private void RefuseTooFew(long? current)
    {
        if (_spool.Count == 0)
        {
            throw new PublishRefusedException("no article was read, the published generation stays: give --force to publish an empty one");
        }

        GenerationManifest? serving = null;
        try
        {
            serving = current is { } generation ? _folders.ReadManifest(generation) : null;
        }
        catch (IndexUnusableException)
        {
            // Nothing usable serves: there is nothing to protect.
        }

        if (serving is { Sample: false } && _spool.Count * 2L < serving.Articles)
        {
            throw new PublishRefusedException(
                FormattableString.Invariant(
                    $"only {_spool.Count} articles were read, the published generation has {serving.Articles} and stays: give --force to publish"));
        }
    }

    private async Task<GenerationManifest> BuildAsync(IProgress<PublishProgress>? progress, CancellationToken cancellationToken)
    {
        string folder = _folders.PathOf(Generation);
        _spool.Sort();
        using (Lucene.Net.Store.Directory directory = _open(folder))
        {
            await GenerationIndexer.IndexAsync(_spool, directory, progress, cancellationToken);
        }

        _spool.Dispose();
        File.Delete(Path.Combine(folder, Lucene.Net.Index.IndexWriter.WRITE_LOCK_NAME));
        GenerationManifest manifest = Manifest(folder);
        _folders.WriteManifest(manifest);
        FolderChecksums.Write(folder, cancellationToken);
        // Lucene marks files as flushed before their last bytes are: every file is flushed again before anything is published.
        DurableFiles.FlushFolderWithFiles(folder);
        DurableFiles.FlushFolder(_folders.GenerationsPath);
        DurableFiles.FlushFolder(_folders.Root);
        IReadOnlyList<string> problems = GenerationVerifier.Verify(
            _folders, Generation, _time, fraction => progress?.Report(new PublishProgress("verifying", fraction)), cancellationToken);
        return problems.Count == 0
            ? manifest
            : throw new PublishRefusedException($"the new generation failed its verification, the published one stays: {problems[0]}");
    }

    private GenerationManifest Manifest(string folder) => new()
    {
        Generation = Generation,
        Schema = ArticleSchema.Version,
        Analyzer = ArticleAnalyzer.Version,
        Extractor = _extractor,
        Program = typeof(GenerationWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        BuiltAt = _time.GetUtcNow(),
        Articles = _spool.Count,
        Digest = _spool.Digest,
        Bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length),
        Roots = _source.Roots,
        Sample = _source.Sample,
    };
}
