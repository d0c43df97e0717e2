using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>
/// Parses one json object into an article by the field mapping. Markup in a body stays as it is. A line of an OpenSearch or
/// Elasticsearch dump is read by its <c>_source</c>, with <c>_id</c> as its id.
/// </summary>
internal sealed class JsonRecord(string format, string path, long record, string charset, ReadingOptions options)
{
    /// <summary>Longest date, dateline, place, language and address taken; longer ones are no such thing.</summary>
    private const int MaxDetailChars = ArticleSchema.MaxValueChars;

    private static readonly char[] SubjectSeparators = [';', '|'];

    private readonly List<string> _warnings = [];
    private string _charset = charset;

    public ReadResult Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            DecodedText decoded = TextDecoding.Decode(json.Span);
            _warnings.AddRange(Warnings.OfDecoding(decoded));
            _charset = decoded.Charset;
            json = Encoding.UTF8.GetBytes(decoded.Text);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = options.MaxJsonDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Map(document.RootElement)
                : Reject(RejectKind.Malformed, $"a json {Name(document.RootElement.ValueKind)}, want an object");
        }
        catch (JsonException e)
        {
            return JsonDepth.Of(json.Span) > options.MaxJsonDepth
                ? Reject(RejectKind.OverLimit, Limit.Exceeded("json", options.MaxJsonDepth, "levels", nameof(ReadingOptions.MaxJsonDepth)))
                : Reject(RejectKind.Malformed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"not valid json at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of the record"));
        }
    }

    private ReadResult Map(JsonElement root)
    {
        JsonElement article = JsonValues.TryGet(root, "_source"u8, out JsonElement source) && source.ValueKind == JsonValueKind.Object ? source : root;
        JsonElement[] values = options.Mapping.Match(article);
        string? id = First(values, MappedField.Id) ?? (JsonValues.TryGet(root, "_id"u8, out JsonElement hit) ? JsonValues.Texts(hit).FirstOrDefault() : null);
        string? headline = First(values, MappedField.Headline);
        string body = LineEnds.ToLf(string.Join("\n\n", JsonValues.Texts(values[(int)MappedField.Body])));
        if (headline is null && body.Length == 0)
        {
            return Reject(RejectKind.NoText, $"no headline and no text in the fields {FieldNames(article)}");
        }

        if (headline?.Length > ArticleSchema.MaxHeadlineChars)
        {
            return Reject(RejectKind.OverLimit, HeadlineLimit.Exceeded(headline));
        }

        if (body.Length > options.MaxBodyChars)
        {
            return Reject(RejectKind.OverLimit, Limit.Exceeded("text", options.MaxBodyChars, "characters", nameof(ReadingOptions.MaxBodyChars)));
        }

        DeclaredFields declared = Declare(values, id, headline);
        return new ReadResult.Read(
            new Article
            {
                Id = id is null ? ArticleId.FromPath(path, record) : ArticleId.FromNative(declared.Source, id),
                Origin = new ArticleOrigin(path, record, format, _charset),
                Declared = declared,
                Body = body,
            },
            _warnings);
    }

    private DeclaredFields Declare(JsonElement[] values, string? id, string? headline) => new()
    {
        NativeId = id,
        Headline = headline,
        Date = Detail("date", JsonDates.Text(values[(int)MappedField.Date])),
        Dateline = Detail("dateline", First(values, MappedField.Dateline)),
        Location = Detail("location", First(values, MappedField.Location)),
        LocationCountry = Detail("locationCountry", First(values, MappedField.LocationCountry)),
        Countries = Several("countries", JsonValues.Texts(values[(int)MappedField.Country])),
        People = Several("people", JsonValues.Texts(values[(int)MappedField.Person])),
        Source = First(values, MappedField.Source),
        Language = Detail("language", First(values, MappedField.Language)),
        Byline = JsonValues.Texts(values[(int)MappedField.Byline]) is { Count: > 0 } authors ? string.Join(", ", authors) : null,
        Section = First(values, MappedField.Section),
        Subjects = Several("subjects", Subjects(values[(int)MappedField.Subject])),
        Url = Detail("url", First(values, MappedField.Url)),
    };

    private static string? First(JsonElement[] values, MappedField field) => JsonValues.Texts(values[(int)field]).FirstOrDefault();

    /// <summary>A list in one string is split at ';' or '|', else at ',' (schema.org's keywords).</summary>
    private static List<string> Subjects(JsonElement value)
    {
        List<string> texts = JsonValues.Texts(value);
        if (value.ValueKind != JsonValueKind.String || texts.Count != 1)
        {
            return texts;
        }

        char[] separators = texts[0].IndexOfAny(SubjectSeparators) >= 0 ? SubjectSeparators : [','];
        return [.. texts[0].Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private string? Detail(string field, string? value)
    {
        if (value?.Length > MaxDetailChars)
        {
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{field} of {value.Length} characters left out, want at most {MaxDetailChars}"));
            return null;
        }

        return value;
    }

    private List<string> Several(string field, List<string> values)
    {
        int most = options.MaxValuesPerField;
        if (values.Count <= most)
        {
            return values;
        }

        _warnings.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{values.Count - most} of {values.Count} {field} left out, {nameof(ReadingOptions.MaxValuesPerField)} allows {most}"));
        return values[..most];
    }

    private ReadResult.Rejected Reject(RejectKind kind, string reason) => new(path, record, kind, reason);

    private static string FieldNames(JsonElement article)
    {
        const int MaxNames = 10;
        const int MaxNameChars = 32;
        string[] names =
        [
            .. article.EnumerateObject().Take(MaxNames).Select(
                p => JsonValues.TryName(p, out string? name) ? name[..Math.Min(name.Length, MaxNameChars)] : "?"),
        ];
        return names.Length == 0 ? "(none)" : string.Join(", ", names);
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "truth value",
        _ => "null",
    };
}
