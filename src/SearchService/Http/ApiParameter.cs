using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace SearchService.Http;

/// <summary>
/// A parameter as the OpenAPI document describes it. Parameters are read by a reader of our own, so the framework knows nothing of them.
/// </summary>
/// <param name="Name">Its name in the query string or the path.</param>
/// <param name="Type">Its JSON type.</param>
/// <param name="Description">What it means, one or two sentences.</param>
internal sealed record ApiParameter(string Name, JsonSchemaType Type, string Description)
{
    public ParameterLocation In { get; init; } = ParameterLocation.Query;

    /// <summary>Whether it may be sent several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>Most times it may be sent; null for no limit but the address's length.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The value taken where it is not sent; null where there is none.</summary>
    public JsonNode? Default { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>The only values allowed; empty for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public JsonNode? Example { get; init; }

    /// <summary>The values to choose from as one word, where they are few: auto|all|any.</summary>
    public string? Choice => Values.Count is > 0 and <= 7 ? string.Join('|', Values) : null;

    /// <summary>The description with range, values and default, for the command line's help.</summary>
    public string Help
    {
        get
        {
            string range = (Minimum, Maximum) is ({ } from, { } to) ? $"; {from} to {to}" : "";
            string values = Values.Count == 0 || Choice is not null ? "" : $"; one of {string.Join(", ", Values)}";
            string given = Default is null || Default.ToString() is "" or "false" ? "" : $"; default {Default}";
            return $"{char.ToLowerInvariant(Description[0])}{Description[1..].TrimEnd('.')}{range}{values}{given}";
        }
    }

    /// <summary>As the document has it; one that repeats is sent as name=a&amp;name=b, which is the document's default.</summary>
    public OpenApiParameter ToOpenApi()
    {
        OpenApiSchema value = new()
        {
            Type = Type,
            Default = Default?.DeepClone(),
            Minimum = Minimum?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Maximum = Maximum?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            MaxLength = MaxLength,
            Enum = Values.Count == 0 ? null : [.. Values.Select(v => (JsonNode)JsonValue.Create(v))],
        };
        return new OpenApiParameter
        {
            Name = Name,
            In = In,
            Required = In == ParameterLocation.Path,
            Description = Description,
            Example = Example?.DeepClone(),
            Schema = Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MaxItems = MaxItems } : value,
        };
    }
}
