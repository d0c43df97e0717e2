using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>
/// Reads a request from names and values as HTTP and forms send them. Strict: an unknown name, a value out of range or one given
/// twice is refused, never ignored. An empty value counts as absent, as forms send it; names are read in any case. A filter's
/// value that begins with <c>-</c> excludes; where the value itself begins so, a <c>\</c> stands before it. The query text is not parsed here.
/// </summary>
public static class SearchRequestReader
{
    /// <summary>Most values of one filter.</summary>
    public const int MaxFilterValues = 100;

    /// <summary>Reads a request; defaults stand where nothing is given.</summary>
    /// <param name="parameters">Decoded names and values, in any order.</param>
    /// <param name="takes">The parameters this entry point takes, from <see cref="SearchParameters"/>; null for all.</param>
    /// <param name="others">Parameters that the caller reads itself; passed over here, and named where names are listed.</param>
    public static RequestReadResult Read(
        IEnumerable<KeyValuePair<string, string>> parameters, IReadOnlyCollection<string>? takes = null, IReadOnlyCollection<string>? others = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Reading reading = new(takes ?? SearchParameters.All, others ?? []);
        return reading.Collect(parameters) is { } error ? RequestReadResult.Refused(error) : reading.Finish();
    }

    private sealed class Reading(IReadOnlyCollection<string> takes, IReadOnlyCollection<string> others)
    {
        private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
        private RequestError? _error;

        /// <summary>Sorts the values by canonical name.</summary>
        public RequestError? Collect(IEnumerable<KeyValuePair<string, string>> parameters)
        {
            foreach ((string name, string value) in parameters)
            {
                if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (SearchParameters.Canonical(name) is not { } known || !takes.Contains(known))
                {
                    return Unknown(name);
                }

                string given = value.Length == 0 && known == SearchParameters.Explain ? "true" : value;
                if (string.IsNullOrWhiteSpace(given))
                {
                    continue;
                }

                if (QueryText.IndexOfLoneSurrogate(given) >= 0 && known != SearchParameters.Text)
                {
                    return Bad(known, $"{known} has half a character in it");
                }

                (_values.TryGetValue(known, out List<string>? list) ? list : _values[known] = []).Add(given);
            }

            return null;
        }

        public RequestReadResult Finish()
        {
            SearchRequest defaults = new();
            List<ArticleId>? ids = Ids();
            SearchRequest request = new()
            {
                Text = Single(SearchParameters.Text) ?? "",
                Match = Choice(SearchParameters.Match, defaults.Match),
                Filters = Filters(),
                Dates = Dates(),
                From = Day(SearchParameters.From),
                To = Day(SearchParameters.To),
                Sort = _values.ContainsKey(SearchParameters.Sort) ? Choice(SearchParameters.Sort, SortOrder.Relevance) : null,
                Size = Number(SearchParameters.Size, 0, SearchRequest.MaxSize, ids?.Count ?? defaults.Size),
                Cursor = Single(SearchParameters.Cursor),
                Ids = ids,
                Facets = Facets(),
                FacetSize = Number(SearchParameters.FacetSize, 1, SearchRequest.MaxFacetSize, defaults.FacetSize),
                StrictFacets = FacetMode(),
                DateInterval = Choice(SearchParameters.DateInterval, defaults.DateInterval),
                Snippets = Number(SearchParameters.Snippets, 0, 10, defaults.Snippets),
                SnippetLength = Number(SearchParameters.SnippetLength, 40, 1000, defaults.SnippetLength),
                Explain = Flag(SearchParameters.Explain),
            };
            CheckEnds(request);
            return _error is { } error ? RequestReadResult.Refused(error) : RequestReadResult.Read(request);
        }

        /// <summary>Keeps the first error; the rest is read on with defaults.</summary>
        private void Fail(string name, string message) => _error ??= Bad(name, message);

        private string? Single(string name)
        {
            if (!_values.TryGetValue(name, out List<string>? values))
            {
                return null;
            }

            if (values.Count > 1)
            {
                _error ??= new RequestError("duplicate-parameter", $"{name} is given {values.Count} times, want it once", name);
            }

            return values[0];
        }

        private int Number(string name, int min, int max, int otherwise)
        {
            if (Single(name) is not { } text)
            {
                return otherwise;
            }

            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            {
                return number;
            }

            Fail(name, $"{name} must be {min} to {max}, got {QueryText.Shown(text)}");
            return otherwise;
        }

        private T Choice<T>(string name, T otherwise)
            where T : struct, Enum
        {
            if (Single(name) is not { } text)
            {
                return otherwise;
            }

            foreach (T value in Enum.GetValues<T>())
            {
                if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            Fail(name, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}, got '{QueryText.Shown(text)}'");
            return otherwise;
        }

        private bool Flag(string name)
        {
            string? text = Single(name)?.ToLowerInvariant();
            if (text is not (null or "true" or "false" or "1" or "0" or "on"))
            {
                Fail(name, $"{name} must be true or false, got '{QueryText.Shown(text)}'");
            }

            return text is "true" or "1" or "on";
        }

        private bool FacetMode()
        {
            string? text = Single(SearchParameters.FacetMode)?.ToLowerInvariant();
            if (text is not (null or "multi" or "strict"))
            {
                Fail(SearchParameters.FacetMode, $"{SearchParameters.FacetMode} must be multi or strict, got '{QueryText.Shown(text)}'");
            }

            return text == "strict";
        }

        private List<ValueFilter> Filters()
        {
            List<ValueFilter> filters = [];
            foreach (ArticleField field in ArticleSchema.ValueFields)
            {
                if (_values.TryGetValue(field.Name, out List<string>? values) && Filter(field, values) is { } filter)
                {
                    filters.Add(filter);
                }
            }

            return filters;
        }

        private ValueFilter? Filter(ArticleField field, List<string> values)
        {
            SortedSet<string> anyOf = new(StringComparer.Ordinal);
            SortedSet<string> noneOf = new(StringComparer.Ordinal);
            foreach (string written in values)
            {
                bool excludes = written[0] == '-';
                string text = excludes ? written[1..] : written;
                text = text.StartsWith('\\') ? text[1..] : text;
                if (text.Length is 0 or > ArticleSchema.MaxValueChars)
                {
                    Fail(field.Name, $"{field.Name} takes values of 1 to {ArticleSchema.MaxValueChars} characters, got {text.Length}");
                }
                else if (FieldOperand.Canonical(field, text) is { } value)
                {
                    (excludes ? noneOf : anyOf).Add(value);
                }
                else
                {
                    Fail(field.Name, $"unknown country '{QueryText.Shown(text)}', want an ISO code such as AZ, or a country's name");
                }
            }

            if (values.Count > MaxFilterValues)
            {
                Fail(field.Name, $"{field.Name} takes {MaxFilterValues} values, got {values.Count}");
            }

            return anyOf.Count + noneOf.Count == 0 ? null : new ValueFilter(field, [.. anyOf], [.. noneOf]);
        }

        private string[] Dates()
        {
            SortedSet<string> dates = new(StringComparer.Ordinal);
            if (!_values.TryGetValue(SearchParameters.Date, out List<string>? values))
            {
                return [];
            }

            foreach (string written in values)
            {
                string sign = written.StartsWith('-') ? "-" : "";
                if (DateExpression.TryParse(written[sign.Length..], out DateExpression? date, out string? reason))
                {
                    dates.Add(sign + date.Text);
                }
                else
                {
                    Fail(SearchParameters.Date, reason);
                }
            }

            if (values.Count > MaxFilterValues)
            {
                Fail(SearchParameters.Date, $"date takes {MaxFilterValues} values, got {values.Count}");
            }

            return [.. dates];
        }

        private string? Day(string name)
        {
            if (Single(name) is not { } text)
            {
                return null;
            }

            if (!DateExpression.TryParseEnds(text, null, out DateExpression? date, out _))
            {
                Fail(name, $"{name} must be a year, month or day such as 2018-11-21, or today, got '{QueryText.Shown(text)}'");
                return null;
            }

            return date.Text.TrimEnd('/');
        }

        private void CheckEnds(SearchRequest request)
        {
            if (request.From is null && request.To is null)
            {
                return;
            }

            if (!DateExpression.TryParseEnds(request.From, request.To, out _, out string? reason))
            {
                Fail(SearchParameters.From, reason);
            }

            if (request.Dates.Any(date => !date.StartsWith('-')))
            {
                Fail(SearchParameters.Date, "date cannot be given together with from and to, want one of them");
            }
        }

        private List<ArticleId>? Ids()
        {
            if (!_values.TryGetValue(SearchParameters.Ids, out List<string>? values))
            {
                return null;
            }

            OrderedDictionary<ArticleId, bool> ids = [];
            foreach (string text in values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                if (ArticleId.TryParse(text, out ArticleId id))
                {
                    ids.TryAdd(id, true);
                }
                else
                {
                    Fail(SearchParameters.Ids, $"an id has {ArticleId.Length} hexadecimal digits, got '{QueryText.Shown(text)}'");
                }
            }

            if (ids.Count is 0 or > SearchRequest.MaxIds)
            {
                Fail(SearchParameters.Ids, $"ids takes 1 to {SearchRequest.MaxIds} ids, got {ids.Count}");
            }

            return [.. ids.Keys];
        }

        private List<ArticleField> Facets()
        {
            List<ArticleField> facets = [];
            foreach (string name in _values.GetValueOrDefault(SearchParameters.Facet) ?? [])
            {
                if (ArticleSchema.Find(name) is not { } field || !(field.HasValues || field == ArticleSchema.Date))
                {
                    string[] names = [.. ArticleSchema.Fields.Where(f => f.HasValues || f == ArticleSchema.Date).Select(f => f.Name)];
                    Fail(SearchParameters.Facet, Listing($"unknown facet '{QueryText.Shown(name)}'", name, names));
                }
                else if (!facets.Contains(field))
                {
                    facets.Add(field);
                }
            }

            if (facets.Count > SearchRequest.MaxFacets)
            {
                Fail(SearchParameters.Facet, $"facet may be given {SearchRequest.MaxFacets} times, got {facets.Count}");
            }

            return facets;
        }

        private RequestError Unknown(string name)
        {
            if (name.Equals("recency", StringComparison.OrdinalIgnoreCase))
            {
                return new RequestError("not-available", "recency is not available yet, want sort=newest or a date", name);
            }

            if (ArticleSchema.Find(name) is { HasValues: false, HasWords: true } field)
            {
                return new RequestError("unknown-parameter", $"{field.Name} is not a filter, want it in the query: q={field.Name}:word", field.Name);
            }

            return new RequestError(
                "unknown-parameter", Listing($"unknown parameter '{QueryText.Shown(name)}'", name, [.. takes, .. others]), QueryText.Shown(name));
        }

        private static RequestError Bad(string name, string message) => new("bad-value", message, name);

        /// <summary>A message that names the nearest name and as many of all names as fit.</summary>
        private static string Listing(string message, string written, string[] names)
        {
            const int MaxChars = 196;
            message += NearestName.Of(written, names) is { } nearest ? $", nearest is '{nearest}', want one of " : ", want one of ";
            for (int i = 0; i < names.Length; i++)
            {
                string next = i == 0 ? names[i] : $", {names[i]}";
                if (message.Length + next.Length > MaxChars)
                {
                    return message + ", …";
                }

                message += next;
            }

            return message;
        }
    }
}
