using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchService.Archive.Articles;

/// <summary>
/// The stored form of an article: compact JSON, UTF-8, what is unknown or empty left out. A change of this form, of the
/// record or of the enums' names raises <see cref="ArticleSchema.Version"/>.
/// </summary>
/// <remarks>
/// A date is one string, provenance first ("stamp 2018-11-21T14:20+04:00"); a finding is an array in the order of its
/// parameters. Unpaired surrogates become U+FFFD, so that offsets stay true.
/// </remarks>
public static class ArticleJson
{
    private static readonly JsonTypeInfo<StoredArticle> Type =
        (JsonTypeInfo<StoredArticle>)new JsonSerializerOptions(ArticleJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ArticleJsonContext.Default.WithAddedModifier(LeaveOutEmpty),
        }.GetTypeInfo(typeof(StoredArticle));

    public static byte[] Serialize(Article article) => JsonSerializer.SerializeToUtf8Bytes(StoredArticle.Of(article), Type);

    /// <exception cref="JsonException">Not what <see cref="Serialize"/> writes.</exception>
    public static Article Deserialize(ReadOnlySpan<byte> utf8) =>
        (JsonSerializer.Deserialize(utf8, Type) ?? throw new JsonException("an article wanted, got null")).ToArticle();

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        // Only where an absent property reads back as empty: not in records made by their constructor.
        if (type.Type != typeof(StoredArticle) && type.Type != typeof(StoredDeclared))
        {
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.ShouldSerialize = static (_, value) => value switch
            {
                null => false,
                string text => text.Length > 0,
                IEnumerable items => items.GetEnumerator().MoveNext(),
                _ => true,
            };
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ArticleIdConverter), typeof(ArticleDateConverter), typeof(FindingConverter), typeof(LocationProvenanceConverter)])]
[JsonSerializable(typeof(StoredArticle))]
internal sealed partial class ArticleJsonContext : JsonSerializerContext;
