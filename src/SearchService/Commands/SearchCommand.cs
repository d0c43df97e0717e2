using System.CommandLine;
using System.Globalization;
using Microsoft.OpenApi;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;
using SearchService.Http;

namespace SearchService.Commands;

/// <summary><c>search QUERY</c>: the search of the API from the shell. Every parameter of <c>/v1/search</c> is an option of the same name. 1 where nothing matches.</summary>
internal static class SearchCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        Argument<string[]> query = new("query")
        {
            Description = "the query, in the query language; several words are one query. Write -- before one that begins with a minus",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("search", "search the published index; the options are the parameters of the API") { query };
        List<(ApiParameter Parameter, Option<string[]> Option)> options = [];
        foreach (ApiParameter parameter in ParameterDescriptions.All.Where(p => p.Name != "q"))
        {
            Option<string[]> option = OptionOf(parameter);
            options.Add((parameter, option));
            command.Add(option);
        }

        command.SetAction((line, _) =>
        {
            List<KeyValuePair<string, string>> pairs = [KeyValuePair.Create("q", string.Join(' ', line.GetValue(query) ?? []))];
            foreach ((ApiParameter parameter, Option<string[]> option) in options)
            {
                if (line.GetResult(option) is { Implicit: false })
                {
                    string[] values = line.GetValue(option) ?? [];
                    pairs.AddRange((values.Length == 0 ? ["true"] : values).Select(value => KeyValuePair.Create(parameter.Name, value)));
                }
            }

            return RunAsync(pairs, line, terminal, clock);
        });
        return command;
    }

    private static async Task<int> RunAsync(List<KeyValuePair<string, string>> pairs, ParseResult line, Terminal terminal, TimeProvider clock)
    {
        using Termination termination = Termination.Listen();
        RequestReadResult read = SearchRequestReader.Read(pairs);
        if (!read.Success)
        {
            throw new CommandFailedException(read.Error.Message);
        }

        await using IArticleIndex index = Backend.Reading(CommonOptions.IndexFolderOf(line), clock);
        switch (await new ArticleSearch(index, clock).SearchAsync(read.Request, termination.Token))
        {
            case SearchOutcome.Found found:
                SearchResponse response = SearchMapping.Response(found.Answer);
                if (line.GetValue(CommonOptions.Json))
                {
                    terminal.Json(response, ContractsJson.Readable.SearchResponse);
                }
                else
                {
                    SearchPrinter.Print(response, terminal);
                }

                return response.Total == 0 ? ExitCode.NothingFound : ExitCode.Done;
            case SearchOutcome.Refused error:
                throw new CommandFailedException(error.Error.Message + PlaceOf(error.Error, read.Request.Text));
            case SearchOutcome.CommitGone gone:
                throw new CommandFailedException($"commit {gone.Commit} of the cursor is no longer held, search again without it");
            default:
                throw new CommandFailedException(Problem.NothingPublishedDetail(index.State));
        }
    }

    /// <summary>Where in the query an error is, counted from 1, with what stands there; empty where it is elsewhere.</summary>
    private static string PlaceOf(RequestError error, string query)
    {
        const int MaxShown = 20;
        if (error.Position is not { } at || at > query.Length)
        {
            return "";
        }

        string rest = query[at..];
        string shown = rest.Length <= MaxShown ? rest : rest[..MaxShown] + "…";
        return string.Create(CultureInfo.InvariantCulture, $" (character {at + 1} of the query: {shown})");
    }

    private static Option<string[]> OptionOf(ApiParameter parameter)
    {
        string dashed = "--" + string.Concat(parameter.Name.Select(c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));
        string name = "--" + parameter.Name;
        return new Option<string[]>(name, dashed == name ? [] : [dashed])
        {
            Description = parameter.Help,
            HelpName = parameter.Choice ?? parameter.Type switch
            {
                JsonSchemaType.Integer => "N",
                JsonSchemaType.Boolean => "true|false",
                _ => "VALUE",
            },
            Arity = parameter.Type == JsonSchemaType.Boolean ? ArgumentArity.ZeroOrOne : ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
    }
}
