using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Directories;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The layout of an index folder:
/// <code>
/// CURRENT                        number of the generation that serves, one line; replaced in one atomic step
/// write.lock, write.pid          held by the command that writes; its process id
/// generations/7/                 Lucene's files, manifest.json and CHECKSUMS
/// generations/7/PUBLISHED        the generation has served; without it, and not named by CURRENT, it is a leftover
/// generations/8/articles.spool   articles of a generation being built
/// </code>
/// </summary>
internal sealed class GenerationFolders(string root)
{
    private const string ManifestFile = "manifest.json";
    private const string PublishedFile = "PUBLISHED";

    /// <summary>Longest CURRENT read: a number and a line end.</summary>
    private const int MaxCurrentBytes = 64;

    public string Root { get; } = Path.GetFullPath(root);

    public string CurrentPath => Path.Combine(Root, "CURRENT");

    public string LockPath => Path.Combine(Root, "write.lock");

    public string PidPath => Path.Combine(Root, "write.pid");

    public string GenerationsPath => Path.Combine(Root, "generations");

    public string PathOf(long generation) => Path.Combine(GenerationsPath, generation.ToString(CultureInfo.InvariantCulture));

    public string ManifestPath(long generation) => Path.Combine(PathOf(generation), ManifestFile);

    /// <summary>When CURRENT was written: each publication writes it anew. The year 1601 where there is none.</summary>
    public DateTime CurrentWritten() => File.GetLastWriteTimeUtc(CurrentPath);

    /// <summary>What CURRENT says: a number; null where there is no such file, or its text is not a number ("damaged").</summary>
    public (long? Generation, bool Damaged) ReadCurrent()
    {
        string text;
        try
        {
            using FileStream file = new(CurrentPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[MaxCurrentBytes];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            text = System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, false);
        }

        // To and fro: parsing alone lets zeros through, before the number as digits and behind it as characters.
        text = text.TrimEnd('\n');
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long generation)
            && generation > 0
            && generation.ToString(CultureInfo.InvariantCulture) == text
            ? (generation, false)
            : (null, true);
    }

    /// <summary>Makes a generation the one that serves: the atomic step. After an exception it may serve or not, CURRENT tells.</summary>
    public void Publish(long generation)
    {
        DurableFiles.Replace(CurrentPath, generation.ToString(CultureInfo.InvariantCulture) + "\n");
        MarkPublished(generation);
    }

    /// <summary>Numbers of all generations there are, finished or not, ascending.</summary>
    public IReadOnlyList<long> Numbers()
    {
        if (!Directory.Exists(GenerationsPath))
        {
            return [];
        }

        List<long> numbers = [];
        foreach (string folder in Directory.EnumerateDirectories(GenerationsPath))
        {
            if (long.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0)
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    /// <summary>Whether a generation has served.</summary>
    public bool IsPublished(long generation) => File.Exists(Path.Combine(PathOf(generation), PublishedFile));

    /// <summary>Removes what crashes left behind: generations that never served, and files half replaced. Only for the holder of the lock.</summary>
    public void Sweep()
    {
        (long? current, bool damaged) = ReadCurrent();
        foreach (long number in Numbers())
        {
            // A crash may have come between CURRENT and the mark; where CURRENT cannot tell, a finished generation is kept.
            bool keep = number == current || IsPublished(number) || (damaged && File.Exists(ManifestPath(number)));
            if (!keep)
            {
                Remove(number);
            }
            else if (number == current && !IsPublished(number))
            {
                MarkPublished(number);
            }
        }

        File.Delete(CurrentPath + ".new");
    }

    /// <summary>Removes all generations but the given ones. Files that a running server has open go when it closes them.</summary>
    public void Prune(IReadOnlyCollection<long> keep)
    {
        foreach (long number in Numbers())
        {
            if (!keep.Contains(number))
            {
                Remove(number);
            }
        }
    }

    /// <summary>Removes a generation. What the system does not let go now (open files on Windows) waits for the next sweep.</summary>
    public void Remove(long generation)
    {
        string path = PathOf(generation);
        try
        {
            File.Delete(Path.Combine(path, PublishedFile));
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or without its mark a leftover.
        }
    }

    /// <summary>Writes a manifest, so that it is on the disk.</summary>
    public void WriteManifest(GenerationManifest manifest) =>
        DurableFiles.Replace(ManifestPath(manifest.Generation), JsonSerializer.Serialize(manifest, ManifestJson.Default.GenerationManifest) + "\n");

    /// <summary>Reads a manifest of any schema.</summary>
    /// <exception cref="IndexUnusableException">It is missing or damaged.</exception>
    public GenerationManifest ReadManifest(long generation)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(ManifestPath(generation)), ManifestJson.Default.GenerationManifest) is { } manifest
                && manifest.Generation == generation
                ? manifest
                : throw new IndexUnusableException(Advice.Damaged(generation, "its manifest names another generation"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IndexUnusableException(
                Directory.Exists(PathOf(generation)) ? Advice.Damaged(generation, "its manifest is missing") : Advice.Missing(generation), e);
        }
        catch (JsonException e)
        {
            throw new IndexUnusableException(Advice.Damaged(generation, "its manifest cannot be read"), e);
        }
    }

    /// <summary>Reads a manifest that this program can serve.</summary>
    /// <exception cref="IndexUnusableException">It is missing, damaged, or of another schema or analyzer.</exception>
    public GenerationManifest ReadUsableManifest(long generation)
    {
        GenerationManifest manifest = ReadManifest(generation);
        if (manifest.Schema != ArticleSchema.Version)
        {
            throw new IndexUnusableException(Advice.OtherVersion("schema", manifest.Schema, ArticleSchema.Version)) { Manifest = manifest };
        }

        if (manifest.Analyzer != ArticleAnalyzer.Version)
        {
            throw new IndexUnusableException(Advice.OtherVersion("analyzer", manifest.Analyzer, ArticleAnalyzer.Version)) { Manifest = manifest };
        }

        return manifest;
    }

    private void MarkPublished(long generation)
    {
        try
        {
            using (File.Create(Path.Combine(PathOf(generation), PublishedFile)))
            {
            }

            DurableFiles.FlushFolder(PathOf(generation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It serves all the same; the next sweep marks it, before it can be anything but current.
        }
    }
}

/// <summary>What a user reads about an index that cannot be used; each names the command to run.</summary>
internal static class Advice
{
    public const string NothingPublished = "there is no index yet: run searchservice reindex";

    public const string CurrentDamaged = "the index's CURRENT file is damaged: run searchservice reindex";

    public const string CurrentMissing = "the index's CURRENT file is missing: run searchservice reindex";

    public static string Missing(long generation) => string.Create(
        CultureInfo.InvariantCulture, $"generation {generation} of the index is missing: run searchservice reindex");

    public static string Damaged(long generation, string how) => string.Create(
        CultureInfo.InvariantCulture, $"generation {generation} of the index is damaged, {how}: run searchservice reindex");

    public static string OtherVersion(string what, int built, int reads) => string.Create(
        CultureInfo.InvariantCulture, $"index was built by {what} {built}, this program reads {reads}: run searchservice reindex");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(GenerationManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
