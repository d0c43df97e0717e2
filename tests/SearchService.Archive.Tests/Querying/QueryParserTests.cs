using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class QueryParserTests
{
    [Theory]
    // Plain words: what ends a word and what does not.
    [InlineData("", "(everything)")]
    [InlineData(" \t\r\n\u00A0\u3000", "(everything)")]
    [InlineData("oil", "oil")]
    [InlineData("oil price", "(run oil price)")]
    [InlineData("U.S. AT&T co-operation O'Brien al-Qaeda C++", "(run U.S. AT&T co-operation O'Brien al-Qaeda C++)")]
    [InlineData("$5 50% #metoo @name .net", "(run $5 50% #metoo @name .net)")]
    [InlineData("Marks & Spencer", "(run Marks Spencer)")]
    [InlineData("US - China — trade | talks", "(run US China trade talks)")]
    [InlineData("oil\u0001price", "(run oil price)")]
    [InlineData("İlham Əliyev", "(run İlham Əliyev)")]
    [InlineData("北京 москва ١٢٣", "(run 北京 москва ١٢٣)")]
    [InlineData("and or not near", "(run and or not near)")]
    [InlineData("EARTHQUAKE NEAR TOKYO", "(run EARTHQUAKE NEAR TOKYO)")]
    [InlineData("--war ++war -+war", "(run --war ++war -+war)")]
    // Colons that are no fields.
    [InlineData("14:20", "14:20")]
    [InlineData("http://example.org/a", "http://example.org/a")]
    [InlineData("std::string", "std::string")]
    [InlineData("Update: minister resigns", "(run Update: minister resigns)")]
    [InlineData("www.example.org:80", "www.example.org:80")]
    [InlineData("(CNN:)", "CNN:")]
    // Operators and their order.
    [InlineData("a AND b", "(and a b)")]
    [InlineData("a OR b", "(or a b)")]
    [InlineData("a OR b AND c", "(or a (and b c))")]
    [InlineData("a AND b OR c", "(or (and a b) c)")]
    [InlineData("oil price OR gas", "(or (run oil price) gas)")]
    [InlineData("oil AND gas price", "(and oil (run gas price))")]
    [InlineData("NOT a AND b", "(and (not a) b)")]
    [InlineData("a NOT b", "(run a (not b))")]
    [InlineData("a AND NOT b", "(and a (not b))")]
    [InlineData("a OR NOT b", "(or a (not b))")]
    [InlineData("NOT a", "(not a)")]
    [InlineData("-a -b", "(run (not a) (not b))")]
    [InlineData("-\"a b\" -(c OR d) -headline:e -5", "(run (not \"a b\") (not (or c d)) (not headline:e) (not 5))")]
    [InlineData("+a b", "(run (must a) b)")]
    [InlineData("NOT (NOT a)", "(not (not a))")]
    [InlineData("NOT --a", "(not --a)")]
    // Parentheses.
    [InlineData("(a)", "a")]
    [InlineData("((((((((a))))))))", "a")]
    [InlineData("(a b) c", "(run (run a b) c)")]
    [InlineData("(a OR b) (c OR d)", "(run (or a b) (or c d))")]
    [InlineData("(a AND b) AND c", "(and a b c)")]
    [InlineData("(a OR b) OR c", "(or a b c)")]
    [InlineData("(a AND b) OR c", "(or (and a b) c)")]
    [InlineData("f(x)", "(run f x)")]
    // Phrases.
    [InlineData("\"oil price\"", "\"oil price\"")]
    [InlineData("\"  oil \t price \"", "\"oil price\"")]
    [InlineData("“oil price” „oil price“ «oil price» ‟oil price”", "(run \"oil price\" \"oil price\" \"oil price\" \"oil price\")")]
    [InlineData("\"oil price\"~5", "\"oil price\"~5")]
    [InlineData("\"oil price\"~5^2.5", "\"oil price\"~5^2.5")]
    [InlineData("\"oil price\"^2 gas", "(run \"oil price\"^2 gas)")]
    [InlineData("a\"b\"c", "(run a \"b\" c)")]
    [InlineData("\"to be or not to be\"", "\"to be or not to be\"")]
    [InlineData("\"(a) AND b:c ?\"", "\"(a) AND b:c ?\"")]
    // Prefixes and boosts.
    [InlineData("govern*", "govern*")]
    [InlineData("O'Br*^2", "O'Br*^2")]
    [InlineData("gas^2", "gas^2")]
    [InlineData("gas^1.0", "gas")]
    [InlineData("gas^.5", "gas^0.5")]
    // Fields.
    [InlineData("headline:merger", "headline:merger")]
    [InlineData("Title:merger HEADLINE:bank", "(run headline:merger headline:bank)")]
    [InlineData("person:\"Nikolai Patrushev\"", "person:\"Nikolai Patrushev\"")]
    [InlineData("headline:(a OR b)", "headline:(or a b)")]
    [InlineData("headline:(a b) c", "(run headline:(run a b) c)")]
    [InlineData("headline:govern*", "headline:govern*")]
    [InlineData("headline:14:20", "headline:14:20")]
    [InlineData("headline:OR", "headline:OR")]
    [InlineData("source:http://example.org", "source:http://example.org")]
    [InlineData("dateline:Baku people:putin", "(run location:Baku person:putin)")]
    [InlineData("country:az", "country:AZ")]
    [InlineData("country:Azerbaijan", "country:AZ")]
    [InlineData("country:\"United States\"", "country:US")]
    [InlineData("country:(AZ OR \"ivory coast\")", "country:(or AZ CI)")]
    [InlineData("country:_missing", "country:_missing")]
    [InlineData("person:_missing", "person:_missing")]
    [InlineData("language:EN", "language:en")]
    [InlineData("date:2018-11", "date:2018-11")]
    [InlineData("date:1960/1969", "date:1960/1969")]
    [InlineData("date:/2018 date:2018/", "(run date:/2018 date:2018/)")]
    [InlineData("date:TODAY date:p7d", "(run date:today date:P7D)")]
    [InlineData("date:_missing", "date:_missing")]
    [InlineData("date:(2018 OR 2020)", "date:(or 2018 2020)")]
    // A question.
    [InlineData("who won?", "(run who won)")]
    [InlineData("who won ?", "(run who won)")]
    [InlineData("who won??  ", "(run who won)")]
    public void Parse_Query_Tree(string text, string outline)
    {
        QueryParseResult result = QueryParser.Parse(text);
        Assert.Null(result.Error);
        Assert.Equal(outline, SyntaxOutline.Of(result.Query!));
    }

    [Theory]
    [InlineData("(a", 0, 1, "this parenthesis is not closed")]
    [InlineData("a (b (c)", 2, 1, "this parenthesis is not closed")]
    [InlineData("a)", 1, 1, "there is no open parenthesis that this one closes")]
    [InlineData("a ( ) b", 2, 3, "there is nothing between these parentheses")]
    [InlineData("a \"b", 2, 1, "this quote is not closed")]
    [InlineData("6\" gun", 1, 1, "this quote is not closed")]
    [InlineData("\" \"", 0, 3, "there is nothing between these quotes")]
    [InlineData("\"& -\"", 0, 5, "there is no letter or digit between these quotes")]
    [InlineData("AND a", 0, 3, "AND has nothing before it; quote it to search for the word")]
    [InlineData("a AND", 2, 3, "'AND' has nothing after it")]
    [InlineData("a AND OR b", 6, 2, "OR has nothing before it; quote it to search for the word")]
    [InlineData("(a OR) b", 3, 2, "'OR' has nothing after it")]
    [InlineData("a NOT", 2, 3, "'NOT' has nothing after it")]
    [InlineData("-AND", 0, 1, "'-' has nothing after it")]
    [InlineData("NOT -a", 4, 1, "'-' follows another sign, write one of them")]
    [InlineData("NOT NOT a", 4, 3, "'NOT' follows another sign, write one of them")]
    [InlineData("- & |", 0, 5, "there is no letter or digit to search for")]
    [InlineData("\0", 0, 1, "there is no letter or digit to search for")]
    [InlineData(" \u0007\u200B\uFEFF ", 0, 5, "there is no letter or digit to search for")]
    [InlineData("oil && gas", 4, 2, "'&&' is not an operator here, write AND")]
    [InlineData("oil || gas", 4, 2, "'||' is not an operator here, write OR")]
    [InlineData("oil NEAR/5 gas", 4, 6, "NEAR is not available yet, write a phrase with a distance instead: \"oil price\"~5")]
    [InlineData("*", 0, 1, "a '*' needs at least 3 letters before it; leave the query empty to find everything")]
    [InlineData("*:*", 0, 3, "a '*' needs at least 3 letters before it; leave the query empty to find everything")]
    [InlineData("ab*", 0, 3, "a '*' needs at least 3 letters before it")]
    [InlineData("f***", 1, 1, "a '*' may only end a word: govern* finds government and governor")]
    [InlineData("*ment", 0, 1, "a '*' may only end a word: govern* finds government and governor")]
    [InlineData("oil gov*ment", 7, 1, "a '*' may only end a word: govern* finds government and governor")]
    [InlineData("al-qa*", 0, 6, "only letters, digits and apostrophes may stand before a '*'")]
    [InlineData("organi?e", 6, 1, "'?' is not available as a wildcard, write the beginning of the word with '*', or quote text that has a '?'")]
    [InlineData("test?", 4, 1, "'?' is not available as a wildcard, write the beginning of the word with '*', or quote text that has a '?'")]
    [InlineData("oil OR?", 4, 2, "'OR' is an operator, quote it to search for the word")]
    [InlineData("patrushef~", 9, 1, "fuzzy search is not available yet, leave out the '~'")]
    [InlineData("patrushef~0.8", 9, 4, "fuzzy search is not available yet, leave out the '~'")]
    [InlineData("/joh[ae]n/", 0, 10, "regular expressions are not available, quote text that has slashes around it")]
    [InlineData("gas^", 3, 1, "'^' needs a number from 0.1 to 10")]
    [InlineData("gas^20", 3, 3, "'^' needs a number from 0.1 to 10")]
    [InlineData("gas^1e1", 3, 4, "'^' needs a number from 0.1 to 10")]
    [InlineData("\"oil price\"^0", 11, 2, "'^' needs a number from 0.1 to 10")]
    [InlineData("(a b)^2", 5, 1, "'^' belongs after a word or a phrase, not after parentheses")]
    [InlineData("gas ^2", 4, 1, "'^' belongs right after a word or a phrase")]
    [InlineData("NOT^1 a", 0, 3, "'NOT' is an operator, quote it to search for the word")]
    [InlineData("\"oil price\"~", 11, 1, "'~' after a phrase needs a number from 0 to 10")]
    [InlineData("\"oil price\"~2147483647", 11, 11, "'~' after a phrase needs a number from 0 to 10")]
    [InlineData("contry:AZ", 0, 7, "unknown field 'contry', want one of headline, body, date, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject; quote text with a colon")]
    [InlineData("said:\"no way\"", 0, 5, "unknown field 'said', want one of headline, body, date, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject; quote text with a colon")]
    [InlineData("a headline: b", 2, 9, "headline: needs its value right after the colon")]
    [InlineData("headline:", 0, 9, "headline: needs its value right after the colon")]
    [InlineData("headline:&", 9, 1, "'&' has no letter or digit to search for")]
    [InlineData("headline:-war", 9, 1, "'-' belongs before the field, not after its colon")]
    [InlineData("headline:(a body:b)", 12, 5, "body: stands inside the parentheses of headline:")]
    [InlineData("headline:_missing", 9, 8, "headline: cannot be asked for _missing, only fields with values and dates can")]
    [InlineData("country:Atlantis", 8, 8, "unknown country 'Atlantis', want an ISO code such as AZ or a name; quote a name of several words")]
    [InlineData("country:Azer*", 8, 5, "country: takes whole values, without '*' and '~'")]
    [InlineData("country:AZ^2", 8, 4, "'^' has no effect on country:, its values do not score")]
    [InlineData("language:\"en*\"", 9, 5, "language: has no value 'en*'")]
    [InlineData("date:yesterday", 5, 9, "'yesterday' is not a date, want 2018, 2018-11, 2018-11-21, a range such as 2018/2019, today, P7D or _missing")]
    [InlineData("date:2018-02-30", 5, 10, "'2018-02-30' is not a date, want 2018, 2018-11, 2018-11-21, a range such as 2018/2019, today, P7D or _missing")]
    [InlineData("date:2019/2018", 5, 9, "the range 2019/2018 ends before it begins")]
    [InlineData("date:[2018 TO 2019]", 5, 5, "ranges in brackets are not available, write a range of dates as date:2018/2019")]
    public void Parse_Mistake_PositionAndSentence(string text, int start, int length, string message)
    {
        QueryParseResult result = QueryParser.Parse(text);
        Assert.False(result.Success);
        Assert.Equal(new QueryError(message, start, length), result.Error);
        Assert.True(message.Length <= 200);
    }

    [Fact]
    public void Parse_HalfACharacter_Refused()
    {
        Assert.Equal(new QueryError("U+D800 is half a character", 4, 1), QueryParser.Parse("oil \uD800").Error);
        Assert.Equal(new QueryError("U+DC00 is half a character", 4, 1), QueryParser.Parse("oil \uDC00\uD800").Error);
        Assert.Equal(new QueryError("U+D83D is half a character", 1, 1), QueryParser.Parse("\"\uD83D\"").Error);
        Assert.True(QueryParser.Parse("oil \uD83D\uDEE2").Success);
    }

    [Fact]
    public void Parse_AtEachLimit_Understood_OneMore_Refused()
    {
        static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"w{i}"));

        AssertLimit(new string('a', 512), new string('a', 513), "a query may have 512 characters, this one has 513", 512);
        AssertLimit(Words(32), Words(33), "a query may have 32 words, here is one more", Words(32).Length + 1);
        AssertLimit($"\"{Words(16)}\" \"{Words(16)}\"", $"\"{Words(16)}\" \"{Words(15)}\" a b", "a query may have 32 words, here is one more", 110);
        AssertLimit($"\"{Words(16)}\"", $"\"{Words(17)}\"", "a phrase may have 16 words, this one has 17", 0);
        AssertLimit(new string('(', 8) + "a" + new string(')', 8), new string('(', 9) + "a" + new string(')', 9), "parentheses may be 8 deep, this one is deeper", 8);
        AssertLimit("abc* def*", "abc* def* ghi*", "a query may have 2 words with '*', here is one more", 10);
        AssertLimit("\"a b\"~10", "\"a b\"~11", "'~' after a phrase needs a number from 0 to 10", 5);
        AssertLimit("a^10 b^0.1", "a^10 b^0.09", "'^' needs a number from 0.1 to 10", 6);
        AssertLimit("abc*", "ab*", "a '*' needs at least 3 letters before it", 0);
    }

    [Fact]
    public void Parse_ThousandsOfParentheses_RefusedNotOverflown()
    {
        Assert.False(QueryParser.Parse(new string('(', 10_000)).Success);
        Assert.False(QueryParser.Parse(new string('(', 500)).Success);
        Assert.False(QueryParser.Parse(string.Concat(Enumerable.Repeat("NOT ", 128))).Success);
        Assert.True(QueryParser.Parse(new string('-', 511) + "a").Success);
    }

    [Theory]
    [InlineData("who won?", "the '?' at the end is read as a question mark, not as a wildcard")]
    [InlineData("\"oil gov*\"", "a '*' inside quotes is an ordinary character")]
    public void Parse_SignReadAsText_Noted(string text, string note) => Assert.Equal([note], QueryParser.Parse(text).Notes);

    [Fact]
    public void Parse_Tree_KnowsPositions()
    {
        RunSyntax run = Assert.IsType<RunSyntax>(QueryParser.Parse("oil -headline:(opec  OR  \"gas price\"~2)").Query);
        Assert.Equal((0, 39), (run.Start, run.Length));
        NotSyntax not = Assert.IsType<NotSyntax>(run.Items[1]);
        Assert.Equal((4, 35), (not.Start, not.Length));
        FieldSyntax field = Assert.IsType<FieldSyntax>(not.Operand);
        Assert.Equal((5, 34), (field.Start, field.Length));
        OrSyntax or = Assert.IsType<OrSyntax>(field.Operand);
        Assert.Equal((14, 25), (or.Start, or.Length));
        Assert.Equal((25, 13), (or.Items[1].Start, or.Items[1].Length));
    }

    private static void AssertLimit(string inside, string outside, string message, int start)
    {
        Assert.Null(QueryParser.Parse(inside).Error);
        QueryError? error = QueryParser.Parse(outside).Error;
        Assert.Equal((message, start), (error?.Message, error?.Start));
    }
}
