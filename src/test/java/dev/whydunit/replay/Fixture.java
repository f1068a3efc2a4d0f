package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.CaseReader;
import dev.whydunit.cases.ParsedCase;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step kind that must never look, and what is replayed with it. */
public final class Fixture {
    /** Parameters. */
    @About("What to look at.")
    public record Look(@About("What.") @Default("''") String at) {}

    /** A result with everything that a result can hold. */
    public record Sight(
            long count,
            double ratio,
            boolean yes,
            String text,
            Optional<Double> perhaps,
            Optional<Instant> since,
            Duration length,
            Inner inner,
            List<Inner> all,
            Map<String, String> fields,
            List<Map<String, Object>> rows) {}

    /** A part of a result. */
    public record Inner(long retransmissions, double share) {}

    /** The kind: to look at the world is a failure of the test. */
    public static final class NeverLooks implements StepKind<Look> {
        @Override
        public KindSignature signature() {
            return new KindSignature(
                    "look",
                    "Looks.",
                    Look.class,
                    Sight.class,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Effect.READ,
                    Optional.empty());
        }

        @Override
        public String rendered(Look parameters) {
            return "look at " + parameters.at();
        }

        @Override
        public Observation observe(Look parameters, StepContext context) {
            throw new AssertionError("a replay looked at the world");
        }
    }

    private static final List<StepKind<?>> KINDS = List.of(new NeverLooks());

    private Fixture() {}

    static Replay replay() {
        return new Replay(KINDS);
    }

    /** A runbook without mistakes. */
    public static Runbook runbook(String yaml) {
        ParsedRunbook parsed = new RunbookParser(List.of(new NeverLooks().signature())).parse("test.yaml", yaml);
        assertThat(parsed.problems()).isEmpty();
        return parsed.runbook().orElseThrow();
    }

    static Case given(Runbook runbook, String yaml) {
        ParsedCase parsed = new CaseReader(runbook).read("one.yaml", yaml);
        assertThat(parsed.problems()).isEmpty();
        return parsed.content().orElseThrow();
    }

    static Replayed run(Runbook runbook, String yaml) {
        return replay().run(runbook, given(runbook, yaml));
    }
}
