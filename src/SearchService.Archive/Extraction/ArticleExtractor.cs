using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>
/// Works out what an article is: headline, date, place filed from, source, byline, language, countries, places and people, each
/// with its evidence. Declared beats derived: a field that the input declares is taken as it stands, and its finding says so;
/// only people are gathered from both. Immutable and safe for any number of threads; the data files are loaded once, when the
/// first extractor is made. Never throws for what an article contains; time is linear in its text.
/// </summary>
public sealed class ArticleExtractor
{
    /// <summary>
    /// Version of the rules and their data; an index keeps the version its articles were extracted with.
    /// </summary>
    /// <remarks>
    /// Diary: 1 = first version. 2 = countries by groups and compounds, head labels, names of one word, namesakes, fewer organisations as people.
    /// </remarks>
    public const int Version = 2;

    /// <summary>Paragraphs among which the dateline is looked for.</summary>
    private const int DatelineParagraphs = 3;

    private static readonly Lazy<(Lexicon Lexicon, Gazetteer Gazetteer)> Data = new(() => (Lexicon.Load(), Gazetteer.Load()));

    private readonly Lexicon _lexicon;
    private readonly Gazetteer _gazetteer;
    private readonly PlaceResolver _places;
    private readonly DatelineGrammar _datelines;
    private readonly ArticleSplitter _splitter;

    public ArticleExtractor()
    {
        (_lexicon, _gazetteer) = Data.Value;
        _places = new PlaceResolver(_gazetteer);
        _datelines = new DatelineGrammar(_places);
        _splitter = new ArticleSplitter(_datelines);
    }

    /// <summary>The article complete.</summary>
    /// <param name="raw">
    /// As a reader gives it: with <see cref="Article.SourceText"/>, which is split into its parts, or with <see cref="Article.Body"/>.
    /// An article that was extracted before gives the same result again.
    /// </param>
    public Article Extract(Article raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        SplitText split = raw.SourceText is { } source ? _splitter.Split(source) : SplitBody(raw.Body);
        DeclaredFields declared = split.Labels.Under(raw.Declared);
        FindingList findings = new(split.Labels.Values);
        string body = split.Body;

        string? headline = Headline(declared, raw.SourceText, split, findings);
        (Dateline? dateline, bool inBody) = FindDateline(declared, body);
        ArticleDate? date = Date(raw, declared, split, dateline, inBody, findings);
        ArticleLocation? location = Location(declared, dateline, inBody, findings);
        string? agency = Source(declared, split, dateline, inBody, raw.SourceText is not null, findings);
        string? byline = Byline(declared, split, findings);

        DocumentText bodyText = new(body, _lexicon, _gazetteer, headline: false);
        DocumentText headlineText = new(headline ?? "", _lexicon, _gazetteer, headline: true);
        string? language = Language(declared, bodyText, findings);
        int datelineEnd = inBody ? dateline!.Span.End : 0;
        Names names = Names.Find(headlineText, bodyText, language, datelineEnd, _gazetteer);
        IReadOnlyList<PersonMentions> people = People(declared, names, findings);
        TextSpan? datelinePlace = inBody ? dateline!.PlaceSpan : null;
        CountryFindings countries = CountryFindings.Find(declared, names, location?.Country, datelinePlace, datelineEnd, findings);

        return raw with
        {
            Headline = headline,
            Body = body,
            Date = date,
            Location = location,
            Source = agency,
            Byline = byline,
            Language = language,
            Section = Trimmed(declared.Section),
            Subjects = [.. declared.Subjects.Select(s => s.Trim()).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)],
            Url = Trimmed(declared.Url),
            Countries = countries.About,
            Mentioned = countries.Mentioned,
            Places = countries.Places,
            People = people,
            Findings = findings.Sorted(),
        };
    }

    /// <summary>A body that the reader has set apart: only its lines are joined and its sign-off taken off.</summary>
    private static SplitText SplitBody(string body)
    {
        List<Line> lines = SourceLayout.Lines(body);
        SplitText split = new();
        int to = lines.Count;
        ArticleSplitter.ReadFoot(body, lines, split, ref to);
        StringBuilder joined = new(body.Length);
        foreach ((int First, int Last) paragraph in SourceLayout.Paragraphs(body, lines, 0, to))
        {
            SourceLayout.Append(joined, body, lines, paragraph);
        }

        split.SignOff = split.Source is { } span ? Agencies.NameOf(body.AsSpan(span.Start, span.Length)) : null;
        split.Source = null;
        split.Body = joined.ToString();
        return split;
    }

    private static string? Headline(DeclaredFields fields, string? source, SplitText split, FindingList findings)
    {
        if (HeadlineRules.Clean(fields.Headline) is { } declared)
        {
            findings.Declared("headline", declared);
            return declared;
        }

        if (split.Headline is not { } span || HeadlineRules.Clean(source!.Substring(span.Start, span.Length)) is not { } headline)
        {
            return null;
        }

        findings.Add("headline", headline, FindingIn.Source, span, "first-line");
        return headline;
    }

    /// <summary>The declared dateline, else the one that opens the body.</summary>
    private (Dateline? Dateline, bool InBody) FindDateline(DeclaredFields declared, string body)
    {
        if (declared.Dateline is { } own && _datelines.Read(own, new TextSpan(0, own.Length), declared: true) is { } read)
        {
            return (read, false);
        }

        int start = 0;
        for (int paragraph = 0; paragraph < DatelineParagraphs && start < body.Length; paragraph++)
        {
            int end = body.IndexOf("\n\n", start, StringComparison.Ordinal);
            end = end < 0 ? body.Length : end;
            if (_datelines.Read(body, new TextSpan(start, end - start), declared: false) is { } found
                && (paragraph == 0 || found.Location?.Country is not null || found.Agency is not null))
            {
                return (found, true);
            }

            start = end + 2;
        }

        return (null, false);
    }

    private static ArticleDate? Date(Article raw, DeclaredFields fields, SplitText split, Dateline? dateline, bool inBody, FindingList findings)
    {
        // 11/12/2018 is November 12 in a story filed from the United States, December 11 elsewhere.
        bool monthFirst = dateline?.Location?.Country == "US";
        DateFinding? declared = DateText.TryRead(fields.Date, DateProvenance.Declared, monthFirst, out DateText.Reading reading)
            ? new DateFinding(reading.Date, FindingIn.Declared, default, reading.Rule)
            : null;
        DateFinding? stamp = split.Stamp is { } s ? new DateFinding(s.Reading.Date, FindingIn.Source, s.Span, s.Reading.Rule) : null;
        FindingIn datelineIn = inBody ? FindingIn.Body : FindingIn.Declared;
        DateFinding? chosen = DateRules.Choose(declared, stamp, fields.Url, dateline, datelineIn, raw.Origin.Path);
        if (chosen is { } date)
        {
            findings.Add("date", date.Date.Value, date.In, date.In == FindingIn.Declared ? default : date.Span, date.Rule);
        }

        if (dateline is { DaySpan: { } day } && chosen?.Date.Provenance != DateProvenance.Dateline)
        {
            findings.Add("date", DateRules.DayValue(dateline, chosen?.Date), datelineIn, inBody ? day : default, "dateline-day");
        }

        return chosen?.Date;
    }

    private ArticleLocation? Location(DeclaredFields declared, Dateline? dateline, bool inBody, FindingList findings)
    {
        string? country = declared.LocationCountry is { } named ? CountryLexicon.Find(named)?.Code : null;
        if (Trimmed(declared.Location) is { } text && _places.Resolve(text) is { } resolved)
        {
            findings.Declared("location", resolved.FacetValue);
            return resolved with { Text = text, Country = country ?? resolved.Country, Provenance = LocationProvenance.Declared };
        }

        if (dateline?.Location is { } location)
        {
            location = location with { Country = location.Country ?? country };
            findings.Add("location", location.FacetValue, inBody ? FindingIn.Body : FindingIn.Declared, inBody ? dateline.PlaceSpan!.Value : default, dateline.Rule);
            return location;
        }

        if (country is null)
        {
            return null;
        }

        findings.Declared("location", country);
        return new ArticleLocation(declared.LocationCountry!.Trim(), null, null, country, LocationProvenance.Declared);
    }

    private static string? Source(DeclaredFields declared, SplitText split, Dateline? dateline, bool inBody, bool hasSource, FindingList findings)
    {
        if (Trimmed(declared.Source) is { } own)
        {
            findings.Declared("source", own);
            return own;
        }

        if (hasSource && split.Source is { } line)
        {
            findings.Add("source", split.SourceName!, FindingIn.Source, line, "source-line");
            return split.SourceName;
        }

        if (dateline is { Agency: { } agency, AgencySpan: { } span })
        {
            findings.Add("source", agency, inBody ? FindingIn.Body : FindingIn.Declared, inBody ? span : default, "dateline-agency");
            return agency;
        }

        if (split.SignOff is { } signOff)
        {
            findings.Add("source", signOff, FindingIn.Declared, default, "sign-off");
        }

        return split.SignOff;
    }

    private static string? Byline(DeclaredFields declared, SplitText split, FindingList findings)
    {
        if (PlaceCasing.Squeeze(declared.Byline) is { Length: > 0 } own)
        {
            string author = LineRules.TryByline(own, out TextSpan name) ? own.Substring(name.Start, name.Length)
                : own.StartsWith("By ", StringComparison.OrdinalIgnoreCase) ? own[3..].Trim() : own;
            findings.Declared("byline", author);
            return author.Length == 0 ? null : author;
        }

        if (split.Byline is not { } span)
        {
            return null;
        }

        findings.Add("byline", split.BylineName!, FindingIn.Source, span, "byline");
        return split.BylineName;
    }

    private static string? Language(DeclaredFields declared, DocumentText body, FindingList findings)
    {
        if (LanguageRules.Normalize(declared.Language) is { } own)
        {
            findings.Declared("language", own);
            return own;
        }

        return LanguageRules.Detect(body.Tokens);
    }

    /// <summary>People of the text; a declared name that the text has too takes over its mentions.</summary>
    private static IReadOnlyList<PersonMentions> People(DeclaredFields declared, Names names, FindingList findings)
    {
        List<(PersonMentions Person, int First)> people = [];
        List<ResolvedPerson> persons = [.. names.Persons];
        foreach (string name in declared.People.Select(n => PlaceCasing.Squeeze(n)).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal))
        {
            ulong surname = TextFolding.Key(name.AsSpan(name.LastIndexOf(' ') + 1));
            ResolvedPerson? same = persons.Find(p => string.Equals(p.Display, name, StringComparison.OrdinalIgnoreCase))
                ?? persons.Find(p => p.Name.Surname == surname && (!p.Name.IsFull || p.Name.First == TextFolding.Key(name.Split(' ')[0])));
            findings.Declared("people", name);
            if (same is not null)
            {
                persons.Remove(same);
                AddMentions(same, name);
            }

            people.Add((new PersonMentions(name, same?.Mentions.Count ?? 0, [name, .. same?.Forms.Where(f => f != name) ?? []]), -1));
        }

        foreach (ResolvedPerson person in persons)
        {
            AddMentions(person, person.Display);
            people.Add((new PersonMentions(person.Display, person.Mentions.Count, [person.Display, .. person.Forms.Where(f => f != person.Display)]), names.FirstOf(person)));
        }

        return [.. people.OrderByDescending(p => p.Person.Mentions).ThenBy(p => p.First).ThenBy(p => p.Person.Name, StringComparer.Ordinal).Select(p => p.Person)];

        void AddMentions(ResolvedPerson person, string name)
        {
            foreach (PersonMention mention in person.Mentions)
            {
                findings.Add("people", name, names.In(mention.Candidate.Text), mention.Candidate.Span, mention.Rule);
            }
        }
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
