using System.Globalization;
using Microsoft.Win32.SafeHandles;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// The articles of a generation being built, in a temporary file of their stored forms; in memory only their ids, sort
/// keys and places (about 60 bytes an article). <see cref="Add"/> is thread-safe; reading begins when adding has ended.
/// </summary>
internal sealed class ArticleSpool : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly List<Entry> _entries = [];
    private ArchiveDigest _digest;
    private long _length;

    public ArticleSpool(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes);
    }

    /// <summary>Where an article lies and where it goes.</summary>
    /// <param name="Key">Packed date; the greatest number for none.</param>
    private readonly record struct Entry(long Key, UInt128 Id, long Offset, int Length) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Key != other.Key ? Key.CompareTo(other.Key) : Id.CompareTo(other.Id);
    }

    public int Count => _entries.Count;

    /// <summary>Digest of all articles added.</summary>
    public string Digest => _digest.ToString();

    /// <summary>Takes an article in; answers the path of the article that has its id already, else null.</summary>
    public string? Add(Article article)
    {
        byte[] stored = ArticleJson.Serialize(article);
        UInt128 part = ArchiveDigest.Of(stored);
        UInt128 id = UInt128.Parse(article.Id.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        long key = article.Date is { } date ? DocumentMapper.SortKey(date) : long.MaxValue;
        int earlier;
        lock (_gate)
        {
            if (_ids.TryAdd(id, _entries.Count))
            {
                _file.Write(stored);
                _entries.Add(new Entry(key, id, _length, stored.Length));
                _length += stored.Length;
                _digest.Add(part);
                return null;
            }

            earlier = _ids[id];
            _file.Flush();
        }

        Entry entry;
        lock (_gate)
        {
            entry = _entries[earlier];
        }

        return ArticleJson.Deserialize(Read(entry)).Origin.Path;
    }

    /// <summary>Ends adding and puts the articles into index order: by date and time, undated last, then by id.</summary>
    public void Sort()
    {
        _file.Flush();
        _ids.Clear();
        _ids.TrimExcess();
        _entries.Sort();
    }

    /// <summary>The stored form of the article at a place of the index order. Thread-safe.</summary>
    public byte[] Read(int index) => Read(_entries[index]);

    /// <summary>Closes and removes the file.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What is left in its buffer has no room on the disk, and is not wanted any more.
        }

        File.Delete(_path);
    }

    private byte[] Read(Entry entry)
    {
        SafeFileHandle handle = _file.SafeFileHandle;
        byte[] stored = new byte[entry.Length];
        for (int filled = 0; filled < stored.Length;)
        {
            int read = RandomAccess.Read(handle, stored.AsSpan(filled), entry.Offset + filled);
            filled += read > 0 ? read : throw new EndOfStreamException($"the article spool '{_path}' ends early");
        }

        return stored;
    }
}
