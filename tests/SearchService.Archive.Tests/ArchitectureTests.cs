using System.Reflection;
using System.Text.RegularExpressions;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Tests;

/// <summary>
/// Who may know whom, as ARCHITECTURE.md draws it, held against the compiled libraries. A folder that is not there yet passes; a
/// namespace that the rules do not know fails, so that no code stands outside of them.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Archive = "SearchService.Archive";

    private static readonly IReadOnlyList<TypeUses> ArchiveTypes = TypeUses.Read(typeof(Article).Assembly);

    private static readonly IReadOnlyList<TypeUses> RetrievalTypes = TypeUses.Read(Assembly.Load("SearchService.Retrieval"));

    private static readonly string[] Folders =
    [
        "Articles", "Reading", "Extraction", "Querying", "Index", "Ingestion", "Backends.Embedded", "Backends.OpenSearch",
    ];

    /// <summary>What nobody calls, and why.</summary>
    private static readonly string[] BannedMembers =
    [
        // Time comes from TimeProvider.
        "System.DateTime.get_Now()", "System.DateTime.get_UtcNow()", "System.DateTime.get_Today()",
        "System.DateTimeOffset.get_Now()", "System.DateTimeOffset.get_UtcNow()",

        // Breaks Lucene.NET's files.
        "System.Threading.Thread.Interrupt()",

        // Block a pool thread.
        "System.Threading.Tasks.Task.Wait()", "System.Threading.Tasks.Task`1.get_Result()", "System.Threading.Tasks.ValueTask`1.get_Result()",

        // The current culture.
        "System.String.ToLower()", "System.String.ToUpper()", "System.Char.ToLower(System.Char)", "System.Char.ToUpper(System.Char)",
        "System.String.StartsWith(System.String)", "System.String.EndsWith(System.String)",
        "System.String.IndexOf(System.String)", "System.String.IndexOf(System.String,System.Int32)", "System.String.LastIndexOf(System.String)",
        "System.String.Compare(System.String,System.String)", "System.String.Compare(System.String,System.String,System.Boolean)",
        "System.String.CompareTo(System.String)", "System.Globalization.CultureInfo.get_CurrentCulture()",
        "System.Globalization.CultureInfo.get_CurrentUICulture()",

        // Expand entities.
        "System.Xml.Linq.XDocument.Parse(System.String)", "System.Xml.Linq.XDocument.Load(System.String)", "System.Xml.Linq.XElement.Parse(System.String)",

        // Without a time-out a pattern can run away.
        "System.Text.RegularExpressions.Regex..ctor(System.String)",
        "System.Text.RegularExpressions.Regex.IsMatch(System.String,System.String)", "System.Text.RegularExpressions.Regex.Match(System.String,System.String)",
        "System.Text.RegularExpressions.Regex.Matches(System.String,System.String)", "System.Text.RegularExpressions.Regex.Split(System.String,System.String)",
        "System.Text.RegularExpressions.Regex.Replace(System.String,System.String,System.String)",
    ];

    [Theory]
    [InlineData("Articles", "Reading", "Extraction", "Querying", "Index", "Ingestion", "Backends")]
    [InlineData("Index", "Reading", "Extraction", "Querying", "Ingestion", "Backends")]
    [InlineData("Reading", "Extraction", "Querying", "Index", "Ingestion", "Backends")]
    [InlineData("Extraction", "Reading", "Querying", "Index", "Ingestion", "Backends")]
    [InlineData("Querying", "Reading", "Extraction", "Ingestion", "Backends")]
    [InlineData("Ingestion", "Querying", "Backends")]
    [InlineData("Backends.Embedded", "Backends.OpenSearch", "Querying", "Ingestion")]
    [InlineData("Backends.OpenSearch", "Backends.Embedded", "Querying", "Ingestion")]
    public void Folder_NeverKnows(string folder, params string[] others) =>
        AssertNone(Uses(Inside(ArchiveTypes, $"{Archive}.{folder}"), [.. others.Select(o => $"{Archive}.{o}")]));

    [Fact]
    public void Types_LieInAFolderThatHasRules() =>
        Assert.All(
            ArchiveTypes.Where(t => t.Name.Contains('.', StringComparison.Ordinal) && !IsGenerated(t)),
            type => Assert.Contains(Folders, folder => TypeUses.IsIn(type.Name, $"{Archive}.{folder}")));

    [Fact]
    public void Lucene_OnlyInTheEmbeddedBackendAndRetrieval() =>
        AssertNone(Uses(Outside(ArchiveTypes, $"{Archive}.Backends.Embedded"), ["Lucene.Net", "SearchService.Retrieval"]));

    [Fact]
    public void AngleSharp_OnlyInReading() =>
        AssertNone(Uses([.. Outside(ArchiveTypes, $"{Archive}.Reading"), .. RetrievalTypes], ["AngleSharp"]));

    [Fact]
    public void Retrieval_HasNeverHeardOfNews() => AssertNone(Uses(RetrievalTypes, [Archive]));

    [Fact]
    public void Libraries_KnowNoHttpServerConsoleOrCommandLine() =>
        AssertNone(Uses(Libraries, ["Microsoft.AspNetCore", "System.Console", "System.CommandLine", "Spectre.Console"]));

    [Fact]
    public void Libraries_ReadUntrustedInputSafely() =>
        AssertNone(Uses(Libraries, ["System.Xml.XmlDocument", "Lucene.Net.QueryParsers", "System.Runtime.Serialization.Formatters.Binary"]));

    [Fact]
    public void Libraries_CallNothingBanned() => AssertNone(Calls(Libraries, BannedMembers));

    [Fact]
    public void GeneratedRegexes_HaveATimeout()
    {
        IEnumerable<MethodInfo> methods = new[] { typeof(Article).Assembly, Assembly.Load("SearchService.Retrieval") }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
        AssertNone(
            from method in methods
            let attribute = method.GetCustomAttribute<GeneratedRegexAttribute>()
            where attribute is not null && attribute.MatchTimeoutMilliseconds <= 0 && !attribute.Options.HasFlag(RegexOptions.NonBacktracking)
            select $"{method.DeclaringType}.{method.Name}");
    }

    /// <summary>The rules can fail: each way of using a type or a member is seen.</summary>
    [Theory]
    [InlineData(nameof(ArchitectureFixture.UsesInBody))]
    [InlineData(nameof(ArchitectureFixture.UsesInField))]
    [InlineData(nameof(ArchitectureFixture.UsesInSignature))]
    [InlineData(nameof(ArchitectureFixture.UsesInGeneric))]
    [InlineData(nameof(ArchitectureFixture.UsesInLambda))]
    [InlineData(nameof(ArchitectureFixture.UsesInIterator))]
    [InlineData(nameof(ArchitectureFixture.UsesInAsync))]
    [InlineData(nameof(ArchitectureFixture.UsesAsBase))]
    [InlineData(nameof(ArchitectureFixture.UsesInCatch))]
    [InlineData(nameof(ArchitectureFixture.UsesInConstraint<>))]
    [InlineData(nameof(ArchitectureFixture.UsesAsAttribute))]
    [InlineData(nameof(ArchitectureFixture.UsesStatic))]
    public void Use_OfAnyKind_IsSeen(string name)
    {
        TypeUses type = Assert.Single(TypeUses.Read(typeof(ArchitectureTests).Assembly), t => t.Name.Split('.')[^1].Split('`')[0] == name);
        Assert.NotEmpty(Uses([type], [typeof(ArchitectureFixture.Forbidden.Marker).Namespace!]));
    }

    [Fact]
    public void BannedCalls_AreSeen()
    {
        IReadOnlyList<TypeUses> types = TypeUses.Read(typeof(ArchitectureTests).Assembly);
        TypeUses type = Assert.Single(types, t => t.Name.EndsWith($".{nameof(ArchitectureFixture.CallsBanned)}", StringComparison.Ordinal));
        string[] seen = [.. Calls([type], BannedMembers).Select(line => line.Split(" calls ")[1])];
        Assert.Equal(
            ["System.DateTime.get_UtcNow()", "System.String.StartsWith(System.String)", "System.String.ToLower()", "System.Threading.Tasks.Task`1.get_Result()"],
            seen.Order(StringComparer.Ordinal));
        Assert.Empty(Calls([Assert.Single(types, t => t.Name.EndsWith($".{nameof(ArchitectureFixture.UsesInBody)}", StringComparison.Ordinal))], BannedMembers));
    }

    [Fact]
    public void BannedMembers_Exist()
    {
        // A banned name with a slip of the pen would never be found.
        Assert.All(BannedMembers, banned =>
        {
            int open = banned.IndexOf('(', StringComparison.Ordinal);
            int dot = banned.LastIndexOf('.', open - (banned.Contains("..ctor", StringComparison.Ordinal) ? 6 : 1));
            string typeName = banned[..dot];
            Type type = new[] { typeof(object), typeof(Regex), typeof(System.Xml.Linq.XDocument) }
                .Select(t => t.Assembly.GetType(typeName))
                .First(t => t is not null)!;
            Type[] parameters = [.. banned[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => Type.GetType(p, throwOnError: true)!)];
            string member = banned[(dot + 1)..open];
            Assert.NotNull(member == ".ctor" ? type.GetConstructor(parameters) : (MethodBase?)type.GetMethod(member, parameters));
        });
    }

    private static IReadOnlyList<TypeUses> Libraries => [.. ArchiveTypes, .. RetrievalTypes];

    /// <summary>Code that the compiler or a source generator of the platform puts into namespaces of its own.</summary>
    private static bool IsGenerated(TypeUses type) =>
        TypeUses.IsIn(type.Name, "System") || TypeUses.IsIn(type.Name, "Microsoft") || type.Name.StartsWith('<');

    private static IReadOnlyList<TypeUses> Inside(IEnumerable<TypeUses> types, string space) => [.. types.Where(t => TypeUses.IsIn(t.Name, space))];

    private static IReadOnlyList<TypeUses> Outside(IEnumerable<TypeUses> types, string space) => [.. types.Where(t => !TypeUses.IsIn(t.Name, space))];

    private static IEnumerable<string> Uses(IEnumerable<TypeUses> types, string[] forbidden) =>
        from type in types
        from used in type.Types
        where forbidden.Any(f => TypeUses.IsIn(used, f))
        select $"{type.Name} uses {used}";

    private static IEnumerable<string> Calls(IEnumerable<TypeUses> types, string[] forbidden) =>
        from type in types
        from member in type.Members.Intersect(forbidden)
        select $"{type.Name} calls {member}";

    private static void AssertNone(IEnumerable<string> findings) => Assert.Empty(findings.Order(StringComparer.Ordinal));
}
