package dev.whydunit.source.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Whether a text is one statement that only reads. PostgreSQL's server refuses writes by itself in a read-only
 * transaction, as long as no second statement can end that transaction: so statements are counted with the driver's own
 * parser, which is what would split them. H2 has no read-only transactions, and queries that write (FILE_WRITE, FINAL
 * TABLE): there, more is refused than need be.
 */
final class ReadOnlyStatement {
    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN");
    private static final Pattern FIRST_WORD = Pattern.compile("^[\\s(]*([A-Za-z]+)");
    private static final Pattern LEADING_COMMENT = Pattern.compile("^\\s*(?:--[^\\n]*+(?:\\n|$)|/\\*[^*]*+\\*/)");

    /** What writes, runs code or reads files within a query of H2. A quoted or commented word counts as well. */
    private static final Pattern H2_REFUSED = Pattern.compile(
            "(?<![A-Z0-9_])(INSERT|UPDATE|DELETE|MERGE|EXECUTE|CALL|FILE_READ|FILE_WRITE|CSVREAD|CSVWRITE|LINK_SCHEMA"
                    + "|NEXTVAL|NEXT\\s+VALUE|ABORT_SESSION|CANCEL_SESSION)(?![A-Z0-9_])|U&");

    private ReadOnlyStatement() {}

    /** Why it may not run; empty when it may. */
    static Optional<String> objection(String sql, boolean h2) {
        String word = firstWord(sql);
        if (!QUERIES.contains(word)) {
            return Optional.of(
                    "only a query may run here, which begins with select, with, values, table, show or explain"
                            + (word.isEmpty() ? "" : ", and not with " + word.toLowerCase(Locale.ROOT)));
        }
        return h2 ? h2Objection(sql) : postgresqlObjection(sql);
    }

    private static String firstWord(String sql) {
        String rest = sql;
        for (Matcher comment = LEADING_COMMENT.matcher(rest); comment.find(); comment = LEADING_COMMENT.matcher(rest)) {
            rest = rest.substring(comment.end());
        }
        Matcher word = FIRST_WORD.matcher(rest);
        return word.find() ? word.group(1).toUpperCase(Locale.ROOT) : "";
    }

    private static Optional<String> postgresqlObjection(String sql) {
        try {
            List<NativeQuery> statements = Parser.parseJdbcSql(sql, true, true, true, false, false);
            return statements.size() <= 1
                    ? Optional.empty()
                    : Optional.of("only one statement may run here, and these are " + statements.size());
        } catch (SQLException e) {
            return Optional.of(Optional.ofNullable(e.getMessage()).orElse("the statement cannot be read"));
        }
    }

    private static Optional<String> h2Objection(String sql) {
        String text = sql.strip();
        String body = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
        if (body.indexOf(';') >= 0) {
            return Optional.of("a query of H2 may hold no semicolon: give a text with one as a value in ${{ }}");
        }
        Matcher refused = H2_REFUSED.matcher(body.toUpperCase(Locale.ROOT));
        return refused.find()
                ? Optional.of("a query of H2 may not hold " + refused.group()
                        + ": give a text with that word as a value in ${{ }}")
                : Optional.empty();
    }
}
