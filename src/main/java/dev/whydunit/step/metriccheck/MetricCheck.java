package dev.whydunit.step.metriccheck;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.promql.Durations;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The step kind {@code metric_check}. */
public final class MetricCheck implements StepKind<MetricCheckParameters> {
    private static final KindSignature SIGNATURE = new KindSignature(
            "metric_check",
            "Asks for a metric by PromQL: its level, its change against a baseline, since when, and where it is heading.",
            MetricCheckParameters.class,
            MetricCheckResult.class,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Effect.READ,
            Optional.of(MetricSource.class));

    private static final Duration LONGEST_WINDOW = Duration.ofDays(90);

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    @Override
    public String rendered(MetricCheckParameters parameters) {
        return parameters.query();
    }

    @Override
    public boolean expectsData(MetricCheckParameters parameters) {
        return parameters.baseline().isPresent();
    }

    @Override
    public List<Touch> touches(MetricCheckParameters parameters) {
        return List.of(new Touch.Source(MetricSource.class, parameters.source()));
    }

    @Override
    public Observation observe(MetricCheckParameters parameters, StepContext context)
            throws SourceUnavailable, InterruptedException {
        Optional<Unseen> mistake = mistake(parameters);
        if (mistake.isPresent()) {
            return mistake.get();
        }
        long start = System.nanoTime();
        MetricSource source = context.source(MetricSource.class, parameters.source());
        context.progress("asking for " + parameters.query());
        try {
            MetricAnswer answer = source.ask(new MetricQuestion(
                    parameters.query(),
                    parameters.at().orElse(context.anchor()),
                    parameters.over(),
                    parameters.step(),
                    parameters.baseline().map(baseline -> baseline.shift(parameters.over())),
                    context.remaining()));
            Assessment assessment = new Assessment(answer, parameters);
            MetricCheckResult result = assessment.result((System.nanoTime() - start) / 1e9);
            return new Seen(result, !result.series().isEmpty(), List.of(), assessment.caveats());
        } catch (MetricFailure e) {
            return new Unseen(cause(e.reason()), e.why(), e.help());
        }
    }

    /** What no type can say of the parameters. */
    private static Optional<Unseen> mistake(MetricCheckParameters parameters) {
        Duration over = parameters.over();
        String why = "";
        if (parameters.query().isBlank()) {
            why = "query is empty";
        } else if (over.isNegative() || over.compareTo(LONGEST_WINDOW) > 0) {
            why = "over must be between 0s and " + Durations.text(LONGEST_WINDOW);
        } else if (parameters.step().isPresent() && parameters.step().get().toMillis() < 1) {
            why = "step must be at least 1ms";
        } else if (over.isZero()
                && parameters.baseline().filter(Baseline.PREVIOUS::equals).isPresent()) {
            why = "over: 0s is one moment, which has no window before it";
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unseen(Cause.FAILED, "metric_check: " + why, "correct the step"));
    }

    private static Cause cause(MetricFailure.Reason reason) {
        return switch (reason) {
            case FAILED -> Cause.FAILED;
            case UNREACHABLE -> Cause.UNREACHABLE;
            case TIMED_OUT -> Cause.TIMED_OUT;
            case DENIED -> Cause.DENIED;
        };
    }
}
