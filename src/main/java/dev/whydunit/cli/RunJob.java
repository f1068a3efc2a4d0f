package dev.whydunit.cli;

import dev.whydunit.engine.Trigger;
import java.util.Map;

/**
 * What {@code run} was asked to do.
 *
 * @param runbook a file or an id
 * @param inputs as given
 * @param mayAsk whether a person may be asked for approval
 * @param detailedExitCode whether the exit code tells the verdict
 * @param parallel steps that run at once
 */
record RunJob(
        String runbook,
        Map<String, String> inputs,
        Trigger trigger,
        boolean mayAsk,
        boolean detailedExitCode,
        int parallel) {
    RunJob {
        inputs = Map.copyOf(inputs);
    }
}
