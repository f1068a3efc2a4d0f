package dev.whydunit.step.logquery;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts log events that match a query, compares them with a baseline, and finds what is new in them. */
public final class LogQuery implements StepKind<LogQueryParameters> {
    private static final int TOP_VALUES = 10;
    private static final int MESSAGES = 5_000;
    private static final int BUCKETS = 30;

    private static final KindSignature SIGNATURE = new KindSignature(
            "log_query",
            "Counts log events that match a query, compares them with a baseline, and finds what is new in them.",
            LogQueryParameters.class,
            LogQueryResult.class,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Effect.READ,
            Optional.of(LogSource.class));

    private final Supplier<SecretMask> mask;

    /** @param mask takes secrets out of messages before their patterns are found, which take messages apart */
    public LogQuery(Supplier<SecretMask> mask) {
        this.mask = mask;
    }

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    /** The query with its time range, as it can be pasted into Kibana's search bar in Lucene mode. */
    @Override
    public String rendered(LogQueryParameters parameters) {
        String range = "@timestamp:[now-" + seconds(parameters.over()) + " TO now}";
        String query = parameters.query().strip();
        return query.equals("*") ? range : "(" + query + ") AND " + range;
    }

    /** Nothing at all in the window and its baseline says nothing about either. */
    @Override
    public boolean expectsData(LogQueryParameters parameters) {
        return parameters.baseline().isPresent();
    }

    @Override
    public List<Touch> touches(LogQueryParameters parameters) {
        return List.of(new Touch.Source(LogSource.class, parameters.source()));
    }

    @Override
    public Observation observe(LogQueryParameters parameters, StepContext context) throws InterruptedException {
        LogSource source;
        try {
            source = context.source(LogSource.class, parameters.source());
        } catch (SourceUnavailable unavailable) {
            return new Unseen(Cause.FAILED, message(unavailable), "");
        }
        // Elasticsearch keeps milliseconds: both kinds of source must cut at the same moment.
        Instant to = context.anchor().truncatedTo(ChronoUnit.MILLIS);
        TimeWindow window = new TimeWindow(to.minus(parameters.over()), to);
        LogQuestion question = new LogQuestion(
                parameters.query(),
                window,
                parameters.baseline().map(baseline -> baseline.of(window)),
                parameters.fields(),
                TOP_VALUES,
                parameters.limit(),
                MESSAGES,
                BUCKETS,
                context.remaining());
        try {
            LogAnswer answer = source.ask(question);
            return Reading.of(question, answer, source.rendered(question), mask.get()::text);
        } catch (LogUnreadable unreadable) {
            Cause cause = switch (unreadable.reason()) {
                case FAILED -> Cause.FAILED;
                case UNREACHABLE -> Cause.UNREACHABLE;
                case TIMED_OUT -> Cause.TIMED_OUT;
                case DENIED -> Cause.DENIED;
            };
            return new Unseen(cause, message(unreadable), unreadable.help());
        }
    }

    private static String seconds(Duration over) {
        return over.toMillis() % 1000 == 0 ? over.toSeconds() + "s" : over.toMillis() + "ms";
    }

    private static String message(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.getClass().getSimpleName() : message;
    }
}
