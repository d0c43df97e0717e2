using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// The bytes of one index file under a pointer that stays valid while this object is reachable: the mapping itself where the directory is a
/// <see cref="MappedDirectory"/>, else a pinned copy.
/// </summary>
internal sealed unsafe class FileBytes
{
    // the least that Lucene's header takes
    private const int HeaderBytes = 9;

    // who owns the memory: a mapping or a pinned array
    private readonly object _owner;

    private FileBytes(object owner, byte* start, long length)
    {
        _owner = owner;
        Start = start;
        Length = length;
    }

    public byte* Start { get; }

    public long Length { get; }

    /// <summary>Takes the whole input, wherever it stands.</summary>
    public static FileBytes Of(IndexInput input)
    {
        if (input is MappedDirectoryInput mapped)
        {
            (MappedDirectoryFile file, nint start, long length) = mapped.Memory();
            return new FileBytes(file, (byte*)start, length);
        }

        byte[] copy = GC.AllocateUninitializedArray<byte>(checked((int)input.Length + BitPacking.ReadAhead), pinned: true);
        input.Seek(0);
        input.ReadBytes(copy, 0, (int)input.Length);
        fixed (byte* start = copy)
        {
            return new FileBytes(copy, start, input.Length);
        }
    }

    /// <summary>A reader over a part of the file.</summary>
    /// <exception cref="CorruptIndexException">The part is not inside the file.</exception>
    public ByteReader Read(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            ThrowOutside(offset, length);
        }

        return new ByteReader(Start + offset, Start + offset + length);
    }

    /// <summary>Checks a part that is read through pointers: it stands behind the file's header, with room behind it to read ahead into.</summary>
    /// <exception cref="CorruptIndexException">The part is not inside the file's data.</exception>
    public void CheckData(long offset, long length)
    {
        long end = Length - BitPacking.ReadAhead;
        if (offset < HeaderBytes || length < 0 || length > end || offset > end - length)
        {
            ThrowOutside(offset, length);
        }
    }

    /// <summary>Ends a file: room to read ahead into, where the table at its end begins, Lucene's checksum footer.</summary>
    public static void WriteEnd(IndexOutput output, long tableStart)
    {
        ByteWriter end = new();
        end.Room(BitPacking.ReadAhead).Clear();
        end.Int64((ulong)tableStart);
        end.CopyTo(output);
        CodecUtil.WriteFooter(output);
    }

    /// <summary>Writes a table of so many lines where the file stands, and ends the file.</summary>
    public static void WriteTable(IndexOutput output, int lines, ByteWriter table)
    {
        long start = output.Position;
        ByteWriter count = new();
        count.Variable(lines);
        count.CopyTo(output);
        table.CopyTo(output);
        WriteEnd(output, start);
    }

    /// <summary>Writes what ends some files and closes them; where that fails they are closed all the same.</summary>
    public static void Close(Action end, params IDisposable?[] files)
    {
        bool success = false;
        try
        {
            end();
            success = true;
        }
        finally
        {
            if (success)
            {
                IOUtils.Dispose(files);
            }
            else
            {
                IOUtils.DisposeWhileHandlingException(files);
            }
        }
    }

    /// <summary>A reader over the table that <see cref="WriteEnd"/> closed.</summary>
    public ByteReader Table()
    {
        long end = Length - CodecUtil.FooterLength() - sizeof(ulong);
        ByteReader pointer = Read(end, sizeof(ulong));
        long start = (long)pointer.Int64();
        return Read(start, end - start);
    }

    private void ThrowOutside(long offset, long length) =>
        throw new CorruptIndexException($"part {offset}+{length} is not inside the file of {Length} bytes");
}
