package dev.whydunit.step.sqlquery;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.source.jdbc.JdbcSource;
import dev.whydunit.source.jdbc.SqlAnswer;
import dev.whydunit.source.jdbc.SqlFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The step kind {@code sql_query}. */
public final class SqlQueryKind implements StepKind<SqlQueryParameters> {
    private static final KindSignature SIGNATURE = new KindSignature(
            "sql_query",
            "Reads rows from a database, in a read-only transaction.",
            SqlQueryParameters.class,
            SqlQueryResult.class,
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Effect.READ,
            Optional.of(JdbcSource.class));

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    /** The statement with its values written as literals, for {@code psql}; what is sent has bind parameters. */
    @Override
    public String rendered(SqlQueryParameters parameters) {
        StringBuilder text = new StringBuilder();
        int bind = 0;
        char quote = 0;
        for (char c : parameters.query().text().toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                text.append(c);
            } else if (c == '?' && bind < parameters.query().binds().size()) {
                text.append(literal(parameters.query().binds().get(bind++)));
            } else {
                quote = c == '\'' || c == '"' ? c : 0;
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String literal(Object value) {
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }

    @Override
    public List<Touch> touches(SqlQueryParameters parameters) {
        return List.of(new Touch.Source(JdbcSource.class, parameters.source()));
    }

    @Override
    public Observation observe(SqlQueryParameters parameters, StepContext context) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            JdbcSource source = context.source(JdbcSource.class, parameters.source());
            SqlAnswer answer = source.query(
                    parameters.query().text(), parameters.query().binds(), parameters.limit(), context.remaining());
            SqlQueryResult result = new SqlQueryResult(
                    answer.rows(), answer.rows().size(), answer.truncated(), (System.nanoTime() - begun) / 1e9);
            List<String> caveats = answer.truncated()
                    ? List.of("only the first " + parameters.limit() + " rows were read")
                    : List.of();
            return new Seen(result, true, List.of(), caveats);
        } catch (SqlFailure e) {
            return switch (e.reason()) {
                case TIMED_OUT ->
                    new Unseen(
                            Cause.TIMED_OUT,
                            String.valueOf(e.getMessage()),
                            "raise the step's timeout, or ask for less");
                case DENIED ->
                    new Unseen(
                            Cause.DENIED,
                            String.valueOf(e.getMessage()),
                            "ask with one query, as a user who may read it");
                case FAILED -> new Unseen(Cause.FAILED, String.valueOf(e.getMessage()), "");
                case UNREACHABLE ->
                    new Unseen(
                            Cause.UNREACHABLE,
                            String.valueOf(e.getMessage()),
                            "check that it runs and that the source's url is right");
            };
        } catch (SourceUnavailable e) {
            return new Unseen(Cause.FAILED, String.valueOf(e.getMessage()), "");
        }
    }
}
