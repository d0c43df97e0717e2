using System.Text;

namespace SearchService.Archive.Reading;

/// <summary>What a format is recognised by: the name and the first bytes of an input, unpacked.</summary>
public sealed class InputHead
{
    /// <summary>Most bytes looked at.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <param name="name">File name, without the endings of compression.</param>
    /// <param name="bytes">The first bytes, at most <see cref="MaxBytes"/>.</param>
    /// <param name="complete">Whether these are all of the input.</param>
    public InputHead(string name, ReadOnlyMemory<byte> bytes, bool complete)
    {
        Extension = Path.GetExtension(name).ToLowerInvariant();
        Raw = bytes;
        Complete = complete;
        if (TextDecoding.Wide(bytes.Span) is { } wide)
        {
            string text = wide.Encoding.GetString(bytes.Span[wide.MarkBytes..]);
            Text = Encoding.UTF8.GetBytes(text);
        }
        else
        {
            Text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
    }

    /// <summary>The name's ending in lower case with its dot; empty where it has none.</summary>
    public string Extension { get; }

    /// <summary>The bytes as they are.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The bytes without byte order mark, and as UTF-8 where they are UTF-16 or UTF-32: one byte for an ASCII character always.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public bool Complete { get; }

    /// <summary><see cref="Text"/> from its first character that is no space or line end.</summary>
    public ReadOnlySpan<byte> Start => Text.Span.TrimStart(" \t\r\n\f"u8);
}
