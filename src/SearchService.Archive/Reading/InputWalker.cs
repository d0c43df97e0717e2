using System.Diagnostics.CodeAnalysis;

namespace SearchService.Archive.Reading;

/// <summary>
/// Names the files below the input roots, in an order that depends on their names alone: root by root as given, inside a
/// folder by ordinal comparison of the names. Links below a root are not followed and hidden entries (a name that begins
/// with a dot) are not looked into; both are named with their reason. Nothing is read before <see cref="Walk"/>.
/// </summary>
public sealed class InputWalker
{
    internal const string LinkReason = "a symbolic link, not followed; name its target as an input";
    private const string HiddenReason = "hidden: its name begins with a dot";

    private readonly IReadOnlyList<InputRoot> _roots;

    private InputWalker(IReadOnlyList<InputRoot> roots) => _roots = roots;

    /// <summary>The roots as absolute paths, without those inside another one.</summary>
    public IReadOnlyList<string> Roots => [.. _roots.Select(r => r.FullPath)];

    /// <summary>
    /// A walker over files and folders. False with a line for the user where a path does not exist. Relative paths count from a
    /// folder that is the only root, else from the deepest folder that holds all roots: <c>2017 2018</c> and the folder above
    /// them give the same paths, and so the same ids.
    /// </summary>
    /// <param name="paths">Absolute, or relative to the current folder. One inside another is read once.</param>
    /// <param name="knownRoots">
    /// Roots of the index so far, absolute: a path inside one of them gets its relative path, and so its articles their ids,
    /// from there.
    /// </param>
    public static bool TryCreate(
        IReadOnlyList<string> paths,
        IReadOnlyList<string> knownRoots,
        [NotNullWhen(true)] out InputWalker? walker,
        [NotNullWhen(false)] out string? error)
    {
        walker = null;
        var full = new List<string>(paths.Count);
        foreach (string path in paths)
        {
            if (string.IsNullOrWhiteSpace(path) || !Path.Exists(path))
            {
                error = $"no file or folder '{path}'";
                return false;
            }

            full.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        }

        List<string> outer = [.. full.Distinct(StringComparer.Ordinal).Where(path => !full.Exists(other => IsInside(path, other)))];
        string shared = outer.Select(FolderOf).DefaultIfEmpty("").Aggregate(SharedFolder);
        (walker, error) = (new InputWalker([.. outer.Select(path => new InputRoot(path, KnownRootOf(path, knownRoots) ?? shared))]), null);
        return true;
    }

    /// <summary>The files and what is skipped. Folders that appear or vanish meanwhile are as they are found.</summary>
    public IEnumerable<InputFile> Walk()
    {
        foreach (InputRoot root in _roots)
        {
            FileSystemInfo start = Directory.Exists(root.FullPath) ? new DirectoryInfo(root.FullPath) : new FileInfo(root.FullPath);
            if (start is FileInfo)
            {
                string target = start.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root.FullPath;
                yield return new InputFile(target, root.Relative(root.FullPath), LengthOf(new FileInfo(target)));
                continue;
            }

            var pending = new Stack<FileSystemInfo>([start]);
            while (pending.TryPop(out FileSystemInfo? entry))
            {
                if (SkipReason(entry, start) is { } reason)
                {
                    yield return new InputFile(entry.FullName, root.Relative(entry.FullName), 0, reason);
                }
                else if (entry is FileInfo file)
                {
                    yield return new InputFile(file.FullName, root.Relative(file.FullName), LengthOf(file));
                }
                else if (!TryList((DirectoryInfo)entry, pending, out string? problem))
                {
                    yield return new InputFile(entry.FullName, root.Relative(entry.FullName), 0, problem);
                }
            }
        }
    }

    /// <summary>How many bytes there are to read, for a progress bar.</summary>
    public long CountBytes(CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach (InputFile file in Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            bytes += file.Bytes;
        }

        return bytes;
    }

    private static string? KnownRootOf(string path, IReadOnlyList<string> knownRoots) =>
        knownRoots.Select(Path.TrimEndingDirectorySeparator).FirstOrDefault(root => IsInside(path, root));

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;

    /// <summary>The deepest folder that holds both.</summary>
    private static string SharedFolder(string one, string other)
    {
        string shared = one;
        while (shared != other && !IsInside(other, shared) && Path.GetDirectoryName(shared) is { } above)
        {
            shared = above;
        }

        return shared;
    }

    private static bool IsInside(string path, string root) =>
        path.Length > root.Length
        && path.StartsWith(root, StringComparison.Ordinal)
        && (Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);

    private static string? SkipReason(FileSystemInfo entry, FileSystemInfo start) => entry switch
    {
        _ when ReferenceEquals(entry, start) => null,
        _ when entry.Name.StartsWith('.') => HiddenReason,
        _ when entry.LinkTarget is not null => LinkReason,
        _ => null,
    };

    /// <summary>Pushes a folder's entries so that they are popped in ordinal order of their names.</summary>
    private static bool TryList(DirectoryInfo folder, Stack<FileSystemInfo> pending, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            FileSystemInfo[] entries = folder.GetFileSystemInfos();
            Array.Sort(entries, (a, b) => string.CompareOrdinal(b.Name, a.Name));
            foreach (FileSystemInfo entry in entries)
            {
                pending.Push(entry);
            }

            problem = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = RegularFile.Describe(e);
            return false;
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <param name="FullPath">Where walking begins.</param>
    /// <param name="Base">The folder that relative paths count from.</param>
    private sealed record InputRoot(string FullPath, string Base)
    {
        public string Relative(string path) => Path.GetRelativePath(Base, path).Replace(Path.DirectorySeparatorChar, '/');
    }
}
