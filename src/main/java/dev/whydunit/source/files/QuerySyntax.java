package dev.whydunit.source.files;

import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RegexpQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's classic query parser with what Elasticsearch's {@code query_string} adds to it: {@code _exists_:field}, {@code field:*},
 * {@code field:>5}, and a bare {@code term~} that allows as many edits as the term's length suggests. Fields that are not text are
 * compared as they are, without analysis.
 */
final class QuerySyntax extends QueryParser {
    /** The field of a term query that asks whether another field is there. */
    static final String EXISTS = "_exists_";

    private static final int LENGTH_LIMIT = 20_000;
    private static final int DEPTH_LIMIT = 100;
    private static final float BARE_FUZZY = 0.0625f;

    private QuerySyntax() {
        super(FileEvent.MESSAGE, Words.ANALYZER);
        setAllowLeadingWildcard(true);
        setFuzzyMinSim(BARE_FUZZY);
    }

    /** @throws ParseException when the text is not a query; the message's first line says what was wrong and where */
    static Query query(String text) throws ParseException {
        if (text.length() > LENGTH_LIMIT) {
            throw new ParseException("the query is longer than " + LENGTH_LIMIT + " characters");
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth > DEPTH_LIMIT) {
                throw new ParseException("the query is nested deeper than " + DEPTH_LIMIT + " parentheses");
            }
        }
        return new QuerySyntax().parse(text);
    }

    @Override
    protected Query getFieldQuery(String field, String text, boolean quoted) throws ParseException {
        check(field);
        if (field.equals(EXISTS)) {
            return new TermQuery(new Term(EXISTS, text));
        }
        if (!quoted && text.length() > 1 && (text.charAt(0) == '>' || text.charAt(0) == '<')) {
            boolean inclusive = text.charAt(1) == '=';
            String bound = text.substring(inclusive ? 2 : 1);
            return text.charAt(0) == '>'
                    ? range(field, bound, null, inclusive, true)
                    : range(field, null, bound, true, inclusive);
        }
        return FileEvent.isText(field)
                ? super.getFieldQuery(field, text, quoted)
                : new TermQuery(new Term(field, text));
    }

    @Override
    protected Query getFieldQuery(String field, String text, int slop) throws ParseException {
        check(field);
        return FileEvent.isText(field) ? super.getFieldQuery(field, text, slop) : new TermQuery(new Term(field, text));
    }

    @Override
    protected Query getRangeQuery(
            String field, @Nullable String low, @Nullable String high, boolean includesLow, boolean includesHigh)
            throws ParseException {
        check(field);
        return range(field, low, high, includesLow, includesHigh);
    }

    private static Query range(
            String field, @Nullable String low, @Nullable String high, boolean includesLow, boolean includesHigh) {
        return new TermRangeQuery(
                field,
                low == null ? null : new BytesRef(low),
                high == null ? null : new BytesRef(high),
                includesLow,
                includesHigh);
    }

    @Override
    protected Query getWildcardQuery(String field, String pattern) throws ParseException {
        if (pattern.equals("*") && !field.equals("*")) {
            check(field);
            // A bare * asks nothing of any field.
            return field.equals(FileEvent.MESSAGE) ? newMatchAllDocsQuery() : new TermQuery(new Term(EXISTS, field));
        }
        if (field.equals("*")) {
            return super.getWildcardQuery(field, pattern);
        }
        check(field);
        return FileEvent.isText(field)
                ? super.getWildcardQuery(field, pattern)
                : new WildcardQuery(new Term(field, pattern));
    }

    @Override
    protected Query getPrefixQuery(String field, String prefix) throws ParseException {
        check(field);
        return FileEvent.isText(field) ? super.getPrefixQuery(field, prefix) : new PrefixQuery(new Term(field, prefix));
    }

    @Override
    protected Query getRegexpQuery(String field, String pattern) throws ParseException {
        check(field);
        return FileEvent.isText(field)
                ? super.getRegexpQuery(field, pattern)
                : new RegexpQuery(new Term(field, pattern));
    }

    @Override
    protected Query getFuzzyQuery(String field, String text, float edits) throws ParseException {
        check(field);
        int length = text.codePointCount(0, text.length());
        int allowed = edits == BARE_FUZZY ? (length < 3 ? 0 : length < 6 ? 1 : 2) : (int) edits;
        if (allowed > FuzzyQuery.defaultMaxEdits) {
            throw new ParseException("at most " + FuzzyQuery.defaultMaxEdits + " edits can be allowed, not " + allowed);
        }
        return FileEvent.isText(field)
                ? super.getFuzzyQuery(field, text, allowed)
                : new FuzzyQuery(new Term(field, text), allowed, 0);
    }

    private static void check(String field) throws ParseException {
        if (field.indexOf('*') >= 0) {
            throw new ParseException("a field's name cannot hold * here: " + field);
        }
    }
}
