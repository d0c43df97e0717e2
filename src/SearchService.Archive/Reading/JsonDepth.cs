using System.Buffers;

namespace SearchService.Archive.Reading;

/// <summary>How deep brackets nest, counted without a parser: tells nesting over the limit from other broken json.</summary>
internal static class JsonDepth
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);

    public static int Of(ReadOnlySpan<byte> json)
    {
        int depth = 0;
        int deepest = 0;
        bool inString = false;
        while (json.IndexOfAny(inString ? InString : Structure) is int at and >= 0)
        {
            byte found = json[at];
            json = json[(at + 1)..];
            switch (found)
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\':
                    json = json[Math.Min(1, json.Length)..];
                    break;
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                default:
                    depth--;
                    break;
            }
        }

        return deepest;
    }
}
