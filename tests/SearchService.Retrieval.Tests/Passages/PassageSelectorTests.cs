using SearchService.Retrieval.Passages;

namespace SearchService.Retrieval.Tests.Passages;

public class PassageSelectorTests
{
    private const string Text =
        "The council met on Monday. A new bridge over the river was agreed, at a cost of nine million. " +
        "Nobody spoke of the harbour. The mayor said the bridge would be ready in spring. Rain fell all day, and the meeting closed late.";

    [Theory]
    [InlineData("bridge", "A new [bridge] over the river was agreed, at a cost of nine million.|The mayor said the [bridge] would be ready in spring.")]
    [InlineData("harbour", "Nobody spoke of the [harbour]. The mayor said the bridge would be ready in spring.")]
    [InlineData("bridg*", "A new [bridge] over the river was agreed, at a cost of nine million.|The mayor said the [bridge] would be ready in spring.")]
    [InlineData("'the mayor'", "[The] [mayor] said the bridge would be ready in spring.")]
    [InlineData("'mayor the'", "")]
    [InlineData("'mayor bridge'~3", "The [mayor] said the [bridge] would be ready in spring.")]
    [InlineData("'mayor bridge'~2", "The [mayor] said the [bridge] would be ready in spring.")]
    [InlineData("'mayor bridge'~1", "")]
    [InlineData("unknown", "")]
    public void Best_MarksWhatMatched(string query, string expected) => Assert.Equal(expected, Show(Text, query, 3, 70));

    [Fact]
    public void Best_PrefersThePassageWithMoreOfTheQuery() =>
        Assert.Equal("The [mayor] said the [bridge] would be ready in [spring].", Show(Text, "mayor bridge spring", 1, 70));

    [Fact]
    public void Best_OfALongSentence_CutsAroundTheMatch()
    {
        string text = string.Join(' ', Enumerable.Range(0, 100).Select(i => i == 50 ? "needle" : $"word{i}"));
        string shown = Show(text, "needle", 3, 80);
        Assert.StartsWith("… word", shown, StringComparison.Ordinal);
        Assert.EndsWith(" …", shown, StringComparison.Ordinal);
        Assert.Contains("[needle]", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 60, 100);
    }

    [Fact]
    public void Best_ShowsWhiteSpaceAsOneBlank() =>
        Assert.Equal("The [old] [bridge] fell.", Show("The old \n  bridge\tfell.", "'old bridge'", 1, 70));

    [Fact]
    public void Best_MarksFitTheText_WhateverTheText()
    {
        Random random = new(11);
        string[] words = ["alpha", "beta", "gamma.", "Delta", "x\n\ny", "\ud83d\ude00", "end!"];
        for (int round = 0; round < 300; round++)
        {
            string text = string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 200)).Select(_ => words[random.Next(words.Length)]));
            PassageQuery query = Query("alpha beta 'gamma delta'~3");
            int length = random.Next(40, 200);
            foreach (Passage passage in PassageSelector.Best(text, Find(text, query), query, 3, length))
            {
                int end = 0;
                Assert.NotEmpty(passage.Marks);
                foreach (TextRange mark in passage.Marks)
                {
                    Assert.True(mark.Start >= end && mark.End > mark.Start && mark.End <= passage.Text.Length);
                    Assert.Contains(passage.Text[mark.Start..mark.End].ToLowerInvariant(), (string[])["alpha", "beta", "gamma", "delta"]);
                    end = mark.End;
                }

                Assert.InRange(passage.Text.Length, 1, (int)(length * 1.25) + 60);
            }
        }
    }

    [Theory]
    [InlineData("One two three. Four five six.", 40, "One two three. Four five six.")]
    [InlineData("One two three. Four five six, seven and eight and nine.", 20, "One two three.")]
    [InlineData("One two three four five six seven eight nine", 20, "One two three four …")]
    [InlineData(" \n ", 20, null)]
    public void Lead_ShowsTheBeginning(string text, int length, string? expected) =>
        Assert.Equal(expected, PassageSelector.Lead(text, length)?.Text);

    private static string Show(string text, string query, int count, int length)
    {
        PassageQuery parsed = Query(query);
        return string.Join('|', PassageSelector.Best(text, Find(text, parsed), parsed, count, length).Select(p =>
        {
            string shown = p.Text;
            foreach (TextRange mark in p.Marks.Reverse())
            {
                shown = shown.Insert(mark.End, "]").Insert(mark.Start, "[");
            }

            return shown;
        }));
    }

    /// <summary>word, word*, 'several words'~slop.</summary>
    private static PassageQuery Query(string text)
    {
        PassageQuery.Builder builder = new();
        string[] parts = text.Split('\'');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                int slop = i + 1 < parts.Length && parts[i + 1].StartsWith('~') ? parts[i + 1][1] - '0' : 0;
                builder.AddPhrase([.. parts[i].Split(' ').Select((w, p) => new PhraseSlot(w, p))], slop, _ => 1);
                continue;
            }

            foreach (string word in parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w[0] != '~'))
            {
                if (word.EndsWith('*'))
                {
                    builder.AddPrefix(word[..^1], 1);
                }
                else
                {
                    builder.AddTerm(word, 1);
                }
            }
        }

        return builder.Build();
    }

    private static IReadOnlyList<TextMatch> Find(string text, PassageQuery query)
    {
        TextMatches matches = new(query);
        int position = 0;
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                string word = text[start..end].ToLowerInvariant();
                matches.Add(word, word, position++, start, end);
            }

            start = Math.Max(end, start + 1);
        }

        return matches.Find();
    }
}
