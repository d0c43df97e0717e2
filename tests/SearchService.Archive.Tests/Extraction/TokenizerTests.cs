using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

public class TokenizerTests
{
    [Theory]
    [InlineData("Russia’s Security Council", "Russia|’s|Security|Council")]
    [InlineData("President`s Assistant", "President|`s|Assistant")]
    [InlineData("O'Brien and al-Sisi met Jean-Claude.", "O'Brien|and|al-Sisi|met|Jean-Claude|.")]
    [InlineData("The U.S. and J.D. Vance", "The|U.S.|and|J.D.|Vance")]
    [InlineData("U. Khurelsukh, Paul P. Kennedy", "U.|Khurelsukh|,|Paul|P.|Kennedy")]
    [InlineData("Mr. Smith of Acme Inc. said", "Mr.|Smith|of|Acme|Inc.|said")]
    [InlineData("in Moscow Nov. 21.cc", "in|Moscow|Nov.|21.cc")]
    [InlineData("the Smiths' house", "the|Smiths|'|house")]
    [InlineData("at 14:20, 3.5%", "at|14:20|,|3.5%")]
    [InlineData("ends in May.\n\nNext", "ends|in|May|.||Next")]
    [InlineData("J.D.Vance", "J.D.|Vance")]
    [InlineData("", "")]
    public void Tokenize_SplitsAsWritten(string text, string expected)
    {
        TokenizedText tokens = Tokenizer.Tokenize(text, Sample.Lexicon);
        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, tokens.Count).Select(i => tokens.Span(i).ToString())));
    }

    [Fact]
    public void Tokenize_AnyText_CoversItWithoutOverlap()
    {
        Random random = new(3);
        for (int round = 0; round < 500; round++)
        {
            string text = RandomText.Make(random, random.Next(200));
            TokenizedText tokens = Tokenizer.Tokenize(text, Sample.Lexicon);
            int at = 0;
            for (int i = 0; i < tokens.Count; i++)
            {
                Assert.True(tokens[i].Start >= at, text);
                Assert.True(string.IsNullOrWhiteSpace(text[at..tokens[i].Start]), text);
                at = tokens[i].End;
            }

            Assert.True(string.IsNullOrWhiteSpace(text[at..]), text);
        }
    }
}
