using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// A digest of a set of stored articles that does not depend on their order: the sum, modulo 2^128, of the first 128 bits
/// of the SHA-256 of each stored form (which contains the id). Not for several threads at once.
/// </summary>
internal struct ArchiveDigest
{
    private UInt128 _sum;

    /// <summary>One article's part; thread-safe.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> stored)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(stored, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public void Add(UInt128 part) => _sum += part;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => _sum.ToString("x32", CultureInfo.InvariantCulture);
}
