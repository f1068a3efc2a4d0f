package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher.TooManyClauses;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/** A Lucene query, evaluated on one event at a time. */
final class EventMatcher implements Predicate<FileEvent> {
    private final Predicate<FileEvent> root;

    private EventMatcher(Predicate<FileEvent> root) {
        this.root = root;
    }

    /**
     * Reads a query in Lucene's query string syntax.
     *
     * @param source the source's name, for the message
     * @param now what {@code now} means in a range of times
     * @throws LogUnreadable when it is not a query
     */
    static EventMatcher of(String query, String source, Instant now) throws LogUnreadable {
        try {
            return new EventMatcher(compile(QuerySyntax.query(query), now));
        } catch (ParseException | TooManyClauses | TooComplexToDeterminizeException | IllegalArgumentException wrong) {
            String message =
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse("it cannot be read");
            throw new LogUnreadable(
                    Reason.FAILED,
                    "source " + source + ": the query is wrong: " + message,
                    "Correct the step's query (Lucene query string syntax).",
                    wrong);
        }
    }

    @Override
    public boolean test(FileEvent event) {
        return root.test(event);
    }

    private static Predicate<FileEvent> compile(Query query, Instant now) {
        return switch (query) {
            case MatchAllDocsQuery _ -> _ -> true;
            case MatchNoDocsQuery _ -> _ -> false;
            case BoostQuery boosted -> compile(boosted.getQuery(), now);
            case ConstantScoreQuery constant -> compile(constant.getQuery(), now);
            case BooleanQuery all -> bool(all, now);
            case TermQuery term -> term(term.getTerm(), now);
            case PhraseQuery phrase -> phrase(phrase);
            case TermRangeQuery range -> range(range, now);
            case FuzzyQuery fuzzy ->
                fuzzy.getMaxEdits() == 0
                        ? term(fuzzy.getTerm(), now)
                        : automaton(fuzzy.getTerm().field(), fuzzy.getAutomata());
            case AutomatonQuery automaton -> automaton(automaton.getField(), automaton.getCompiled());
            default ->
                throw new IllegalArgumentException(
                        query.getClass().getSimpleName() + " is not known to log files: " + query);
        };
    }

    private static Predicate<FileEvent> bool(BooleanQuery query, Instant now) {
        List<Predicate<FileEvent>> must = new ArrayList<>();
        List<Predicate<FileEvent>> should = new ArrayList<>();
        List<Predicate<FileEvent>> mustNot = new ArrayList<>();
        for (BooleanClause clause : query.clauses()) {
            Predicate<FileEvent> compiled = compile(clause.query(), now);
            switch (clause.occur()) {
                case MUST, FILTER -> must.add(compiled);
                case SHOULD -> should.add(compiled);
                case MUST_NOT -> mustNot.add(compiled);
            }
        }
        // Nothing but exclusions means all the rest, as in Elasticsearch.
        return event -> {
            for (Predicate<FileEvent> one : must) {
                if (!one.test(event)) {
                    return false;
                }
            }
            for (Predicate<FileEvent> one : mustNot) {
                if (one.test(event)) {
                    return false;
                }
            }
            if (!must.isEmpty() || should.isEmpty()) {
                return true;
            }
            for (Predicate<FileEvent> one : should) {
                if (one.test(event)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<FileEvent> term(Term term, Instant now) {
        String field = term.field();
        String text = term.text();
        if (field.equals(QuerySyntax.EXISTS)) {
            return event -> event.has(text);
        }
        if (field.equals(FileEvent.TIMESTAMP)) {
            return new TimeRange(text, text, true, true, now);
        }
        if (FileEvent.isText(field)) {
            return event -> event.tokens(field).contains(text);
        }
        Predicate<Object> value = FieldValue.equalTo(field, text);
        return event -> event.values(field).stream().anyMatch(value);
    }

    private static Predicate<FileEvent> phrase(PhraseQuery query) {
        String field = query.getField();
        String[] words = new String[query.getTerms().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = query.getTerms()[i].text();
        }
        Phrase phrase = new Phrase(words, query.getPositions(), query.getSlop());
        return event -> phrase.in(event.tokens(field));
    }

    private static Predicate<FileEvent> range(TermRangeQuery query, Instant now) {
        String field = query.getField();
        String low = text(query.getLowerTerm());
        String high = text(query.getUpperTerm());
        if (field.equals(FileEvent.TIMESTAMP)) {
            return new TimeRange(low, high, query.includesLower(), query.includesUpper(), now);
        }
        Predicate<Object> within = FieldValue.within(low, high, query.includesLower(), query.includesUpper());
        return FileEvent.isText(field)
                ? event -> event.tokens(field).stream().anyMatch(within)
                : event -> event.values(field).stream().anyMatch(within);
    }

    private static String text(@Nullable BytesRef bound) {
        return bound == null ? "" : bound.utf8ToString();
    }

    private static Predicate<FileEvent> automaton(String field, CompiledAutomaton automaton) {
        Predicate<Object> accepts = switch (automaton.type) {
            case NONE -> _ -> false;
            case ALL -> _ -> true;
            case SINGLE -> value -> automaton.term.equals(new BytesRef(value.toString()));
            case NORMAL ->
                value -> {
                    BytesRef bytes = new BytesRef(value.toString());
                    return automaton.getByteRunnable().run(bytes.bytes, bytes.offset, bytes.length);
                };
        };
        return FileEvent.isText(field)
                ? event -> event.tokens(field).stream().anyMatch(accepts)
                : event -> event.values(field).stream().anyMatch(accepts);
    }
}
