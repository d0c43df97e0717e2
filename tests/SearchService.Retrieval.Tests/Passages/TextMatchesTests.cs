using SearchService.Retrieval.Passages;

namespace SearchService.Retrieval.Tests.Passages;

public class TextMatchesTests
{
    [Theory]
    [InlineData("a b", 0, "a b a x b", "0 1")]
    [InlineData("a b", 1, "a x b b", "0 2")]
    [InlineData("a a", 0, "a x a a", "2 3")]
    [InlineData("a a", 0, "a x a", "")]
    [InlineData("a b c", 0, "a b a b c c", "2 3 4")]
    [InlineData("a b", 2, "b a", "0 1")]
    [InlineData("a b", 1, "b a", "")]
    public void Find_MarksOnlyWhatTookPartInAPhrase(string phrase, int slop, string text, string expected)
    {
        PassageQuery.Builder builder = new();
        builder.AddPhrase([.. phrase.Split(' ').Select((w, i) => new PhraseSlot(w, i))], slop, _ => 1);
        Assert.Equal(expected, Positions(builder.Build(), text));
    }

    [Fact]
    public void Find_AWordAloneMarksBesideItsPhrase()
    {
        PassageQuery.Builder builder = new();
        builder.AddPhrase([new PhraseSlot("a", 0), new PhraseSlot("b", 1)], 0, _ => 1);
        builder.AddTerm("a", 1);
        Assert.Equal("0 1 2", Positions(builder.Build(), "a b a b2 b"));
    }

    [Fact]
    public void Find_TwoTermsOfOneWord_MarkItOnce()
    {
        PassageQuery.Builder builder = new();
        builder.AddTerm("ab", 1);
        builder.AddPrefix("a", 1);
        Assert.Equal("0 2", Positions(builder.Build(), "ab b ac"));
    }

    private static string Positions(PassageQuery query, string text)
    {
        TextMatches matches = new(query);
        string[] words = text.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            matches.Add(words[i], words[i], i, i * 10, (i * 10) + 1);
        }

        return string.Join(' ', matches.Find().Select(m => m.Start / 10));
    }
}
