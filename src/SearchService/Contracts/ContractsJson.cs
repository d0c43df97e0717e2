using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchService.Contracts;

/// <summary>How the contracts become JSON: camel case, absent values left out, every letter readable.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(ArticleResponse))]
[JsonSerializable(typeof(HitResponse))]
[JsonSerializable(typeof(ValueFacetResponse))]
[JsonSerializable(typeof(DateFacetResponse))]
[JsonSerializable(typeof(FacetAnswer))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(RejectedLine))]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(ReindexSummary))]
[JsonSerializable(typeof(StatusSummary))]
[JsonSerializable(typeof(VerifySummary))]
public sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>
    /// The one instance to write with. Its encoder leaves letters of every script, &lt;, &amp;, ' and + as they are: the JSON is
    /// never put inside a page, and it is served as application/json with nosniff.
    /// </summary>
    public static ContractsJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
