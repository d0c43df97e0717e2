using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SearchService.Archive.Articles;

/// <summary>
/// The id of an article: 24 lower-case hexadecimal digits, the first 96 bits of a SHA-256.
/// The same article gets the same id in every generation: the hash is of source and native id where the input has one
/// (<see cref="FromNative"/>), else of the path relative to its input root and the record's number (<see cref="FromPath"/>).
/// </summary>
public readonly record struct ArticleId
{
    /// <summary>Digits in an id.</summary>
    public const int Length = 24;

    private readonly string? _value;

    private ArticleId(string value) => _value = value;

    /// <summary>The 24 digits; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Id of a record that names itself.</summary>
    /// <param name="source">The declared source (agency, paper), or null where the input has none.</param>
    /// <param name="nativeId">The record's own id.</param>
    public static ArticleId FromNative(string? source, string nativeId) => Hash("native", source ?? "", nativeId);

    /// <summary>Id of a record that has no id of its own.</summary>
    /// <param name="path">Path relative to the input root, with '/' between its parts and "!/" before an archive's member.</param>
    /// <param name="record">The record's number inside the file, from 0.</param>
    public static ArticleId FromPath(string path, long record) => Hash("path", path, record.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads an id; upper-case digits are accepted. False for anything but 24 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out ArticleId id)
    {
        id = default;
        if (text is not { Length: Length } || text.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        id = new ArticleId(text.ToLowerInvariant());
        return true;
    }

    public override string ToString() => Value;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static ArticleId Hash(string kind, string first, string second)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{first}\0{second}"));
        return new ArticleId(Convert.ToHexStringLower(hash.AsSpan(0, Length / 2)));
    }
}
