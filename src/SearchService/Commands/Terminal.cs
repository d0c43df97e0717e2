using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchService.Commands;

/// <summary>
/// Where commands write. Results go to standard output, everything else to standard error; with <c>--json</c> the JSON alone is on
/// standard output.
/// </summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutIsTerminal">Whether a person sees standard output.</param>
/// <param name="ErrorIsTerminal">Whether a person sees standard error.</param>
/// <param name="Colours">Whether standard output may carry colours: a terminal, and NO_COLOR is not set.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsTerminal, bool ErrorIsTerminal, bool Colours)
{
    /// <summary>The process's own streams.</summary>
    public static Terminal OfConsole()
    {
        bool outIsTerminal = !Console.IsOutputRedirected;
        bool colours = outIsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, outIsTerminal, !Console.IsErrorRedirected, colours);
    }

    /// <summary>A line of the result. Text from elsewhere in it is to be made <see cref="Printable"/> before.</summary>
    public void Line(string text = "") => Out.WriteLine(text);

    /// <summary>A line about what is going on.</summary>
    public void Say(string text) => Error.WriteLine(Printable.Line(text));

    /// <summary>What went wrong, in one line.</summary>
    public void Complain(string message) => Error.WriteLine("searchservice: " + Printable.Line(message));

    /// <summary>A contract as one line of JSON.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => Out.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Text in bold where colours are allowed.</summary>
    public string Bold(string text) => Colours ? $"\u001b[1m{text}\u001b[22m" : text;

    /// <summary>Text in a pale colour where colours are allowed.</summary>
    public string Dim(string text) => Colours ? $"\u001b[2m{text}\u001b[22m" : text;
}
