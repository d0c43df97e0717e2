using Lucene.Net.Store;
using SearchService.Retrieval.Directories;

namespace SearchService.Retrieval.Tests.Postings;

/// <summary>
/// An index in memory, to be read only, each file of it with pages beside it that nobody may touch: a read outside of a file ends the process. Files can be
/// replaced while no reader is open.
/// </summary>
internal sealed unsafe class GuardedDirectory : BaseDirectory
{
    private readonly Dictionary<string, Place> _files = new(StringComparer.Ordinal);

    /// <summary>Takes all files of a directory.</summary>
    public GuardedDirectory(Lucene.Net.Store.Directory source)
    {
        SetLockFactory(NoLockFactory.GetNoLockFactory());
        foreach (string name in source.ListAll())
        {
            using IndexInput input = source.OpenInput(name, IOContext.READ_ONCE);
            byte[] bytes = new byte[input.Length];
            input.ReadBytes(bytes, 0, bytes.Length);
            _files.Add(name, new Place(bytes));
            Put(name, bytes, atEnd: true);
        }
    }

    /// <summary>The bytes that a file had at first.</summary>
    public byte[] Sound(string name) => _files[name].Sound;

    /// <summary>Replaces a file's bytes, at most as many as it had at first.</summary>
    /// <param name="atEnd">Whether the forbidden page is just behind the last byte, else just before the first.</param>
    public void Put(string name, ReadOnlySpan<byte> bytes, bool atEnd)
    {
        Place place = _files[name];
        place.Start = atEnd ? place.Memory.End - bytes.Length : place.Memory.Start;
        place.Length = bytes.Length;
        bytes.CopyTo(new Span<byte>(place.Start, bytes.Length));
    }

    public override string[] ListAll() => [.. _files.Keys];

    [Obsolete("Lucene's own.")]
    public override bool FileExists(string name) => _files.ContainsKey(name);

    public override long FileLength(string name) => _files[name].Length;

    public override IndexInput OpenInput(string name, IOContext context) => _files.TryGetValue(name, out Place? place)
        ? MappedDirectoryInput.Over(name, new MappedDirectoryFile(place.Start, place.Length))
        : throw new FileNotFoundException(name);

    public override void DeleteFile(string name) => throw new NotSupportedException();

    public override IndexOutput CreateOutput(string name, IOContext context) => throw new NotSupportedException();

    public override void Sync(ICollection<string> names) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        foreach (Place place in _files.Values)
        {
            place.Memory.Dispose();
        }

        _files.Clear();
    }

    private sealed class Place(byte[] sound)
    {
        public byte[] Sound => sound;

        public GuardedMemory Memory { get; } = new(Math.Max(1, sound.Length));

        public byte* Start { get; set; }

        public int Length { get; set; }
    }
}
