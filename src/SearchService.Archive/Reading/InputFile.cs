namespace SearchService.Archive.Reading;

/// <summary>A file found below an input root.</summary>
/// <param name="FullPath">Absolute path.</param>
/// <param name="Path">Path relative to its root with '/' between its parts; the file's name where the root is the file.</param>
/// <param name="Bytes">Its length when it was found.</param>
/// <param name="SkipReason">Why it is not looked into (a link, hidden); null for a file to read.</param>
public sealed record InputFile(string FullPath, string Path, long Bytes, string? SkipReason = null);
