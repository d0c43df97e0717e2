using SearchService.Retrieval.Passages;

namespace SearchService.Retrieval.Tests.Passages;

public class SentencesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \n ", "")]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("He said \"Stop.\" Then he left.", "He said \"Stop.\"|Then he left.")]
    [InlineData("Mr. Smith met J. Doe in the U.S. Senate on Jan. 5. They talked.", "Mr. Smith met J. Doe in the U.S. Senate on Jan. 5.|They talked.")]
    [InlineData("It rose 3.5 percent. Oil fell.", "It rose 3.5 percent.|Oil fell.")]
    [InlineData("Acme Inc. said so. Yes.", "Acme Inc. said so.|Yes.")]
    [InlineData("One line\ngoes on here", "One line\ngoes on here")]
    [InlineData("A paragraph\n\nAnother", "A paragraph|Another")]
    [InlineData("A paragraph\r\n \r\nAnother", "A paragraph|Another")]
    [InlineData("今日は。明日も。", "今日は。|明日も。")]
    [InlineData("Wait... what? No.", "Wait... what?|No.")]
    public void Split_CutsWhereSentencesEnd(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Sentences.Split(text).Select(s => text[s.Start..s.End])));

    [Fact]
    public void Split_LosesNoLetter_AndKeepsOrder()
    {
        Random random = new(3);
        const string Alphabet = "aB .!?\n\"'”’)c1。";
        for (int round = 0; round < 500; round++)
        {
            string text = string.Create(random.Next(60), random, (span, r) =>
            {
                for (int i = 0; i < span.Length; i++)
                {
                    span[i] = Alphabet[r.Next(Alphabet.Length)];
                }
            });
            int end = 0;
            foreach (TextRange sentence in Sentences.Split(text))
            {
                Assert.True(string.IsNullOrWhiteSpace(text[end..sentence.Start]));
                Assert.False(string.IsNullOrWhiteSpace(text[sentence.Start..sentence.End]));
                end = sentence.End;
            }

            Assert.True(string.IsNullOrWhiteSpace(text[end..]));
        }
    }
}
