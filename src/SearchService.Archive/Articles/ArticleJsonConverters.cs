using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchService.Archive.Articles;

internal sealed class LocationProvenanceConverter() : JsonStringEnumConverter<LocationProvenance>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class ArticleIdConverter : JsonConverter<ArticleId>
{
    public override ArticleId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ArticleId.TryParse(reader.GetString(), out ArticleId id) ? id : throw new JsonException("an article id wanted");

    public override void Write(Utf8JsonWriter writer, ArticleId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class ArticleDateConverter : JsonConverter<ArticleDate>
{
    private static readonly string[] Provenances = [.. Enum.GetNames<DateProvenance>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public override ArticleDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? "";
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        int provenance = blank < 0 ? -1 : Array.IndexOf(Provenances, text[..blank]);
        return provenance >= 0 && ArticleDate.TryParse(text[(blank + 1)..], (DateProvenance)provenance, out ArticleDate date)
            ? date
            : throw new JsonException("a date with its provenance wanted");
    }

    public override void Write(Utf8JsonWriter writer, ArticleDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"{Provenances[(int)value.Provenance]} {value.Value}");
}

internal sealed class FindingConverter : JsonConverter<Finding>
{
    private static readonly string[] Places = [.. Enum.GetNames<FindingIn>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public override Finding Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        string field = Text(ref reader);
        string value = Text(ref reader);
        int place = Array.IndexOf(Places, Text(ref reader));
        Expect(place >= 0);
        int start = Number(ref reader);
        int length = Number(ref reader);
        string rule = Text(ref reader);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.EndArray);
        return new Finding(field, value, (FindingIn)place, start, length, rule);
    }

    public override void Write(Utf8JsonWriter writer, Finding value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Field);
        writer.WriteStringValue(value.Value);
        writer.WriteStringValue(Places[(int)value.In]);
        writer.WriteNumberValue(value.Start);
        writer.WriteNumberValue(value.Length);
        writer.WriteStringValue(value.Rule);
        writer.WriteEndArray();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
        return reader.GetString()!;
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        int number = 0;
        Expect(reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out number));
        return number;
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("a finding wanted: [field, value, in, start, length, rule]");
        }
    }
}
