package dev.whydunit.engine;

import dev.whydunit.belief.Finding;
import dev.whydunit.runbook.Step;
import java.util.List;
import java.util.Optional;

/**
 * Where one step of an investigation stands.
 *
 * @param findings its findings as belief knows them, in the order of the file
 */
record StepState(Step step, StepKind<?> kind, List<Finding> findings, Phase phase) {

    /** Waiting, running or over. */
    sealed interface Phase {
        /** Its turn has not come; why it could not run when last looked at. */
        record Waiting(Optional<String> obstacle) implements Phase {}

        /** It has a slot. */
        record Running() implements Phase {}

        /** It is over. */
        record Over(StepStatus status) implements Phase {}
    }

    StepState in(Phase next) {
        return new StepState(step, kind, findings, next);
    }

    boolean waiting() {
        return phase instanceof Phase.Waiting;
    }

    boolean over() {
        return phase instanceof Phase.Over;
    }

    boolean symptom() {
        return findings.stream().anyMatch(Finding::symptom);
    }
}
