using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Util;

namespace SearchService.Benchmarks.Corpus;

/// <summary>Lucene.NET's own filters in the order in which SearchService uses them, so that both find the same articles.</summary>
internal sealed class StockAnalyzer : Analyzer
{
    public StockAnalyzer()
        : base(PER_FIELD_REUSE_STRATEGY)
    {
    }

    /// <summary>Positions between headline and body, more than any phrase spans.</summary>
    public override int GetPositionIncrementGap(string fieldName) => 1_000;

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        StandardTokenizer words = new(LuceneVersion.LUCENE_48, reader);
        TokenStream folded = new LowerCaseFilter(LuceneVersion.LUCENE_48, new ASCIIFoldingFilter(words));
        TokenStream forms = new EnglishPossessiveFilter(LuceneVersion.LUCENE_48, folded);
        return new TokenStreamComponents(words, fieldName == StockIndex.ExactField ? forms : new PorterStemFilter(forms));
    }
}
