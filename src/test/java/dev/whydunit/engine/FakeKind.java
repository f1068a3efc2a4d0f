package dev.whydunit.engine;

import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A step kind whose answers a test writes down beforehand, by the step's {@code about} parameter. */
final class FakeKind implements StepKind<FakeKind.Look> {
    /** Its parameters. */
    @About("What to look at.")
    record Look(
            @About("The name of the answer.") @Default("\"\"")
            String about,

            @About("A text.") @Default("\"\"") String with) {}

    /** Its result. */
    record Sight(boolean yes, double number, Optional<String> perhaps, List<String> items) {}

    /** What a step sees. */
    interface Answer {
        Observation look(Look look, StepContext context) throws Exception;
    }

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> looked = new ConcurrentLinkedQueue<>();
    final AtomicInteger now = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    static Observation sees(boolean yes) {
        return Observation.Seen.of(new Sight(yes, yes ? 1 : 0, Optional.empty(), List.of("a", "b")));
    }

    FakeKind answer(String about, Answer answer) {
        answers.put(about, answer);
        return this;
    }

    FakeKind answer(String about, boolean yes) {
        return answer(about, (look, context) -> sees(yes));
    }

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "look",
                "Looks at something.",
                Look.class,
                Sight.class,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Effect.READ,
                Optional.empty());
    }

    @Override
    public String rendered(Look parameters) {
        return "look at " + parameters.about() + (parameters.with().isEmpty() ? "" : " with " + parameters.with());
    }

    @Override
    public Observation observe(Look parameters, StepContext context) throws Exception {
        looked.add(context.step());
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            return answers.getOrDefault(parameters.about(), (look, where) -> sees(false))
                    .look(parameters, context);
        } finally {
            now.decrementAndGet();
        }
    }
}
