package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepRun.Sighting;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a step's findings from what its targets showed. A finding is true when it is true on any target, unknown when it
 * is true on none and could not be read on some, else false.
 */
final class FindingReader {
    private record Read(Outcome outcome, String says, Optional<Sighting> decidedBy) {}

    private FindingReader() {}

    /** The readings, each journaled with how far it pushes each hypothesis. */
    static List<Reading> read(StepState state, StepRun.Result result, Recorder recorder, Belief belief) {
        return read(state, result, recorder, belief, Map.of());
    }

    /**
     * As {@link #read(StepState, StepRun.Result, Recorder, Belief)}.
     *
     * @param known findings that are in the journal already, by id: they are not read again
     */
    static List<Reading> read(
            StepState state,
            StepRun.Result result,
            Recorder recorder,
            Belief belief,
            Map<String, Event.FindingRead> known) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < state.findings().size(); i++) {
            dev.whydunit.runbook.Finding written = state.step().findings().get(i);
            Finding finding = state.findings().get(i);
            Event.FindingRead before = known.get(written.id());
            if (before != null) {
                readings.add(
                        new Reading(finding, Outcome.valueOf(before.outcome().toUpperCase(Locale.ROOT))));
                continue;
            }
            Read read = read(written, result);
            readings.add(new Reading(finding, read.outcome()));
            recorder.add(new Event.FindingRead(
                    recorder.clock().instant(),
                    state.step().id(),
                    written.id(),
                    read.outcome().name().toLowerCase(Locale.ROOT),
                    read.says(),
                    belief.moved(finding, read.outcome()),
                    read.decidedBy().flatMap(sighting -> sighting.target().label())));
        }
        return readings;
    }

    private static Read read(dev.whydunit.runbook.Finding finding, StepRun.Result result) {
        if (result.sightings().isEmpty()) {
            return new Read(Outcome.UNKNOWN, "not checked: " + result.why(), Optional.empty());
        }
        Optional<Read> unknown = Optional.empty();
        Optional<Read> no = Optional.empty();
        for (Sighting sighting : result.sightings()) {
            Read read = read(finding, sighting);
            switch (read.outcome()) {
                case TRUE -> {
                    return read;
                }
                case UNKNOWN -> unknown = unknown.or(() -> Optional.of(read));
                case FALSE -> no = no.or(() -> Optional.of(read));
            }
        }
        Optional<Read> last = no;
        return unknown.or(() -> last).orElseThrow();
    }

    private static Read read(dev.whydunit.runbook.Finding finding, Sighting sighting) {
        Optional<Sighting> by = Optional.of(sighting);
        return switch (sighting.observation()) {
            case Unseen unseen -> new Read(Outcome.UNKNOWN, "not checked: " + unseen.why(), by);
            case Seen seen
            when sighting.open() -> new Read(Outcome.UNKNOWN, "not checked: there was nothing to look at", by);
            case Seen seen -> evaluate(finding, sighting);
        };
    }

    private static Read evaluate(dev.whydunit.runbook.Finding finding, Sighting sighting) {
        Optional<Sighting> by = Optional.of(sighting);
        try {
            if (!finding.when().test(sighting.variables())) {
                return new Read(Outcome.FALSE, "not so: " + finding.when().explain(sighting.variables()), by);
            }
        } catch (EvaluationFailure e) {
            return new Read(Outcome.UNKNOWN, "could not be read: " + e.getMessage(), by);
        }
        return new Read(Outcome.TRUE, says(finding, sighting), by);
    }

    /** The author's sentence; a value in it that is absent does not make the finding less true. */
    private static String says(dev.whydunit.runbook.Finding finding, Sighting sighting) {
        if (finding.says().isEmpty()) {
            return at(sighting, finding.when().explain(sighting.variables()));
        }
        try {
            return at(sighting, finding.says().get().render(sighting.variables(), Sink.PLAIN));
        } catch (EvaluationFailure e) {
            return at(
                    sighting,
                    finding.when().explain(sighting.variables()) + " (its sentence could not be put together: "
                            + e.getMessage() + ")");
        }
    }

    /** Names the target in front, where the sentence does not name it itself. */
    private static String at(Sighting sighting, String sentence) {
        return sighting.target()
                .label()
                .filter(label -> !sentence.contains(label))
                .map(label -> label + ": " + sentence)
                .orElse(sentence);
    }
}
