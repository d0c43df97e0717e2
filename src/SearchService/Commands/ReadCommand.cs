using System.CommandLine;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;
using SearchService.Archive.Reading;
using SearchService.Contracts;

namespace SearchService.Commands;

/// <summary>
/// <c>read FILE…</c>: a dry run of reading and extraction that touches no index: prints each article with its findings, and what is
/// rejected. 1 where there is no article, 2 where a path does not exist.
/// </summary>
internal static class ReadCommand
{
    private static readonly Argument<string[]> Paths = new("files")
    {
        Description = "files and folders to read",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Mapping = new("--mapping")
    {
        Description = "which properties of a json record mean which field: headline=title,body=content.text|text",
        HelpName = "MAP",
    };

    public static Command Create(Terminal terminal)
    {
        Command command = new("read", "show what would be read and found in files, without touching the index") { Paths, Mapping };
        command.SetAction(line => Run(line, terminal));
        return command;
    }

    private static int Run(ParseResult line, Terminal terminal)
    {
        string[] paths = line.GetValue(Paths) ?? [];
        if (paths.Length == 0)
        {
            throw new CommandFailedException("no file given, want: searchservice read FILE…");
        }

        FieldMapping? mapping = FieldMapping.Default;
        if (line.GetValue(Mapping) is { } text && !FieldMapping.TryParse(text, out mapping, out string? error))
        {
            throw new CommandFailedException(error);
        }

        using Termination termination = Termination.Listen();
        InputReader reader = new(new ReadingOptions { Mapping = mapping });
        ArticleExtractor extractor = new();
        IReadOutput output = line.GetValue(CommonOptions.Json) ? new JsonReadOutput(terminal) : new TextReadOutput(terminal);
        bool missing = false;
        long articles = 0;
        foreach (string path in paths)
        {
            if (!InputWalker.TryCreate([path], [], out InputWalker? walker, out string? problem))
            {
                terminal.Complain(problem);
                missing = true;
                continue;
            }

            foreach (ReadResult result in walker.Walk().SelectMany(reader.Read).Select(r => Extracted(r, extractor)))
            {
                termination.Token.ThrowIfCancellationRequested();
                articles += result is ReadResult.Read ? 1 : 0;
                output.Write(result);
            }
        }

        return missing ? ExitCode.Failed : articles == 0 ? ExitCode.NothingFound : ExitCode.Done;
    }

    // As in the pipeline: what extraction throws rejects the one article.
    private static ReadResult Extracted(ReadResult result, ArticleExtractor extractor)
    {
        if (result is not ReadResult.Read read)
        {
            return result;
        }

        try
        {
            return read with { Article = extractor.Extract(read.Article) };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            ArticleOrigin origin = read.Article.Origin;
            return new ReadResult.Rejected(origin.Path, origin.Record, RejectKind.Failed, $"extraction failed: {failure.GetType().Name}");
        }
    }
}

/// <summary>How <c>read</c> shows what it reads.</summary>
internal interface IReadOutput
{
    void Write(ReadResult result);
}

/// <summary>For people: articles on standard output, what is rejected on standard error.</summary>
internal sealed class TextReadOutput(Terminal terminal) : IReadOutput
{
    private bool _first = true;

    public void Write(ReadResult result)
    {
        switch (result)
        {
            case ReadResult.Read read:
                if (!_first)
                {
                    terminal.Line();
                }

                ArticlePrinter.Print(read.Article, read.Warnings, terminal);
                _first = false;
                break;
            case ReadResult.Rejected rejected:
                terminal.Complain($"{rejected.Path} (record {rejected.Record}): {rejected.Kind.Name()}: {rejected.Reason}");
                break;
        }
    }
}

/// <summary>For machines: an article view or a rejected record a line, in input order.</summary>
internal sealed class JsonReadOutput(Terminal terminal) : IReadOutput
{
    public void Write(ReadResult result)
    {
        switch (result)
        {
            case ReadResult.Read read:
                terminal.Json(ArticleMapping.View(read.Article), ContractsJson.Readable.ArticleResponse);
                break;
            case ReadResult.Rejected rejected:
                terminal.Json(new RejectedLine(new RejectedRecord(rejected.Path, rejected.Record, rejected.Reason)), ContractsJson.Readable.RejectedLine);
                break;
        }
    }
}
