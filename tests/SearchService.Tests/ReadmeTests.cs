using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using SearchService.Http;

namespace SearchService.Tests;

/// <summary>What the README promises about the program.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Options_AreThoseOfTheClass_WithDefaultsAndRanges()
    {
        ServerOptions defaults = new();
        IEnumerable<string> rows = typeof(ServerOptions).GetProperties().Select(property =>
        {
            RangeAttribute range = property.GetCustomAttribute<RangeAttribute>()!;
            return string.Create(CultureInfo.InvariantCulture, $"| `{property.Name}` | {property.GetValue(defaults)} | {range.Minimum} to {range.Maximum} |");
        });

        string[] lines = File.ReadAllLines(Path.Combine(RepositoryFolder(), "README.md"));
        string[] table = [.. lines.SkipWhile(l => l != "| setting | default | range | meaning |").Skip(2).TakeWhile(l => l.StartsWith('|'))];

        Assert.Equal(rows, table.Select(l => string.Join('|', l.Split('|').Take(4)) + "|"));
    }

    private static string RepositoryFolder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SearchService.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie inside the repository");
        }

        return folder;
    }
}
