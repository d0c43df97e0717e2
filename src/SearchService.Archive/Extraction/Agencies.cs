using System.Collections.Frozen;

namespace SearchService.Archive.Extraction;

/// <summary>News agencies and papers by the forms they sign with.</summary>
internal static class Agencies
{
    private static readonly FrozenDictionary<string, string> Names = EmbeddedData.Lines("agencies.txt")
        .Select(line => line.Split('\t'))
        .SelectMany(forms => forms, (forms, form) => (Form: TextFolding.Fold(form), Name: forms[0]))
        .DistinctBy(f => f.Form)
        .ToFrozenDictionary(f => f.Form, f => f.Name, StringComparer.Ordinal);

    /// <summary>The agency's usual name for a form it signs with; null for an unknown one.</summary>
    public static string? Find(ReadOnlySpan<char> form) => form.Length is 0 or > 40 ? null : Names.GetValueOrDefault(TextFolding.Fold(form));

    /// <summary>The usual name of a known agency, else the form as printed.</summary>
    public static string NameOf(ReadOnlySpan<char> form) => Find(form) ?? form.ToString();
}
