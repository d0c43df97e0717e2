using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>
/// Where a next page begins, as an opaque text for the caller: the commit it belongs to, the last hit, the day that relative
/// dates were seen from (so that midnight between two pages changes nothing), and a hash of the request it continues. A checksum
/// refuses what was mistyped or made up; it keeps no secret, and a cursor gives access to nothing that a search does not.
/// </summary>
/// <param name="Request">First eight bytes of the SHA-256 of what decides which hits come in which order.</param>
public readonly record struct Cursor(CommitId Commit, SearchAfter After, DateOnly Today, ulong Request)
{
    private const byte Version = 2;
    private const int PayloadBytes = 1 + 8 + 8 + 4 + 8 + 4 + 4 + 8;
    private const int ChecksumBytes = 8;

    /// <summary>Characters of every cursor.</summary>
    public const int TextChars = (PayloadBytes + ChecksumBytes) * 4 / 3 + 1;

    /// <summary>
    /// The hash of a request: of its text, match, filters, dates, sort and ids. Page size, facets, snippets and explanations may
    /// change from page to page.
    /// </summary>
    public static ulong HashOf(SearchRequest request)
    {
        SearchRequest deciding = new()
        {
            Text = request.Text,
            Match = request.Match,
            Filters = request.Filters,
            Dates = request.Dates,
            From = request.From,
            To = request.To,
            Sort = request.Sort,
            Ids = request.Ids,
            Size = request.Ids?.Count ?? new SearchRequest().Size,
        };
        StringBuilder text = new();
        foreach ((string name, string value) in SearchRequestWriter.ToParameters(deciding))
        {
            text.Append(name).Append('\0').Append(value).Append('\0');
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[PayloadBytes + ChecksumBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Commit.Generation);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Commit.Commit);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[17..], Commit.Build);
        BinaryPrimitives.WriteInt64BigEndian(bytes[21..], After.Key);
        BinaryPrimitives.WriteInt32BigEndian(bytes[29..], After.Document);
        BinaryPrimitives.WriteInt32BigEndian(bytes[33..], Today.DayNumber);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[37..], Request);
        Checksum(bytes[..PayloadBytes], bytes[PayloadBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="ToString"/> writes. False for anything else.</summary>
    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[PayloadBytes + ChecksumBytes];
        if (text is not { Length: TextChars }
            || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out int written) || written != bytes.Length)
        {
            return false;
        }

        int today = BinaryPrimitives.ReadInt32BigEndian(bytes[33..]);
        if (today < DateOnly.MinValue.DayNumber || today > DateOnly.MaxValue.DayNumber)
        {
            return false;
        }

        cursor = new Cursor(
            new CommitId(
                BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[17..])),
            new SearchAfter(BinaryPrimitives.ReadInt64BigEndian(bytes[21..]), BinaryPrimitives.ReadInt32BigEndian(bytes[29..])),
            DateOnly.FromDayNumber(today),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[37..]));

        // Written again it must be the same text: that compares version, checksum and the unused bits of the last character.
        return cursor.Commit is { Generation: > 0, Commit: > 0 } && cursor.After.Document >= 0 && cursor.ToString() == text;
    }

    private static void Checksum(ReadOnlySpan<byte> payload, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        hash[..ChecksumBytes].CopyTo(checksum);
    }
}
