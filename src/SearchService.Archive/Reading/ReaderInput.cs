using System.Text;

namespace SearchService.Archive.Reading;

/// <summary>An input as its reader gets it: unpacked, not yet consumed, with its name and limits.</summary>
public sealed class ReaderInput
{
    internal ReaderInput(string path, InputHead head, Stream content, ReadingOptions options)
    {
        Path = path;
        Head = head;
        Content = content;
        Options = options;
    }

    /// <summary>As in <see cref="Articles.ArticleOrigin.Path"/>.</summary>
    public string Path { get; }

    public InputHead Head { get; }

    /// <summary>The bytes from the first one on; forward only.</summary>
    public Stream Content { get; }

    public ReadingOptions Options { get; }

    /// <summary>
    /// The content as UTF-8 without byte order mark, transcoded where it is UTF-16 or UTF-32, with the name of the encoding it
    /// was in. Bytes that are no UTF-8 pass through.
    /// </summary>
    public (Stream Content, string Charset) OpenAsUtf8()
    {
        if (TextDecoding.Wide(Head.Raw.Span) is { } wide)
        {
            Skip(wide.MarkBytes);
            return (Encoding.CreateTranscodingStream(Content, wide.Encoding, new UTF8Encoding(false), leaveOpen: true), wide.Encoding.WebName);
        }

        Skip(Head.Raw.Length - Head.Text.Length);
        return (Content, "utf-8");
    }

    /// <summary>Reads all of the content.</summary>
    /// <exception cref="IOException">More than <see cref="ReadingOptions.MaxFileBytes"/>, or damaged.</exception>
    public byte[] ReadAll()
    {
        var all = new MemoryStream(Head.Raw.Length);
        byte[] buffer = new byte[64 * 1024];
        for (int read = Content.Read(buffer); read > 0; read = Content.Read(buffer))
        {
            if (all.Length + read > Options.MaxFileBytes)
            {
                throw new InputRefusedException(
                    RejectKind.OverLimit,
                    Limit.Exceeded("file", Options.MaxFileBytes, "bytes", nameof(ReadingOptions.MaxFileBytes)));
            }

            all.Write(buffer, 0, read);
        }

        return all.Length == all.Capacity ? all.GetBuffer() : all.ToArray();
    }

    private void Skip(int bytes)
    {
        Span<byte> skipped = stackalloc byte[4];
        Content.ReadExactly(skipped[..bytes]);
    }
}
