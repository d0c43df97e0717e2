using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SearchService.Archive.Reading;

/// <summary>Texts out of json values of any shape: strings, numbers, lists, objects with a name.</summary>
internal static class JsonValues
{
    /// <summary>Properties that hold an object's own text, best first: WordPress, NYT, ninjs, schema.org, MongoDB, XML turned into json.</summary>
    private static readonly byte[][] TextProperties =
    [
        "rendered"u8.ToArray(), "main"u8.ToArray(), "original"u8.ToArray(), "value"u8.ToArray(), "name"u8.ToArray(), "title"u8.ToArray(),
        "text"u8.ToArray(), "content"u8.ToArray(), "body"u8.ToArray(), "label"u8.ToArray(), "headline"u8.ToArray(), "$date"u8.ToArray(),
        "$oid"u8.ToArray(), "$numberLong"u8.ToArray(), "$t"u8.ToArray(), "#text"u8.ToArray(), "_"u8.ToArray(),
    ];

    /// <summary>Whether a value holds no text for sure.</summary>
    public static bool IsBlank(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(value)[1..^1].Trim(" \t\r\n"u8).IsEmpty,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        JsonValueKind.Number => false,
        _ => true,
    };

    /// <summary>
    /// The texts in a value, in order, blank ones left out: strings and numbers as written, of an object its text property, of an
    /// array those of its elements. True, false and null are no texts.
    /// </summary>
    public static List<string> Texts(JsonElement value)
    {
        var texts = new List<string>();
        var pending = new Stack<JsonElement>([value]);
        while (pending.TryPop(out JsonElement next))
        {
            switch (next.ValueKind)
            {
                case JsonValueKind.String when Text(next) is var text && !string.IsNullOrWhiteSpace(text):
                    texts.Add(text);
                    break;
                case JsonValueKind.Number:
                    texts.Add(next.GetRawText());
                    break;
                case JsonValueKind.Array:
                    foreach (JsonElement element in next.EnumerateArray().Reverse())
                    {
                        pending.Push(element);
                    }

                    break;
                case JsonValueKind.Object when TextOf(next) is { } text:
                    pending.Push(text);
                    break;
            }
        }

        return texts;
    }

    /// <summary>A string's text. Escapes of half a surrogate pair, which are no characters, become U+FFFD.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }

    /// <summary>A property's name; false where it holds half a surrogate pair.</summary>
    public static bool TryName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    /// <summary>The last property of a name that is written without escapes. JsonElement's own throws over names with half a surrogate pair.</summary>
    public static bool TryGet(JsonElement value, ReadOnlySpan<byte> name, out JsonElement found)
    {
        found = default;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual(name))
            {
                found = property.Value;
            }
        }

        return found.ValueKind != JsonValueKind.Undefined;
    }

    private static JsonElement? TextOf(JsonElement value)
    {
        foreach (byte[] name in TextProperties)
        {
            if (TryGet(value, name, out JsonElement text) && !IsBlank(text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Escapes of RFC 8259, section 7, in a string that the parser has checked.</summary>
    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        string escaped = Encoding.UTF8.GetString(raw);
        var text = new StringBuilder(escaped.Length);
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            char kind = escaped[++i];
            if (kind == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(kind switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => kind });
            }
        }

        // The way through UTF-8 replaces lone halves.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
