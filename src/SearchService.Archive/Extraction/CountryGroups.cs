namespace SearchService.Archive.Extraction;

/// <summary>
/// The countries behind a headline that has a group act: "Ten countries join the union", "African leaders sign a charter". The
/// body names the members one by one, each perhaps once: in a list ("Cyprus, Estonia and Malta entered"), or by who came for
/// them ("Óscar Arias of Costa Rica").
/// </summary>
internal static class CountryGroups
{
    /// <summary>A list of fewer countries is not the group.</summary>
    private const int LeastMembers = 3;

    /// <summary>Lists are looked for in so many characters behind the dateline; further down they are asides.</summary>
    private const int ListReach = 650;

    /// <summary>Who came is told at greater length.</summary>
    private const int RepresentativeReach = 900;

    /// <summary>The members named in the body; empty where the headline has no group.</summary>
    /// <param name="headline">Null or empty for an article without one.</param>
    /// <param name="places">Places of the body in text order.</param>
    /// <param name="names">Whether each token of the body belongs to a person's name.</param>
    public static HashSet<string> Members(DocumentText headline, IReadOnlyList<PlaceMention> places, bool[] names, int datelineEnd)
    {
        HashSet<string> members = new(StringComparer.Ordinal);
        if (!HasGroup(headline))
        {
            return members;
        }

        PlaceMention[] countries = [.. places.Where(p => p.Match.Place.Kind is PlaceKind.Country or PlaceKind.Demonym)];
        HashSet<string> list = new(StringComparer.Ordinal);
        int listOffset = 0;
        HashSet<string> represented = new(StringComparer.Ordinal);
        for (int i = 0; i < countries.Length; i++)
        {
            PlaceMention country = countries[i];
            int offset = country.Span.Start - datelineEnd;
            if (i == 0 || !IsJoined(countries[i - 1], country))
            {
                list.Clear();
                listOffset = offset;
            }

            list.Add(country.Country);
            if (listOffset < ListReach && list.Count >= LeastMembers)
            {
                members.UnionWith(list);
            }

            if (offset < RepresentativeReach && IsRepresented(country, names))
            {
                represented.Add(country.Country);
            }
        }

        if (represented.Count >= LeastMembers)
        {
            members.UnionWith(represented);
        }

        return members;
    }

    /// <summary>Countries, leaders, producers: a plural that is no part of a place's name.</summary>
    private static bool HasGroup(DocumentText headline)
    {
        for (int i = 0; i < headline.Tokens.Count; i++)
        {
            if (headline.Tokens[i].Is(WordClasses.Group) && headline.PlaceAt(i) is null && !IsNamed(headline, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Korean leaders", "EU ministers": the group is named already, and countries listed below are others or a part of it.</summary>
    private static bool IsNamed(DocumentText headline, int group)
    {
        for (int i = group - 1; i >= 0 && i >= group - 2; i--)
        {
            if (headline.PlaceAt(i) is { Place.Kind: PlaceKind.Country or PlaceKind.Demonym } || headline.Tokens.Span(i) is "EU" or "EC" or "NATO" or "UN" or "U.N.")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nothing but commas and small words between two countries of a list.</summary>
    private static bool IsJoined(PlaceMention one, PlaceMention other)
    {
        TokenizedText tokens = one.Text.Tokens;
        int between = other.Match.First - one.Match.Last - 1;
        if (between is < 1 or > 4)
        {
            return false;
        }

        for (int i = one.Match.Last + 1; i < other.Match.First; i++)
        {
            bool joins = tokens[i].IsMark(',') || tokens[i].IsMark(';') || tokens[i].IsMark('&') || tokens[i].IsMark('/')
                || (tokens[i].IsWord && tokens.Span(i) is "and" or "And" or "or" or "the" or "as" or "well" or "with" or "also");
            if (!joins)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A person stands for the country: "Arias of Costa Rica".</summary>
    private static bool IsRepresented(PlaceMention country, bool[] names)
    {
        TokenizedText tokens = country.Text.Tokens;
        int of = country.Match.First - 1;
        of -= of > 0 && tokens.Span(of) is "the" ? 1 : 0;
        return of > 0 && tokens[of].IsWord && tokens.Span(of) is "of" && names[of - 1];
    }
}
