using Lucene.Net.Index;
using Lucene.Net.Util;
using SearchService.Archive.Backends.Embedded;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>
/// A segment in which the text field has only the body's words: positions before <see cref="IndexFields.BodyStart"/> are
/// passed over, and documents that have a word in the headline alone do not have it.
/// </summary>
internal sealed class BodyReader(AtomicReader segment) : FilterAtomicReader(segment)
{
    public override Fields Fields => new BodyFields(m_input.Fields);

    private sealed class BodyFields(Fields fields) : FilterFields(fields)
    {
        public override Terms? GetTerms(string field)
        {
            Terms? terms = base.GetTerms(field);
            return terms is null || field != IndexFields.Text ? terms : new BodyTerms(terms);
        }
    }

    private sealed class BodyTerms(Terms terms) : FilterTerms(terms)
    {
        public override TermsEnum GetEnumerator() => new BodyTermsEnum(base.GetEnumerator());

        public override TermsEnum GetEnumerator(TermsEnum? reuse) => GetEnumerator();
    }

    private sealed class BodyTermsEnum(TermsEnum terms) : FilterTermsEnum(terms)
    {
        public override DocsEnum Docs(IBits? liveDocs, DocsEnum? reuse, DocsFlags flags) => DocsAndPositions(liveDocs, null, DocsAndPositionsFlags.NONE);

        public override DocsAndPositionsEnum DocsAndPositions(IBits? liveDocs, DocsAndPositionsEnum? reuse, DocsAndPositionsFlags flags) =>
            new BodyPositions(base.DocsAndPositions(liveDocs, null, DocsAndPositionsFlags.NONE));
    }

    private sealed class BodyPositions(DocsAndPositionsEnum positions) : FilterDocsAndPositionsEnum(positions)
    {
        private int _frequency;
        private int _first;
        private bool _firstTaken;

        public override int Freq => _frequency;

        public override int NextDoc()
        {
            int document = m_input.NextDoc();
            while (document != NO_MORE_DOCS && !HasBody())
            {
                document = m_input.NextDoc();
            }

            return document;
        }

        public override int Advance(int target)
        {
            int document = m_input.Advance(target);
            return document == NO_MORE_DOCS || HasBody() ? document : NextDoc();
        }

        public override int NextPosition()
        {
            if (_firstTaken)
            {
                return m_input.NextPosition();
            }

            _firstTaken = true;
            return _first;
        }

        private bool HasBody()
        {
            for (int left = m_input.Freq; left > 0; left--)
            {
                int position = m_input.NextPosition();
                if (position >= IndexFields.BodyStart)
                {
                    (_frequency, _first, _firstTaken) = (left, position, false);
                    return true;
                }
            }

            return false;
        }
    }
}
