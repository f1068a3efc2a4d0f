package dev.whydunit.replay;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.Expectation;
import dev.whydunit.engine.Event;
import dev.whydunit.schema.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares what a case should come to with what it came to. */
public final class Judge {
    private final Replayed replayed;

    private Judge(Replayed replayed) {
        this.replayed = replayed;
    }

    /** What is not as the case expects; empty when all is. */
    public static List<Mismatch> compare(Case given, Replayed replayed) {
        Judge judge = new Judge(replayed);
        List<Mismatch> mismatches = new ArrayList<>();
        given.expectations().forEach(expectation -> judge.check(expectation).ifPresent(mismatches::add));
        return mismatches;
    }

    private Optional<Mismatch> check(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Status it -> {
                String actual = replayed.verdict().status();
                yield it.status().equals(actual)
                        ? Optional.empty()
                        : mismatch(it, "the verdict " + it.status(), verdict(), Why.theVerdict(replayed));
            }
            case Expectation.Path it ->
                it.path().equals(replayed.path())
                        ? Optional.empty()
                        : mismatch(it, "the cause " + it.path(), verdict(), Why.of(it.path(), replayed));
            case Expectation.Probability it -> probability(it);
            case Expectation.Finding it -> finding(it);
            case Expectation.Run it ->
                replayed.run().contains(it.step())
                        ? Optional.empty()
                        : mismatch(it, it.step() + " to be run", notRun(it.step()), List.of());
            case Expectation.NotRun it ->
                replayed.run().contains(it.step())
                        ? mismatch(it, it.step() + " not to be run", "it was run" + chosen(it.step()), List.of())
                        : Optional.empty();
            case Expectation.Order it -> order(it);
            case Expectation.AlsoFound it ->
                replayed.verdict().alsoFound().contains(it.path())
                        ? Optional.empty()
                        : mismatch(
                                it,
                                it.path() + " to be found as well",
                                replayed.verdict().alsoFound().isEmpty()
                                        ? "nothing was"
                                        : String.join(", ", replayed.verdict().alsoFound()),
                                Why.of(it.path(), replayed));
            case Expectation.Within it ->
                replayed.elapsed().compareTo(it.time()) <= 0
                        ? Optional.empty()
                        : mismatch(
                                it,
                                "at most " + Durations.format(it.time()),
                                "it took " + Durations.format(replayed.elapsed()) + ": "
                                        + String.join(", ", replayed.run()),
                                List.of());
            case Expectation.MostSteps it ->
                replayed.run().size() <= it.steps()
                        ? Optional.empty()
                        : mismatch(
                                it,
                                "at most " + it.steps() + " steps",
                                replayed.run().size() + ": " + String.join(", ", replayed.run()),
                                List.of());
        };
    }

    private static Optional<Mismatch> mismatch(
            Expectation expectation, String expected, String actual, List<String> why) {
        return Optional.of(new Mismatch(expectation.place(), expected, actual, why));
    }

    private String verdict() {
        String status = replayed.verdict().status();
        return replayed.path().isEmpty()
                ? status
                : String.format(
                        Locale.ROOT,
                        "%s: %s (%.4f)",
                        status,
                        replayed.path(),
                        replayed.verdict().probability());
    }

    private Optional<Mismatch> probability(Expectation.Probability it) {
        double actual = replayed.belief().getOrDefault(it.hypothesis(), 0.0);
        if (actual >= it.least() && actual <= it.most()) {
            return Optional.empty();
        }
        return mismatch(
                it,
                it.hypothesis() + String.format(Locale.ROOT, " from %.4f to %.4f", it.least(), it.most()),
                String.format(Locale.ROOT, "%.4f", actual),
                Why.of(it.hypothesis(), replayed));
    }

    private Optional<Mismatch> finding(Expectation.Finding it) {
        String id = it.step() + "." + it.finding();
        Event.FindingRead read = replayed.findings().get(id);
        if (read == null) {
            // A finding of a step that is not run has no outcome: that is as good as unknown.
            return it.outcome().equals("unknown")
                    ? Optional.empty()
                    : mismatch(it, id + " " + it.outcome(), notRun(it.step()), List.of());
        }
        return read.outcome().equals(it.outcome())
                ? Optional.empty()
                : mismatch(it, id + " " + it.outcome(), read.outcome() + ": " + read.says(), List.of());
    }

    private Optional<Mismatch> order(Expectation.Order it) {
        int at = -1;
        for (String step : it.steps()) {
            int position = replayed.run().indexOf(step);
            if (position < 0) {
                return mismatch(it, "the order " + String.join(", ", it.steps()), notRun(step), List.of());
            }
            if (position < at) {
                return mismatch(
                        it, "the order " + String.join(", ", it.steps()), String.join(", ", replayed.run()), List.of());
            }
            at = position;
        }
        return Optional.empty();
    }

    private String notRun(String step) {
        for (Event event : replayed.events()) {
            if (event instanceof Event.StepNotRun notRun && notRun.step().equals(step)) {
                return step + " was not run: " + notRun.why();
            }
        }
        return step + " was not run";
    }

    private String chosen(String step) {
        for (Event event : replayed.events()) {
            if (event instanceof Event.StepChosen choice && choice.step().equals(step)) {
                return ", since " + choice.why();
            }
        }
        return "";
    }
}
