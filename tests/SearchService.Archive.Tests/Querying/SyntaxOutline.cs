using System.Globalization;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

/// <summary>Prints a tree's shape without positions: <c>(run oil (not headline:"opec meeting"~2))</c>.</summary>
internal static class SyntaxOutline
{
    public static string Of(QuerySyntax query) => query switch
    {
        EverythingSyntax => "(everything)",
        WordSyntax word => word.Text + Boost(word.Boost),
        PrefixSyntax prefix => $"{prefix.Text}*{Boost(prefix.Boost)}",
        PhraseSyntax phrase => $"\"{phrase.Text}\"{(phrase.Slop == 0 ? "" : $"~{phrase.Slop}")}{Boost(phrase.Boost)}",
        FieldSyntax field => $"{field.Field.Name}:{Of(field.Operand)}",
        RequiredSyntax required => $"(must {Of(required.Operand)})",
        NotSyntax not => $"(not {Of(not.Operand)})",
        RunSyntax run => List("run", run.Items),
        AndSyntax and => List("and", and.Items),
        OrSyntax or => List("or", or.Items),
        _ => throw new ArgumentException(query.GetType().Name, nameof(query)),
    };

    private static string List(string name, IEnumerable<QuerySyntax> items) => $"({name} {string.Join(' ', items.Select(Of))})";

    private static string Boost(float boost) => boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{boost}");
}
