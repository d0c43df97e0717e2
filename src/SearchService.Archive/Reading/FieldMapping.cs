using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SearchService.Archive.Reading;

/// <summary>What a property of a record can mean; the names of <see cref="FieldMapping.TryParse"/> are these in lower case.</summary>
public enum MappedField : byte
{
    Id,
    Headline,
    Body,
    Date,
    Dateline,
    Location,
    LocationCountry,
    Country,
    Person,
    Source,
    Language,
    Byline,
    Section,
    Subject,
    Url,
}

/// <summary>
/// Which properties of a json record mean which field: for each field a list of names, best first, where <c>a.b</c> is
/// property b of object a. The first name with a value that is not blank counts. Case, '_' and '-' in names do not matter:
/// <c>pubdate</c> is pubDate, pub_date and pub-date. Of equal names in one object the last counts, as in most parsers.
/// </summary>
/// <remarks>
/// The default names are those of schema.org, ninjs, JSON Feed, WordPress, the Guardian, NYT and NewsAPI interfaces, news-please
/// and common corpora. "country" is not among them: it is the publisher's country as often as the story's.
/// </remarks>
public sealed class FieldMapping
{
    private const int MaxPathParts = 8;
    private const int MaxNameChars = 64;

    private static readonly string[][] DefaultNames =
    [
        ["id", "_id", "guid", "uuid", "articleid", "docid", "docno", "documentid", "storyid", "nativeid", "uri"],
        ["headline", "title", "head", "articletitle", "webtitle", "fields.headline", "headlines", "name"],
        [
            "body", "articlebody", "bodytext", "text", "content", "contenttext", "fulltext", "maintext", "story", "fields.bodytext", "fields.body",
            "bodies", "contents", "contenthtml", "bodyhtml", "bodyxhtml", "paragraphs", "description", "summary", "abstract",
        ],
        [
            "date", "published", "pubdate", "datepublished", "publishedat", "publisheddate", "publicationdate", "publishdate", "datepublish",
            "publicationtime", "webpublicationdate", "versioncreated", "firstcreated", "datecreated", "createdat", "created", "timestamp",
            "datetime", "time", "seendate", "day", "year",
        ],
        ["dateline"],
        ["location", "located", "place", "city"],
        ["locationcountry"],
        ["countries"],
        ["people", "persons", "person"],
        ["source", "publisher", "agency", "paper", "newspaper", "publication", "outlet", "provider", "sourcename", "sourcedomain", "domain", "site"],
        ["language", "lang", "inlanguage"],
        ["byline", "author", "authors", "creator", "fields.byline", "by", "writer", "reporter"],
        ["section", "category", "sectionname", "articlesection", "desk", "rubric"],
        ["subjects", "subject", "tags", "keywords", "topics", "topic", "categories"],
        ["url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "href"],
    ];

    private static readonly string[] FieldNames = [.. Enum.GetNames<MappedField>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly Node _root = new();

    private FieldMapping(IReadOnlyList<IReadOnlyList<string>> names)
    {
        for (int field = 0; field < names.Count; field++)
        {
            for (int rank = 0; rank < names[field].Count; rank++)
            {
                _root.Add(names[field][rank].Split('.'), (MappedField)field, rank);
            }
        }
    }

    /// <summary>How many fields there are.</summary>
    public static int FieldCount { get; } = DefaultNames.Length;

    public static FieldMapping Default { get; } = new(DefaultNames);

    /// <summary>
    /// Reads <c>headline=title,body=content.text|text</c>: a field that is named loses its default names, the others keep
    /// theirs; <c>id=</c> leaves a field without any. False with a line for the user.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldMapping? mapping, [NotNullWhen(false)] out string? error)
    {
        mapping = null;
        string[][] names = [.. DefaultNames];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                error = $"'{part}' in the field mapping, want field=property";
                return false;
            }

            string name = part[..equals].Trim();
            if (!Enum.TryParse(name, ignoreCase: true, out MappedField field) || !Enum.IsDefined(field) || !char.IsAsciiLetter(name[0]))
            {
                error = $"unknown field '{name}' in the field mapping, want one of {string.Join(", ", FieldNames)}";
                return false;
            }

            string[] sources = part[(equals + 1)..].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (Array.Find(sources, source => !IsPath(source.Split('.'))) is { } bad)
            {
                error = $"property '{bad}' in the field mapping, want names of 1 to {MaxNameChars} characters, "
                    + $"at most {MaxPathParts} with '.' between them";
                return false;
            }

            names[(int)field] = [.. sources.Select(s => string.Join('.', s.Split('.').Select(Normalise)))];
        }

        (mapping, error) = (new FieldMapping(names), null);
        return true;
    }

    /// <summary>Whether a property at the top of a record may be the article's text.</summary>
    internal bool MeansBody(string property) =>
        _root.Children.TryGetValue(Normalise(property), out Node? node) && node.Meanings.Exists(m => m.Field == MappedField.Body);

    /// <summary>The value of each field, by <see cref="MappedField"/>; <see cref="JsonValueKind.Undefined"/> where the record has none.</summary>
    internal JsonElement[] Match(JsonElement record)
    {
        var match = new Matching(new JsonElement[FieldCount], new int[FieldCount]);
        Array.Fill(match.Ranks, int.MaxValue);
        Match(_root, record, match);
        return match.Values;
    }

    /// <summary>Goes as deep as the mapping's own paths, whatever the record's depth.</summary>
    private static void Match(Node node, JsonElement record, Matching match)
    {
        foreach (JsonProperty property in record.EnumerateObject())
        {
            if (node.Find(property) is not { } child)
            {
                continue;
            }

            foreach ((MappedField field, int rank) in child.Meanings)
            {
                if (rank <= match.Ranks[(int)field] && !JsonValues.IsBlank(property.Value))
                {
                    match.Ranks[(int)field] = rank;
                    match.Values[(int)field] = property.Value;
                }
            }

            if (child.Children.Count > 0 && property.Value.ValueKind == JsonValueKind.Object)
            {
                Match(child, property.Value, match);
            }
        }
    }

    private static bool IsPath(string[] parts) =>
        parts.Length <= MaxPathParts && Array.TrueForAll(parts, part => Normalise(part).Length is > 0 and <= MaxNameChars);

    private static string Normalise(string name) => string.Concat(name.Where(c => c is not ('_' or '-'))).ToLowerInvariant();

    private readonly record struct Matching(JsonElement[] Values, int[] Ranks);

    /// <summary>A part of a path: what it means itself, and the parts below it.</summary>
    private sealed class Node
    {
        public List<(MappedField Field, int Rank)> Meanings { get; } = [];

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public void Add(string[] path, MappedField field, int rank)
        {
            Node node = this;
            foreach (string part in path)
            {
                string name = Normalise(part);
                node = node.Children.TryGetValue(name, out Node? child) ? child : node.Children[name] = new Node();
            }

            node.Meanings.Add((field, rank));
        }

        /// <summary>The child of a property's name, without a string for names in ASCII.</summary>
        public Node? Find(JsonProperty property)
        {
            ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(property);
            if (raw.Length > 2 * MaxNameChars)
            {
                return null;
            }

            if (raw.Contains((byte)'\\') || !Ascii.IsValid(raw))
            {
                return JsonValues.TryName(property, out string? name) ? Children.GetValueOrDefault(Normalise(name)) : null;
            }

            Span<char> normalised = stackalloc char[2 * MaxNameChars];
            int length = 0;
            foreach (byte b in raw)
            {
                if (b is not ((byte)'_' or (byte)'-'))
                {
                    normalised[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (char)(b | 0x20) : (char)b;
                }
            }

            return Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(normalised[..length], out Node? child) ? child : null;
        }
    }
}
