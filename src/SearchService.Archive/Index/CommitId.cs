using System.Globalization;

namespace SearchService.Archive.Index;

/// <summary>
/// Names one state of the archive: <c>7.2</c> is the second commit of the seventh generation. Both numbers start at 1, and do so again in an
/// index folder that was emptied: what is compared is the build too, which is not shown.
/// </summary>
/// <param name="Build"><see cref="GenerationManifest.BuildNumber"/> of the generation; 0 where it is not known.</param>
public readonly record struct CommitId(long Generation, long Commit, uint Build = 0) : IComparable<CommitId>
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}.{Commit}");

    /// <summary>Reads what <see cref="ToString"/> writes, of no known build. False for anything else.</summary>
    public static bool TryParse(string? text, out CommitId id)
    {
        id = default;
        int dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot < 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long generation)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long commit))
        {
            return false;
        }

        id = new CommitId(generation, commit);
        return id.ToString() == text;
    }

    public int CompareTo(CommitId other) => (Generation, Commit, Build).CompareTo((other.Generation, other.Commit, other.Build));

    public static bool operator <(CommitId left, CommitId right) => left.CompareTo(right) < 0;

    public static bool operator >(CommitId left, CommitId right) => left.CompareTo(right) > 0;

    public static bool operator <=(CommitId left, CommitId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CommitId left, CommitId right) => left.CompareTo(right) >= 0;
}
