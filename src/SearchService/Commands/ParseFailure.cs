using System.CommandLine;
using System.CommandLine.Parsing;

namespace SearchService.Commands;

/// <summary>Says in our own words what is wrong with a command line: what was got and what was wanted.</summary>
internal static class ParseFailure
{
    private const int MaxOptionsListed = 12;

    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? Of(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        string help = $"see searchservice {(command is RootCommand ? "" : command.Name + " ")}--help";
        if (MistakenForArgument(line) is { } mistaken)
        {
            return $"{Unmatched(mistaken, command)}; {help}";
        }

        return line.Errors.Count == 0 ? null : Describe(line, command, help);
    }

    private static string Describe(ParseResult line, Command command, string help)
    {
        if (line.UnmatchedTokens.Count != 0)
        {
            return $"{Unmatched(line.UnmatchedTokens[0], command)}; {help}";
        }

        ParseError error = line.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => $"option {option.Option.Name} wants a value; {help}",
            OptionResult { IdentifierTokenCount: > 1 } option when option.Option.Arity.MaximumNumberOfValues <= 1 => $"option {option.Option.Name} is given twice, want it once; {help}",
            OptionResult option when IsOurs(error) => $"option {option.Option.Name}: {error.Message}; {help}",
            OptionResult option => $"option {option.Option.Name} got '{option.Tokens[0].Value}', want {Wanted(option.Option.ValueType)}; {help}",
            ArgumentResult { Parent: OptionResult option } when IsOurs(error) => $"option {option.Option.Name}: {error.Message}; {help}",
            ArgumentResult { Parent: OptionResult option } => $"option {option.Option.Name} got '{option.Tokens[^1].Value}', want {Wanted(option.Option.ValueType)}; {help}",
            _ => $"command line not understood; {help}",
        };
    }

    // The parser takes an option that it does not know for an argument where one is wanted: --sise would become a word of the query.
    private static string? MistakenForArgument(ParseResult line)
    {
        HashSet<Token> arguments = new(line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens), ReferenceEqualityComparer.Instance);
        return line.Tokens
            .TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && arguments.Contains(t))?.Value;
    }

    private static string Unmatched(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            string[] options = [.. OptionsOf(command).Select(o => o.Name).Order(StringComparer.Ordinal)];
            string wanted = options.Length <= MaxOptionsListed ? $"want one of {string.Join(", ", options)}" : "want -- before a query that begins with a minus";
            return $"unknown option '{Shown(token)}', {wanted}";
        }

        return command is RootCommand
            ? $"unknown command '{Shown(token)}', want one of {string.Join(", ", command.Subcommands.Select(c => c.Name))}"
            : $"got '{Shown(token)}', which {command.Name} does not take";
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive))).Where(o => !o.Hidden);

    // Messages of our validators are lower-case, the library's are not.
    private static bool IsOurs(ParseError error) => error.Message.Length != 0 && char.IsLower(error.Message[0]);

    private static string Wanted(Type type) => type == typeof(int) || type == typeof(int?) ? "a whole number" : "another value";

    private static string Shown(string token) => token.Length <= 60 ? token : token[..60] + "…";
}
