using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

/// <summary>
/// Reads a query text. Operators from the tightest: a sign (<c>-</c>, <c>+</c>, <c>NOT</c>) before its operand, operands next to each
/// other, <c>AND</c>, <c>OR</c>. So <c>oil price OR gas</c> is (oil price) or gas. Any text gives a tree or an error with its position;
/// nothing throws, nothing recurses, and the work is linear in the text, which <see cref="QueryLimits"/> bound.
/// </summary>
public static class QueryParser
{
    /// <summary>Parses a query; empty text or white space is every article, other text without a letter or digit is refused.</summary>
    public static QueryParseResult Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > QueryLimits.MaxChars)
        {
            return QueryParseResult.Failed(
                $"a query may have {QueryLimits.MaxChars} characters, this one has {text.Length}", QueryLimits.MaxChars, text.Length - QueryLimits.MaxChars);
        }

        int half = QueryText.IndexOfLoneSurrogate(text);
        return half >= 0
            ? QueryParseResult.Failed($"U+{(int)text[half]:X4} is half a character", half, 1)
            : new Run(text).Parse();
    }

    /// <summary>What is open at one level of parentheses.</summary>
    private sealed class Level(int start, ArticleField? scope)
    {
        /// <summary>Where its parenthesis stands.</summary>
        public int Start { get; } = start;

        /// <summary>The field whose group this level is in; null outside of fields.</summary>
        public ArticleField? Scope { get; } = scope;

        public List<QuerySyntax> Alternatives { get; } = [];

        public List<QuerySyntax> Conjuncts { get; } = [];

        public List<QuerySyntax> Operands { get; } = [];

        /// <summary>The sign that waits for its operand.</summary>
        public QueryToken? Sign { get; set; }

        /// <summary>The field that waits for its operand.</summary>
        public QueryToken? Field { get; set; }

        /// <summary>The AND or OR that waits for its right side.</summary>
        public QueryToken? Operator { get; set; }
    }

    /// <summary>One parse.</summary>
    private sealed class Run(string text)
    {
        private readonly QueryLexer _lexer = new(text);
        private readonly Stack<Level> _levels = new([new Level(0, null)]);
        private int _terms;
        private int _prefixes;

        public QueryParseResult Parse()
        {
            while (true)
            {
                QueryToken token = _lexer.Next();
                QueryError? error = token.Kind switch
                {
                    QueryTokenKind.End => null,
                    QueryTokenKind.Error => new QueryError(token.Text, token.Start, token.Length),
                    QueryTokenKind.Field => Field(token),
                    QueryTokenKind.Minus or QueryTokenKind.Plus or QueryTokenKind.Not => Sign(token),
                    QueryTokenKind.Open => Open(token),
                    QueryTokenKind.Close => Close(token),
                    QueryTokenKind.And or QueryTokenKind.Or => Operator(token),
                    _ => Leaf(token),
                };
                if (error is not null)
                {
                    return QueryParseResult.Failed(error);
                }

                if (token.Kind == QueryTokenKind.End)
                {
                    return End();
                }
            }
        }

        private QueryParseResult End()
        {
            Level level = _levels.Peek();
            if (_levels.Count > 1)
            {
                return QueryParseResult.Failed("this parenthesis is not closed", level.Start, 1);
            }

            if (IsEmpty(level))
            {
                // what cannot be seen was not meant as everything
                return string.IsNullOrWhiteSpace(text)
                    ? QueryParseResult.Understood(new EverythingSyntax(), [])
                    : QueryParseResult.Failed("there is no letter or digit to search for", 0, text.Length);
            }

            return Dangling(level) is { } error
                ? QueryParseResult.Failed(error)
                : QueryParseResult.Understood(Whole(level), [.. _lexer.Notes.Distinct()]);
        }

        private QueryError? Field(QueryToken token)
        {
            Level level = _levels.Peek();
            if (level.Scope is { } scope)
            {
                return new QueryError($"{token.Field!.Name}: stands inside the parentheses of {scope.Name}:", token.Start, token.Length);
            }

            level.Field = token;
            return null;
        }

        private QueryError? Sign(QueryToken token)
        {
            Level level = _levels.Peek();
            if (level.Sign is not null)
            {
                return new QueryError($"'{Text(token)}' follows another sign, write one of them", token.Start, token.Length);
            }

            level.Sign = token;
            return null;
        }

        private QueryError? Open(QueryToken token)
        {
            if (_levels.Count > QueryLimits.MaxDepth)
            {
                return new QueryError($"parentheses may be {QueryLimits.MaxDepth} deep, this one is deeper", token.Start, token.Length);
            }

            Level outer = _levels.Peek();
            _levels.Push(new Level(token.Start, outer.Field?.Field ?? outer.Scope));
            return null;
        }

        private QueryError? Close(QueryToken token)
        {
            if (_levels.Count == 1)
            {
                return new QueryError("there is no open parenthesis that this one closes", token.Start, 1);
            }

            Level level = _levels.Peek();
            if (IsEmpty(level))
            {
                return new QueryError("there is nothing between these parentheses", level.Start, token.End - level.Start);
            }

            if (Dangling(level) is { } error)
            {
                return error;
            }

            _levels.Pop();
            QuerySyntax group = Whole(level) with { Start = level.Start, Length = token.End - level.Start };
            Level outer = _levels.Peek();
            if (outer.Field is { } field)
            {
                group = new FieldSyntax(field.Field!, group, field.Start, token.End - field.Start);
            }

            Add(group);
            return null;
        }

        private QueryError? Operator(QueryToken token)
        {
            Level level = _levels.Peek();
            if (level.Sign is { } sign)
            {
                return new QueryError($"'{Text(sign)}' has nothing after it", sign.Start, sign.Length);
            }

            if (level.Operands.Count == 0)
            {
                return new QueryError($"{Text(token)} has nothing before it; quote it to search for the word", token.Start, token.Length);
            }

            EndOperands(level);
            if (token.Kind == QueryTokenKind.Or)
            {
                EndConjuncts(level);
            }

            level.Operator = token;
            return null;
        }

        private QueryError? Leaf(QueryToken token)
        {
            _terms += token.Kind == QueryTokenKind.Phrase ? token.Text.AsSpan().Count(' ') + 1 : 1;
            if (_terms > QueryLimits.MaxTerms)
            {
                return new QueryError($"a query may have {QueryLimits.MaxTerms} words, here is one more", token.Start, token.Length);
            }

            if (token.Kind == QueryTokenKind.Prefix && ++_prefixes > QueryLimits.MaxPrefixes)
            {
                return new QueryError($"a query may have {QueryLimits.MaxPrefixes} words with '*', here is one more", token.Start, token.Length);
            }

            QuerySyntax leaf = token.Kind switch
            {
                QueryTokenKind.Word => new WordSyntax(token.Text, token.Boost, token.Start, token.Length),
                QueryTokenKind.Prefix => new PrefixSyntax(token.Text, token.Boost, token.Start, token.Length),
                _ => new PhraseSyntax(token.Text, token.Slop, token.Boost, token.Start, token.Length),
            };
            Level level = _levels.Peek();
            if ((level.Field?.Field ?? level.Scope) is { } field)
            {
                string? refusal = FieldOperand.Resolve(field, leaf, out leaf);
                if (refusal is not null)
                {
                    return new QueryError(refusal, token.Start, token.Length);
                }
            }

            if (level.Field is { } name)
            {
                leaf = new FieldSyntax(name.Field!, leaf, name.Start, token.End - name.Start);
            }

            Add(leaf);
            return null;
        }

        /// <summary>Takes a complete operand into the innermost level, under the sign that waits for it.</summary>
        private void Add(QuerySyntax operand)
        {
            Level level = _levels.Peek();
            if (level.Sign is { } sign)
            {
                int length = operand.Start + operand.Length - sign.Start;
                operand = sign.Kind == QueryTokenKind.Plus
                    ? new RequiredSyntax(operand, sign.Start, length)
                    : new NotSyntax(operand, sign.Start, length);
            }

            level.Operands.Add(operand);
            level.Sign = null;
            level.Field = null;
            level.Operator = null;
        }

        private static bool IsEmpty(Level level) =>
            level.Operands.Count == 0 && level.Sign is null && level.Operator is null;

        private QueryError? Dangling(Level level) =>
            (level.Sign ?? level.Operator) is { } last
                ? new QueryError($"'{Text(last)}' has nothing after it", last.Start, last.Length)
                : null;

        private static void EndOperands(Level level)
        {
            QuerySyntax run = Joined(level.Operands, static (items, start, length) => new RunSyntax(items, start, length));
            level.Conjuncts.AddRange(run is AndSyntax and ? and.Items : [run]);
            level.Operands.Clear();
        }

        private static void EndConjuncts(Level level)
        {
            QuerySyntax conjunction = Joined(level.Conjuncts, static (items, start, length) => new AndSyntax(items, start, length));
            level.Alternatives.AddRange(conjunction is OrSyntax or ? or.Items : [conjunction]);
            level.Conjuncts.Clear();
        }

        private static QuerySyntax Whole(Level level)
        {
            EndOperands(level);
            EndConjuncts(level);
            return Joined(level.Alternatives, static (items, start, length) => new OrSyntax(items, start, length));
        }

        private static QuerySyntax Joined(List<QuerySyntax> items, Func<QuerySyntax[], int, int, QuerySyntax> join)
        {
            QuerySyntax last = items[^1];
            return items.Count == 1 ? last : join([.. items], items[0].Start, last.Start + last.Length - items[0].Start);
        }

        private string Text(QueryToken token) => text.Substring(token.Start, token.Length);
    }
}
