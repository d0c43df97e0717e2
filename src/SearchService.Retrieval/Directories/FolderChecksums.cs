using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SearchService.Retrieval.Directories;

/// <summary>
/// Lengths and CRC-32C of a folder's files, kept in a file among them, one line a file: <c>8 hexadecimal digits, length, name</c>.
/// Read at the speed of memory where the processor has the instruction, many times that of Lucene's own checksums, and
/// files cut, swapped or missing show as well.
/// </summary>
public static class FolderChecksums
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "CHECKSUMS";

    private const int BufferBytes = 1 << 20;

    /// <summary>Notes the files that are in the folder now, in order of their names, and flushes the note.</summary>
    public static void Write(string folder, CancellationToken cancellationToken)
    {
        StringBuilder lines = new();
        foreach (string file in Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != FileName).Order(StringComparer.Ordinal))
        {
            (uint checksum, long length) = Of(file, cancellationToken);
            lines.Append(CultureInfo.InvariantCulture, $"{checksum:x8} {length} {Path.GetFileName(file)}\n");
        }

        DurableFiles.Replace(Path.Combine(folder, FileName), lines.ToString());
    }

    /// <summary>
    /// Compares the folder with its note. Answers what is wrong with the first file that differs ("_0.doc has changed"); null
    /// where all is well. Files that are not noted do not matter.
    /// </summary>
    public static string? Compare(string folder, CancellationToken cancellationToken)
    {
        string note = Path.Combine(folder, FileName);
        if (!File.Exists(note))
        {
            return $"{FileName} is missing";
        }

        foreach (string line in File.ReadLines(note))
        {
            string[] parts = line.Split(' ', 3);
            if (parts.Length != 3
                || !uint.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint checksum)
                || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                || parts[2] != Path.GetFileName(parts[2]))
            {
                return $"{FileName} cannot be read";
            }

            FileInfo file = new(Path.Combine(folder, parts[2]));
            if (!file.Exists)
            {
                return $"{parts[2]} is missing";
            }

            if (file.Length != length || Of(file.FullName, cancellationToken).Checksum != checksum)
            {
                return $"{parts[2]} has changed";
            }
        }

        return null;
    }

    /// <summary>CRC-32C (Castagnoli, RFC 3720) of some bytes, going on from that of the bytes before.</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    private static (uint Checksum, long Length) Of(string path, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        byte[] buffer = new byte[BufferBytes];
        uint checksum = 0;
        long length = 0;
        while (RandomAccess.Read(file, buffer, length) is var read && read > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            checksum = Crc32C(buffer.AsSpan(0, read), checksum);
            length += read;
        }

        return (checksum, length);
    }
}
