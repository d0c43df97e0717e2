using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Archive.Backends.Embedded;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>
/// Documents whose body has a word that begins so. A form's frequency in the text is its frequency in the body and
/// <see cref="IndexFields.HeadlineWeight"/> times that in the headline, so no positions are needed to tell them apart.
/// </summary>
internal sealed class BodyPrefixFilter(string prefix) : Filter
{
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        Terms? terms = context.AtomicReader.GetTerms(IndexFields.TextExact);
        if (terms is null)
        {
            return null;
        }

        DocBits found = new(context.AtomicReader.MaxDoc);
        TermsEnum text = terms.GetEnumerator();
        TermsEnum? headline = context.AtomicReader.GetTerms(IndexFields.HeadlineExact)?.GetEnumerator();
        BytesRef start = new(prefix);
        DocsEnum? textDocs = null;
        DocsEnum? headlineDocs = null;
        for (bool more = text.SeekCeil(start) != TermsEnum.SeekStatus.END; more && StringHelper.StartsWith(text.Term, start); more = text.MoveNext())
        {
            textDocs = text.Docs(acceptDocs, textDocs);
            bool inHeadlines = headline is not null && headline.SeekExact(text.Term);
            headlineDocs = inHeadlines ? headline!.Docs(null, headlineDocs) : headlineDocs;
            AddBodies(textDocs, inHeadlines ? headlineDocs : null, found);
        }

        return new BitsDocIdSet(found);
    }

    public override string ToString() => $"body({prefix}*)";

    private static void AddBodies(DocsEnum text, DocsEnum? headlines, DocBits found)
    {
        int headline = headlines is null ? DocIdSetIterator.NO_MORE_DOCS : headlines.NextDoc();
        for (int doc = text.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = text.NextDoc())
        {
            if (headline < doc)
            {
                headline = headlines!.Advance(doc);
            }

            if (headline != doc || text.Freq > headlines!.Freq * IndexFields.HeadlineWeight)
            {
                found.Add(doc);
            }
        }
    }
}
