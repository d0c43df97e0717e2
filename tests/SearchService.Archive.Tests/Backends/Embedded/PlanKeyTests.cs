using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using static SearchService.Archive.Tests.Backends.Embedded.TestArchive;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class PlanKeyTests
{
    private static readonly PlanNode[] Different =
    [
        MatchAllNode.Instance,
        MatchNoneNode.Instance,
        Word("a"),
        Word("b"),
        Word("a text:1:b"),
        new WordNode(ArticleSchema.Body, "a"),
        new PhraseNode(ArticleSchema.Text, "a"),
        new PhraseNode(ArticleSchema.Text, "a", 1),
        new PrefixNode(ArticleSchema.Text, "a"),
        new ValueNode(ArticleSchema.Source, "a"),
        new DateNode(new DayRange(null, new DateOnly(2018, 1, 1))),
        new DateNode(new DayRange(new DateOnly(2018, 1, 1), null)),
        new NotNode(Word("a")),
        new AndNode([Word("a"), Word("b"), Word("c")]),
        new AndNode([new AndNode([Word("a"), Word("b")]), Word("c")]),
        new AndNode([Word("a"), new AndNode([Word("b"), Word("c")])]),
        new OrNode([Word("a"), Word("b"), Word("c")]),
        new AndNode([new NotNode(Word("a")), Word("b")]),
        new NotNode(new AndNode([Word("a"), Word("b")])),
    ];

    [Fact]
    public void Of_DifferentQueries_Differs() => Assert.Equal(Different.Length, Different.Select(PlanKey.Of).Distinct().Count());

    [Fact]
    public void Of_EqualQueries_IsEqual_WhateverTheirBoost() =>
        Assert.Equal(PlanKey.Of(new AndNode([Word("a"), Word("b")])), PlanKey.Of(new AndNode([new WordNode(ArticleSchema.Text, "a", 3), Word("b")])));
}
