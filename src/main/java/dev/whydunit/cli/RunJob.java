package dev.whydunit.cli;

import dev.whydunit.engine.Trigger;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code run} was asked to do.
 *
 * @param runbook a file or an id
 * @param inputs as given
 * @param mayAsk whether a person may be asked for approval
 * @param detailedExitCode whether the exit code tells the verdict
 * @param parallel steps that run at once
 * @param record where it is kept as a case
 */
record RunJob(
        String runbook,
        Map<String, String> inputs,
        Trigger trigger,
        boolean mayAsk,
        boolean detailedExitCode,
        int parallel,
        Optional<RecordFile> record) {
    RunJob {
        inputs = Map.copyOf(inputs);
    }

    /** One that is not kept as a case. */
    RunJob(
            String runbook,
            Map<String, String> inputs,
            Trigger trigger,
            boolean mayAsk,
            boolean detailedExitCode,
            int parallel) {
        this(runbook, inputs, trigger, mayAsk, detailedExitCode, parallel, Optional.empty());
    }
}
