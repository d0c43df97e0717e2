using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary>
/// What endpoints say about themselves beyond their types, and how it gets into the OpenAPI document.
/// </summary>
internal static class ApiDescription
{
    /// <summary>The document's name and so the last part of its path.</summary>
    public const string DocumentName = "v1";

    private sealed record ParameterMetadata(IReadOnlyList<ApiParameter> Parameters);

    private sealed record ProblemMetadata(IReadOnlyList<Problem> Problems);

    public static TBuilder WithParameters<TBuilder>(this TBuilder builder, params IReadOnlyList<ApiParameter> parameters)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ParameterMetadata(parameters));

    public static TBuilder WithPathParameter<TBuilder>(this TBuilder builder, string name, string description, string example, params IReadOnlyList<string> values)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithParameters(new ApiParameter(name, JsonSchemaType.String, description) { In = ParameterLocation.Path, Example = example, Values = values });

    /// <summary>The problems an endpoint answers with beside those of every endpoint.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params IReadOnlyList<Problem> problems)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProblemMetadata(problems));

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "SearchService",
                Version = Versions.Program,
                Description = "Full-text search for news archives. Everything is GET, HEAD answers the same without a body; errors are application/problem+json (RFC 9457).",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            // Wherever it is read from is where it is served.
            document.Servers = [new OpenApiServer { Url = "/" }];
            foreach (IOpenApiSchema schema in document.Components?.Schemas?.Values ?? [])
            {
                DropNulls(schema);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellationToken) =>
        {
            IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Parameters = [.. metadata.OfType<ParameterMetadata>().SelectMany(m => m.Parameters).Select(p => p.ToOpenApi())];
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(ProblemResponse), parameterDescription: null, cancellationToken);
            context.Document?.AddComponent(nameof(ProblemResponse), schema);
            operation.Responses ??= [];
            foreach (IGrouping<int, Problem> problems in metadata.OfType<ProblemMetadata>()
                .SelectMany(m => m.Problems)
                .Append(Problem.HostNotAllowed)
                .Append(Problem.AddressTooLong)
                .Append(Problem.Internal)
                .Distinct()
                .GroupBy(p => p.Status)
                .OrderBy(g => g.Key))
            {
                operation.Responses[problems.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = ResponseOf(problems, context.Document!);
            }
        });
    });

    // Absent values are left out, so no property is ever null, whatever its C# type says.
    private static void DropNulls(IOpenApiSchema schema)
    {
        foreach ((string name, IOpenApiSchema property) in schema.Properties?.ToArray() ?? [])
        {
            if (property is OpenApiSchema { OneOf: [_, { } value] either } && either[0].Type == JsonSchemaType.Null)
            {
                schema.Properties![name] = value;
            }
            else if (property is OpenApiSchema { Type: { } type } own)
            {
                own.Type = type & ~JsonSchemaType.Null;
            }
        }
    }

    private static OpenApiResponse ResponseOf(IEnumerable<Problem> problems, OpenApiDocument document)
    {
        OpenApiMediaType content = new() { Schema = new OpenApiSchemaReference(nameof(ProblemResponse), document), Examples = new Dictionary<string, IOpenApiExample>() };
        foreach (Problem problem in problems)
        {
            content.Examples[problem.Name] = new OpenApiExample
            {
                Value = new JsonObject { ["type"] = problem.Type, ["title"] = problem.Title, ["status"] = problem.Status },
            };
        }

        return new OpenApiResponse
        {
            Description = string.Join("; ", problems.Select(p => $"{p.Name}: {p.Title}")),
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemResult.ContentType] = content },
        };
    }
}
